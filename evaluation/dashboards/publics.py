"""Who is in which public of the reference list (journeys/data/publics.csv).

Some are ticked with the person; the others follow from the entry answers, as the list's column
`derived_from` says. Sensitive publics are counted nowhere here: disability, benefits that imply
it and protection never leave the file (security.md). « rural » is the territory's, not a person's.
"""

from django.db.models import DateField, F, Func, Q

from journeys.participants.lists import ASKED_PUBLICS, DIPLOMA, HOUSING

CONTRACT, REST = "contrat", "_reste"
# Publics that exclude one another, or hold one another, are one table: apart, each would tell of
# the others by subtraction. A row that starts with « _ » makes the sum right and is not shown.
FAMILIES: list[dict[str, str | None]] = [
    {
        "demandeur_emploi": CONTRACT,
        "_inscrit": "demandeur_emploi",
        "deld": "demandeur_emploi",
        "detld": "demandeur_emploi",
        "non_inscrit": "demandeur_emploi",
    },
    {"rsa": CONTRACT, "ass": CONTRACT, "autres_minima": CONTRACT},
    {"infra_cap": CONTRACT, "cap_bep": CONTRACT},
    {"jeune": CONTRACT, "neet": "jeune", "_occupe": "jeune", "senior": CONTRACT},
    {"exclusion_numerique": CONTRACT},
    {"sans_domicile": CONTRACT},
    {"qpv": CONTRACT},
    *({code.code: CONTRACT} for code in ASKED_PUBLICS if not code.is_yes("sensitive")),
]
OUT_OF_WORK = "inscrit_moins_12 inscrit_12_23 inscrit_24 non_inscrit_cherche inactif".split()


def families() -> list[dict[str, str | None]]:
    """The rows of each table, under the people who signed a contract, with those in no public."""
    return [{CONTRACT: None} | family | {REST: CONTRACT} for family in FAMILIES]


def belongs() -> dict[str, Q]:
    """The condition on a journey of each row that has no part; ages are those of the entry day."""
    young = Q(participant__birth_date__gt=_before_entry(26))
    working = ~Q(situation__employment__in=OUT_OF_WORK)
    asked = {code.code: Q(situation__publics__contains=[code.code]) for code in ASKED_PUBLICS}
    return asked | {
        "_inscrit": Q(situation__employment="inscrit_moins_12"),
        "deld": Q(situation__employment="inscrit_12_23"),
        "detld": Q(situation__employment="inscrit_24"),
        "non_inscrit": Q(situation__employment="non_inscrit_cherche"),
        "rsa": Q(situation__resources="rsa"),
        "ass": Q(situation__resources="ass"),
        "autres_minima": Q(situation__resources="autre_minimum"),
        "infra_cap": Q(situation__diploma__in=_noted(DIPLOMA, "CITE 0-2")),
        "cap_bep": Q(situation__diploma="cite_3_cap"),
        "exclusion_numerique": Q(situation__digital_level="exclu"),
        "neet": young & ~working,
        "_occupe": young & working,
        "senior": Q(participant__birth_date__lte=_before_entry(50)),
        "sans_domicile": Q(situation__housing__in=_noted(HOUSING, "homeless", "housing exclusion")),
        "qpv": Q(situation__qpv_edition__gt=""),
    }


def _noted(codes, *notes: str) -> list[str]:
    return [code.code for code in codes if code["note"] in notes]


def _before_entry(years: int) -> Func:
    """The latest birth date of somebody of that age on the entry day."""
    template = f"(%(expressions)s - interval '{int(years)} years')::date"
    return Func(F("entry_on"), template=template, output_field=DateField())
