"""Publics by family, so that none tells of another by subtraction.

Who is in which is said by journeys/pathway/publics.py, sensitive publics left out: disability,
benefits that imply it and protection never leave the file (security.md).
"""

from django.db.models import Q

from journeys.participants.lists import ASKED_PUBLICS
from journeys.pathway.publics import conditions

CONTRACT, REST = "contrat", "_reste"
# Publics that exclude one another, or hold one another, are one table: apart, each would tell of
# the others by subtraction. A row that starts with « _ » makes the sum right and is not shown.
FAMILIES: list[dict[str, str | None]] = [
    {
        "demandeur_emploi": CONTRACT,
        "_inscrit": "demandeur_emploi",
        "deld": "demandeur_emploi",
        "detld": "demandeur_emploi",
        "non_inscrit": CONTRACT,
    },
    {"rsa": CONTRACT, "ass": CONTRACT, "autres_minima": CONTRACT},
    {"infra_cap": CONTRACT, "cap_bep": CONTRACT},
    {"jeune": CONTRACT, "neet": "jeune", "_occupe": "jeune", "senior": CONTRACT},
    {"exclusion_numerique": CONTRACT},
    {"sans_domicile": CONTRACT},
    {"qpv": CONTRACT},
    *({code.code: CONTRACT} for code in ASKED_PUBLICS if not code.is_yes("sensitive")),
]


def families() -> list[dict[str, str | None]]:
    """The rows of each table, under the people who signed a contract, with those in no public."""
    return [{CONTRACT: None} | family | {REST: CONTRACT} for family in FAMILIES]


def belongs() -> dict[str, Q]:
    """The condition on a journey of each row that has no part; ages are those of the entry day."""
    known = conditions()
    parts = {"_inscrit": Q(situation__employment="inscrit_moins_12")}
    parts["_occupe"] = known["jeune"] & ~known["neet"]
    leaves = {row for family in FAMILIES for row in set(family) - set(family.values())}
    return {row: (known | parts)[row] for row in sorted(leaves)}
