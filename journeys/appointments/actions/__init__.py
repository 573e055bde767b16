"""Writes on an appointment, by the team or by the person; and the messages that go with it."""
