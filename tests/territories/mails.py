"""What the platform writes about accounts, as the person receives it."""

import re

from django.core import mail

from rtr import due


def received(address: str) -> str:
    """The text of the last mail that arrived at this address, once all have left."""
    due.run_due("territories.accountmail")
    return next(each.body for each in reversed(mail.outbox) if each.to == [address])


def code_in(text: str) -> str:
    return re.search(r"^(\d{6})$", text, re.MULTILINE)[1]


def link_in(text: str) -> str:
    """Path of the first link."""
    return re.search(r"https?://[^/\s]+(/\S+)", text)[1]
