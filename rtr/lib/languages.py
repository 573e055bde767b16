"""The languages a person may read: French, which the code is written in, and each catalogue found
in `locale`. A new language needs its catalogue and nothing else.

The header of a catalogue says how the language names itself and which way it is read
(`X-Name`, `X-Direction`). What it does not say yet is said in easy French, and noticed.
"""

import gettext
from contextvars import ContextVar
from pathlib import Path

from django.utils.translation import trans_real

EASY_FRENCH = "fr-falc"
FIRST = ["fr", EASY_FRENCH, "en"]  # then by their own names

# The sentences that the page being written could not say in its language; None outside of a page.
missing: ContextVar[set[str] | None] = ContextVar("missing", default=None)


def found(folder: Path) -> list[tuple[str, str, str]]:
    """Code, own name and direction (`ltr`, `rtl`) of French and of each compiled catalogue."""
    languages = [("fr", "Français", "ltr")]
    for file in folder.glob("*/LC_MESSAGES/django.mo"):
        with file.open("rb") as opened:
            header = gettext.GNUTranslations(opened).info()
        code = trans_real.to_language(file.parts[-3])
        languages.append((code, header["x-name"], header["x-direction"]))
    return sorted(languages, key=lambda one: (_rank(one[0]), one[1]))


def _rank(code: str) -> int:
    return FIRST.index(code) if code in FIRST else len(FIRST)


def tag(code: str) -> str:
    """The language as `lang` wants it: easy French is French (BCP 47 has no word for it).

    >>> tag("fr-falc"), tag("ar")
    ('fr', 'ar')
    """
    return "fr" if code == EASY_FRENCH else code


class _EasyFrench(gettext.NullTranslations):
    """Stands behind every other language."""

    def __init__(self, code: str):
        super().__init__()
        self.is_english = code.split("-")[0] == "en"

    def _noticed(self, message: str) -> gettext.NullTranslations:
        # Django and its kind write in English: what French translates is said already.
        if self.is_english and trans_real.translation("fr").gettext(message) != message:
            return gettext.NullTranslations()
        if (sentences := missing.get()) is not None:
            sentences.add(message)
        return trans_real.translation(EASY_FRENCH)

    def gettext(self, message):
        return self._noticed(message).gettext(message)

    def ngettext(self, singular, plural, count):
        return self._noticed(singular).ngettext(singular, plural, count)


def lean_on_easy_french(codes: list[str]) -> None:
    """Each language but French says in easy French what it does not say itself."""
    for code in codes:
        if not code.startswith("fr"):
            # There is no public way to replace it.
            trans_real.translation(code)._fallback = _EasyFrench(code)
