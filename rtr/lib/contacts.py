"""One way to join somebody: a phone or a mail address, really one, always written the same."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

REGION = "FR"
LONGEST = 80


def phone(text: str) -> str:
    """The number in E.164, when the text is one that may ring; nothing otherwise.

    Source: libphonenumber's metadata, from ITU-T E.164 and each country's numbering plan.

    >>> phone("06 12 34 56 78"), phone("0612"), phone("+44 7400 123456")
    ('+33612345678', '', '+447400123456')
    """
    try:
        number = phonenumbers.parse(text[:LONGEST], REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


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
