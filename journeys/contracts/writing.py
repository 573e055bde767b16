"""The contract's text, written once from what was agreed; then frozen and hashed."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from journeys.contracts.enums import in_french
from journeys.contracts.models import Contract, Objective
from journeys.contracts.spoken import Spoken, spoken
from journeys.messages.enums import Language
from journeys.participants.models import Participant
from rtr.lib import french
from territories.places.models import Territory

ENGAGEMENT = spoken(Language.FRENCH).words["text"]["engagement"]
LONGEST_TITLE = 36  # characters: « Ce que vous faites. » is a title, a sentence is not
_APOSTROPHES = str.maketrans(dict.fromkeys("'‘ʼ", "’"))
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


def written(contract: Contract) -> str:
    """The whole text that is signed: programme's terms, people, objectives, hours, planned end."""
    journey = contract.journey
    aims = contract.aims().select_related("achievement")
    return compose(contract, journey.participant, journey.territory, aims)


def translated(contract: Contract) -> dict[str, str]:
    """The same in each language the programme has its terms in: language → text."""
    journey = contract.journey
    aims = list(contract.aims().select_related("achievement"))
    wordings = journey.territory.programme.contract_wordings.exclude(language=Language.FRENCH)
    return {
        one.language: compose(
            contract, journey.participant, journey.territory, aims, one.language, one.text
        )
        for one in wordings
    }


def compose(
    contract: Contract,
    participant: Participant,
    territory: Territory,
    objectives: Iterable[Objective],
    language: str = Language.FRENCH,
    terms: str | None = None,
) -> str:
    """Plain text, paragraphs separated by a blank line, no trailing spaces.

    Parameters: `terms`, the programme's own words in that language; its French ones if none.
    """
    in_words = spoken(language)
    text = in_words.words["text"]
    terms = territory.programme.contract_text if terms is None else terms
    blocks = [
        text["title"],
        text["translation"],
        _what(contract, territory, text),
        _who(contract, participant, in_words),
        _with_engagement(typographic(terms), text["engagement"]),
        _decided(contract, list(objectives), in_words),
        _reading(contract, text) if language == Language.FRENCH else "",
    ]
    return _laid_out(typographic("\n\n".join(block for block in blocks if block)))


def _what(contract: Contract, territory: Territory, text: dict[str, str]) -> str:
    version = text["amendment" if contract.number > 1 else "version"].format(contract.number)
    return f"{text['programme'].format(territory.programme.name, territory.name)}\n{version}"


def _who(contract: Contract, participant: Participant, in_words: Spoken) -> str:
    text, born = in_words.words["text"], in_words.day(contract.birth_date)
    lines = [text["between"], text["person"].format(participant.full_name, born, participant.code)]
    if participant.guardian:
        lines.append(text["guardian"].format(participant.guardian))
    return "\n".join([*lines, text["team"]])


def _decided(contract: Contract, objectives: list[Objective], in_words: Spoken) -> str:
    text = in_words.words["text"]
    lines = [
        text["decided"],
        text["hours"].format(hours_in(in_words, contract.weekly_hours)),
        text["end"].format(in_words.day(contract.planned_end_on)),
        text["objectives" if len(objectives) > 1 else "objective"],
    ]
    for number, one in enumerate(objectives, start=1):
        badge = f" ({text['badge'].format(one.achievement.name)})" if one.achievement else ""
        lines.append(f"{number}. {in_words.own(one.wording)}{badge}")
    return "\n".join(lines)


def hours_in(in_words: Spoken, hours: int) -> str:
    """« 12 heures » in the French text; other languages say « hours: 12 », which has no plural."""
    if in_words.language != Language.FRENCH:
        return str(hours)
    return f"{hours} {french.plural(hours, 'heure')}"


def _reading(contract: Contract, text: dict[str, str]) -> str:
    """How it was read on contract day; what was read on a phone is kept with the signature."""
    lines = [text["read"], text["language"].format(in_french(contract.language))]
    if contract.interpreter:
        lines.append(text["interpreter"].format(contract.interpreter))
    if contract.read_aloud_by:
        lines.append(text["read_aloud"].format(contract.read_aloud_by))
    return "\n".join(lines)


def _with_engagement(terms: str, said: str) -> str:
    """Said once in every contract, wherever the programme's terms put it (rule 4)."""
    before, sentence, after = terms.strip().partition(said)
    if not sentence:
        return f"{before}\n\n{said}"
    return before + sentence + after.replace(said, "")


def _laid_out(text: str) -> str:
    """Line ends, runs of blanks and of blank lines made regular."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as pages and paper show it: its short first line, if it is a title, apart."""

    title: str
    lines: list[str]


def paragraphs(text: str) -> list[Paragraph]:
    """The frozen text cut for reading; joined again it is the same words in the same order."""
    return [_paragraph(block.split("\n")) for block in text.split("\n\n")]


def _paragraph(lines: list[str]) -> Paragraph:
    first, *rest = lines
    if rest and len(first) <= LONGEST_TITLE and first.endswith("."):
        return Paragraph(first, rest)
    return Paragraph("", lines)


def terms_of(text: str) -> str:
    """The programme's own terms in a frozen French text: between who signs and what was decided."""
    words = spoken(Language.FRENCH).words["text"]
    _before, _team, after = text.partition(f"\n{words['team']}\n")
    return normalised(after.partition(f"\n{words['decided']}\n")[0])


def typographic(text: str) -> str:
    """Accents composed and apostrophes curved, as the house writes them."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def normalised(text: str) -> str:
    """The text as it is hashed: every word and sign counts; blanks, line ends, the shape of
    apostrophes, the way accents are coded and marks of direction do not, since copying from a page
    or from the PDF changes them.

    >>> normalised("l'a  b \\r\\n\\n\\n c")
    'l’a b c'
    """
    return " ".join(typographic(text).translate(_DIRECTIONS).split())


def fingerprint(text: str) -> str:
    """SHA-256 (FIPS 180-4) of the normalised text in UTF-8, 64 hexadecimal figures."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()
