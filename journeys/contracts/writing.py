"""The contract's text, written once from what was agreed; then frozen and hashed."""

from django.template.loader import render_to_string

from journeys.contracts.models import Contract


def written(contract: Contract) -> str:
    """The whole text that is signed: programme's terms, people, objectives, hours, planned end.

    Plain text, French, paragraphs separated by a blank line, no trailing spaces: what is hashed is
    exactly what a person can copy into the verification page.
    """
    journey = contract.journey
    text = render_to_string(
        "journeys/contracts/text.txt",
        {
            "contract": contract,
            "participant": journey.participant,
            "territory": journey.territory,
            "programme": journey.territory.programme,
            "objectives": contract.objectives.select_related("achievement"),
        },
    )
    return normalised(text)


def normalised(text: str) -> str:
    """One writing for one text, so that copying it loses nothing that counts: line ends, runs of
    blanks and blank lines are made regular; every other character matters.

    >>> normalised("a  b \\r\\n\\n\\n c")
    'a b\\n\\nc'
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip()
