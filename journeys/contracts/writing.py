"""The contract's text, written once from what was agreed; then frozen and hashed."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from journeys.contracts.models import Contract, Objective
from journeys.participants.models import Participant
from rtr.lib.french import day_in_full
from territories.places.models import Territory

# Said once in every contract, wherever the programme's terms put it (rule 4).
ENGAGEMENT = "Ce contrat ne remplace pas votre contrat d’engagement."
LONGEST_TITLE = 36  # characters: « Ce que vous faites. » is a title, a sentence is not
_APOSTROPHES = str.maketrans(dict.fromkeys("'‘ʼ", "’"))


def written(contract: Contract) -> str:
    """The whole text that is signed: programme's terms, people, objectives, hours, planned end."""
    journey = contract.journey
    aims = contract.aims().select_related("achievement")
    return compose(contract, journey.participant, journey.territory, aims)


def compose(
    contract: Contract,
    participant: Participant,
    territory: Territory,
    objectives: Iterable[Objective],
) -> str:
    """Plain text, French, paragraphs separated by a blank line, no trailing spaces."""
    terms = _with_engagement(typographic(territory.programme.contract_text))
    text = render_to_string(
        "journeys/contracts/text.txt",
        {
            "contract": contract,
            "participant": participant,
            "territory": territory,
            "programme": territory.programme,
            "terms": terms,
            "objectives": list(objectives),
            "birth_date": day_in_full(contract.birth_date, weekday=False),
            "planned_end": day_in_full(contract.planned_end_on, weekday=False),
        },
    )
    return _laid_out(typographic(text))


def _with_engagement(terms: str) -> str:
    before, sentence, after = terms.strip().partition(ENGAGEMENT)
    if not sentence:
        return f"{before}\n\n{ENGAGEMENT}"
    return before + sentence + after.replace(ENGAGEMENT, "")


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


def typographic(text: str) -> str:
    """Accents composed and apostrophes curved, as the house writes them."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def normalised(text: str) -> str:
    """The text as it is hashed: every word and sign counts; blanks, line ends, the shape of
    apostrophes and the way accents are coded do not, since copying from a page or from the PDF
    changes them.

    >>> normalised("l'a  b \\r\\n\\n\\n c")
    'l’a b c'
    """
    return " ".join(typographic(text).split())


def fingerprint(text: str) -> str:
    """SHA-256 (FIPS 180-4) of the normalised text in UTF-8, 64 hexadecimal figures."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()
