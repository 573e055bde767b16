"""What providers tell us, in our own words; and how they write a phone."""

from dataclasses import dataclass
from uuid import UUID

import phonenumbers

from journeys.messages.enums import Delivery


class Garbage(ValueError):
    """What was told cannot be read."""


@dataclass(frozen=True)
class Receipt:
    """What became of a message, named by our uuid or by the provider's own number of it."""

    delivery: Delivery
    uuid: UUID | None = None
    receipt: str = ""


@dataclass(frozen=True)
class Answer:
    """`number`: the provider's own, of the answer; `to`: of the message answered, when it says."""

    sender: str
    text: str
    number: str
    to: str = ""


def e164(phone: str) -> str:
    """« 33612345678 », « 0612345678 » or « +33 6 12 34 56 78 » as +33612345678.

    What is no phone (a short code, a name) is returned as it is.
    """
    compact = readable(phone)
    if compact.isdigit() and not compact.startswith("0") and len(compact) > 9:
        compact = f"+{compact}"
    try:
        found = phonenumbers.parse(compact, "FR")
    except phonenumbers.NumberParseException:
        return compact[:20]
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def readable(text: str) -> str:
    """A text as it can be stored: no NUL, no control character, not longer than its column."""
    kept = "".join(char for char in str(text) if char.isprintable() or char in "\n ")
    return kept.encode("utf-8", "ignore").decode().strip()[:500]


def our_uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
