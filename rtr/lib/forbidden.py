"""Numbers that have no place in a free text: social security, payment card, bank account (IBAN).

All carry their own check, so that a phone number, a date or a SIRET is not taken for one.
"""

import re
from collections.abc import Iterator

# Figures in groups, as people type them: spaces, dots or dashes between.
_RUN = re.compile(r"\d(?:[ .\u00a0\u202f-]?[\dAB])*", re.IGNORECASE)
_NIR = re.compile(r"[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{3}\d{3}\d{2}")
_CORSICA = {"2A": "19", "2B": "18"}
# How each issuer's numbers start, and how many figures they have.
_CARDS = re.compile(
    r"""4(?:\d{12}|\d{15}|\d{18})                                             # Visa
    |(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}       # Mastercard
    |3[47]\d{13}                                                             # American Express
    |(?:352[89]|35[3-8]\d|50[123]\d|5[68]\d\d|6304|676\d|6011|64[4-9]\d|65\d\d|62\d\d)\d{12,15}
    """,  # the last line: JCB, Maestro, Discover, UnionPay
    re.VERBOSE,
)
_LONGEST = 19
# Two letters, a key of two figures, then what the country puts there, in groups of four or not.
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?:[ .\u00a0\u202f-]?[A-Z0-9]){11,30}(?![^\W_])", re.I)


def is_nir(text: str) -> bool:
    """Whether the text is a French social security number, with its key.

    Parameters: `text`, 15 characters without separators: sex, year, month, department (2A and 2B
    in Corsica), commune, order, then a key of two figures, 97 − (the 13 first modulo 97), where
    2A counts as 19 and 2B as 18.
    Source: INSEE, « Numéro de sécurité sociale », definitions; arrêté du 26 août 1980; months
    above 12 stand for births whose month is not known.
    """
    text = text.upper()
    if not _NIR.fullmatch(text):
        return False
    department = _CORSICA.get(text[5:7], text[5:7])
    number = int(text[:5] + department + text[7:13])
    return int(text[13:]) == 97 - number % 97


def is_card_number(digits: str) -> bool:
    """Whether the figures are a payment card number: an issuer's start, and Luhn's check.

    Parameters: `digits`, figures without separators. Numbers of 14 figures are left alone: a SIRET
    has as many, and the same check.
    Source: ISO/IEC 7812-1, annex B (Luhn), and the ranges of Visa, Mastercard, American Express,
    JCB, Maestro, Discover and UnionPay.
    """
    return bool(_CARDS.fullmatch(digits)) and luhn(digits)


def luhn(digits: str) -> bool:
    """Luhn's check: every second figure from the right doubled, the sum ends with 0.

    >>> luhn("4970101234567890"), luhn("79927398713")
    (False, True)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_iban(text: str) -> bool:
    """Whether the text is an account number, with its key.

    Parameters: `text`, without separators. Source: ISO 13616-1 and ISO 7064 (modulo 97): the four
    first signs go last, letters count 10 to 35, and the remainder is 1.

    >>> is_iban("FR7630006000011234567890189"), is_iban("FR7630006000011234567890188")
    (True, False)
    """
    turned = (text[4:] + text[:4]).upper()
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _ibans(text: str) -> Iterator[str]:
    """Every length that may be one: a word may follow the last group."""
    for run in _IBAN.findall(text):
        groups = re.split(r"[ .\u00a0\u202f-]", run)
        for last in range(1, len(groups) + 1):
            yield "".join(groups[:last])


def forbidden_numbers(text: str) -> set[str]:
    """What the text holds that it must not: `nir`, `card`, `iban`, several or nothing.

    Every sequence of whole groups is tried, since an expiry date or a phone may follow.
    """
    found = set()
    for number in _candidates(text):
        if is_nir(number):
            found.add("nir")
        if number.isdigit() and is_card_number(number):
            found.add("card")
    if any(len(number) >= 15 and is_iban(number) for number in _ibans(text)):
        found.add("iban")
    return found


def _candidates(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        groups = re.split(r"[ .\u00a0\u202f-]", run)
        for first in range(len(groups)):
            for last in range(first, len(groups)):
                number = "".join(groups[first : last + 1])
                if len(number) > _LONGEST:
                    break
                yield number
