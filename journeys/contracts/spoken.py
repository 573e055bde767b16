"""What a person reads in order to sign, in the language they choose.

Words live in journeys/data/spoken, a file per language. Easy French is the base: French takes its
pages from it, and a word missing elsewhere is said in easy French.
"""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format

from journeys.messages.enums import Language
from rtr.lib import french

FOLDER = Path(__file__).parent.parent / "data" / "spoken"
FIRST_STRONG, POP = "\u2068", "\u2069"  # a Latin name keeps its order inside an Arabic sentence
RIGHT_TO_LEFT = {Language.ARABIC}
DAYS = {Language.ENGLISH: "j F Y", Language.ARABIC: "j F Y", Language.UKRAINIAN: "j E Y"}


@dataclass(frozen=True)
class Spoken:
    """A language, and its words by subject: `spoken.words["read"]["sign"]`."""

    language: Language
    words: dict[str, dict[str, str]]

    @property
    def code(self) -> str:
        """For `lang`: easy French is French (BCP 47 knows no such variant)."""
        return self.language.value.split("-")[0]

    @property
    def dir(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def say(self, subject: str, word: str, *places) -> str:
        return self.words[subject][word].format(*places)

    def own(self, text: str) -> str:
        """Words of somebody's own, which keep their direction inside this language."""
        return f"{FIRST_STRONG}{text}{POP}" if self.dir == "rtl" else text

    def day(self, on: datetime.date) -> str:
        """« 24 novembre 2026 », as this language writes it."""
        if self.language not in DAYS:
            return french.day_in_full(on, weekday=False)
        with translation.override(self.language.value):
            return date_format(on, DAYS[self.language])


@cache
def spoken(language: str) -> Spoken:
    """Words of a language; easy French for one we do not speak."""
    known = Language(language) if language in Language else Language.EASY_FRENCH
    words = _read(Language.EASY_FRENCH)
    for subject, own in _read(known).items():
        words[subject] |= own
    if known in RIGHT_TO_LEFT:
        words = {name: {k: _isolated(v) for k, v in own.items()} for name, own in words.items()}
    return Spoken(known, words)


def _read(language: Language) -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / f"{language.value}.toml").read_text(encoding="utf-8"))


def _isolated(sentence: str) -> str:
    return sentence.replace("{}", f"{FIRST_STRONG}{{}}{POP}")
