"""The number of a French establishment: SIREN (nine figures) and NIC (five), each with its key.

Source: INSEE, « Numéro SIRET », definitions; Luhn's check on the nine, then on the fourteen. The
offices of La Poste (SIREN 356 000 000) are the exception: their fourteen figures add up to a
multiple of five. The computing is stdnum's; the words are ours.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.fr import siren, siret

LENGTH = 14
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u200b]+")  # \s holds the no-break spaces


def read_siret(text: str) -> str:
    """The fourteen figures of what was typed, spaces and dashes aside.

    Raises ValidationError, which says what is wrong: a letter, the length, which of the two keys.
    """
    number = _BETWEEN.sub("", text)
    strange = sorted(set(re.sub(r"[0-9]", "", number)))
    if strange:
        raise ValidationError(
            _("Un SIRET s’écrit avec les chiffres 0 à 9 : remplacez « %(sign)s ».")
            % {"sign": " ".join(strange[:3])}
        )
    if len(number) != LENGTH:
        raise ValidationError(
            _("Un SIRET a quatorze chiffres, celui-ci en a %(count)s.") % {"count": len(number)}
        )
    if not siren.is_valid(number[:9]):
        raise ValidationError(
            _("La clé ne va pas : un des neuf premiers chiffres (%(siren)s) est à corriger.")
            % {"siren": spaced(number[:9])}
        )
    if not siret.is_valid(number):
        raise ValidationError(
            _("La clé ne va pas : un des cinq derniers chiffres (%(nic)s) est à corriger.")
            % {"nic": number[9:]}
        )
    return number


def spaced(number: str) -> str:
    """« 732 829 320 00074 », with spaces that do not break.

    >>> spaced("73282932000074").replace("\\u00a0", " ")
    '732 829 320 00074'
    """
    groups = [number[:3], number[3:6], number[6:9], number[9:]]
    return "\u00a0".join(filter(None, groups))
