"""Preparing, signing and erasing contracts; objectives (rules 4 and 5)."""
