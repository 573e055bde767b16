"""One way to join somebody: a phone or a mail address, really one, always written the same."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

REGION = "FR"
LONGEST = 80
E164 = phonenumbers.PhoneNumberFormat.E164


def phone(text: str) -> str:
    """The number in E.164, when the text is one that may ring; nothing otherwise.

    Source: libphonenumber's metadata, from ITU-T E.164 and each country's numbering plan.

    >>> phone("06 12 34 56 78"), phone("0612"), phone("+44 7400 123456")
    ('+33612345678', '', '+447400123456')
    """
    return _e164(text, phonenumbers.is_valid_number)


def dialled(text: str) -> str:
    """The number in E.164 when it has as many figures as one has, given to somebody or not:
    new ranges open, those of fiction ring nowhere.

    >>> dialled("06 39 98 12 34"), phone("06 39 98 12 34"), dialled("0639")
    ('+33639981234', '', '')
    """
    return _e164(text, phonenumbers.is_possible_number)


def _e164(text: str, is_one) -> str:
    try:
        number = phonenumbers.parse(text[:LONGEST], REGION)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, E164) if is_one(number) else ""


def tidy(text: str) -> str:
    """The same contact, written one way: E.164, an address in lower case; else as it was typed."""
    text = text.strip()
    return phone(text) or (text.lower() if "@" in text else text)


def checked(text: str) -> str:
    """The same, or a refusal that says what to do. Raises ValidationError."""
    found = tidy(text)
    if "@" in found:
        validate_email(found)
    elif not phone(found):
        raise ValidationError(
            _("Vérifiez ce contact : un numéro entier (06 12 34 56 78), ou une adresse complète.")
        )
    return found
