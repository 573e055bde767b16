"""Writes on a journey. Each is a verb, in one transaction, with `by=` and, from a page, `seen=`:
the journey's version the person had before their eyes."""
