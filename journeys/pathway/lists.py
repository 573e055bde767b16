"""Exits and outcomes (reference list; the programme says which are officially positive)."""

from journeys.participants.lists import DATA
from rtr.lib.codelists import CodeList

EXITS = CodeList(DATA / "exits.csv")
DEATH = "deces"
POSITIVE_CLASSES = {
    "emploi_durable",
    "emploi_transition",
    "selon_duree",
    "formation",
    "autre_positive",
    "positive_programme",
}


# An exit kind that can also start while the journey goes on (« étape gagnée »).
OUTCOMES = CodeList(EXITS.path, lambda row: row["class"] in POSITIVE_CLASSES)


def official_by_default() -> list[str]:
    """Exits that funders count as positive, before a programme decides otherwise."""
    return [code.code for code in EXITS if code.is_yes("official_positive")]


def own_positive() -> list[str]:
    """The programme's own positive exits: volunteering, civic engagement, projects."""
    return [code.code for code in EXITS if code.is_yes("programme_positive")]
