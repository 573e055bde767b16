"""What somebody means by a text message: one figure or one word, in any of the five languages."""

import re
import unicodedata

from journeys.messages.enums import Meaning
from rtr.lib.words import plain

WORDS = {
    Meaning.YES: "1 oui yes نعم так",
    Meaning.NO: "2 non no لا ні",
    Meaning.STOP: "stop arret توقف قف стоп",
    Meaning.START: "start reprendre استئناف старт",
}
# Politeness after the word changes nothing.
THANKS = "merci thanks thank you شكرا дякую"


def meaning_of(text: str) -> Meaning:
    """What a text says, or OTHER: « 1 heure de retard » is not a yes, and is left to be read.

    STOP counts whatever follows it, as the law wants: a refusal needs no form.

    >>> meaning_of("١"), meaning_of("Oui, merci !"), meaning_of("Stop svp"), meaning_of("2 min")
    (Meaning.YES, Meaning.YES, Meaning.STOP, Meaning.OTHER)
    """
    words = _words(text)
    if words and words[0] in _MEANINGS and _MEANINGS[words[0]] == Meaning.STOP:
        return Meaning.STOP
    words = [word for word in words if word not in _THANKS]
    return _MEANINGS.get(words[0], Meaning.OTHER) if len(words) == 1 else Meaning.OTHER


def _words(text: str) -> list[str]:
    figures = "".join(_figure(char) for char in text)
    return re.findall(r"[^\W_]+", plain(figures))


def _figure(char: str) -> str:
    """١ and ۱ are 1; so is １."""
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)


_MEANINGS = {
    word: meaning
    for meaning, words in WORDS.items()
    for text in words.split()
    for word in _words(text)
}
_THANKS = frozenset(_words(THANKS))
