"""Acts of recognition: asking, answering, giving at a session, taking back."""
