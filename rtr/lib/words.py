"""Words that find people: written once by the database for what is stored, here for what is typed.

Both must agree: lower case, no accents, letters and digits only; a phone number is one word in
national writing (0612345678). `rtr_words()` in journeys/migrations is the other half.
"""

import re
import unicodedata

MOST_WORDS = 6
_PHONE = re.compile(r"(?:\+|00)?\d[\d .\-]{5,}\d")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def plain(text: str) -> str:
    """Lower case without accents.

    >>> plain("Éléonore Œuvrard")
    'eleonore oeuvrard'
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in folded if not unicodedata.combining(c))


def search_words(text: str) -> list[str]:
    """At most six words to look for, in the order typed.

    >>> search_words("Zaza  06 12 34 56 78")
    ['zaza', '0612345678']
    """
    text = _PHONE.sub(lambda found: _national(found[0]), plain(text.replace("\0", "")))
    return [word[:60] for word in re.findall(r"[^\W_]+", text)][:MOST_WORDS]


def _national(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return re.sub(r"^(?:00)?33(?=\d{9}$)", "0", digits)
