"""Who is in which public of the reference list (journeys/data/publics.csv), as conditions.

Some are ticked with the person; the others follow from the entry answers, as the list's column
`derived_from` says. Sensitive publics are left out: they never leave the file.
"""

from functools import cache

from django.db.models import DateField, F, Func, Q

from journeys.participants.lists import ASKED_PUBLICS, DIPLOMA, HOUSING, PUBLICS

YOUNG, OLD = 26, 50
OUT_OF_WORK = "inscrit_moins_12 inscrit_12_23 inscrit_24 non_inscrit_cherche inactif".split()


@cache
def conditions() -> dict[str, Q]:
    """The condition on a journey of each public, in the list's order; ages are those at entry."""
    young = Q(participant__birth_date__gt=_before_entry(YOUNG))
    asked = {code.code: Q(situation__publics__contains=[code.code]) for code in ASKED_PUBLICS}
    derived = {
        "demandeur_emploi": Q(situation__employment__startswith="inscrit_"),
        "deld": Q(situation__employment="inscrit_12_23"),
        "detld": Q(situation__employment="inscrit_24"),
        "non_inscrit": Q(situation__employment="non_inscrit_cherche"),
        "rsa": Q(situation__resources="rsa"),
        "ass": Q(situation__resources="ass"),
        "autres_minima": Q(situation__resources="autre_minimum"),
        "infra_cap": Q(situation__diploma__in=_noted(DIPLOMA, "CITE 0-2")),
        "cap_bep": Q(situation__diploma="cite_3_cap"),
        "exclusion_numerique": Q(situation__digital_level="exclu"),
        "jeune": young,
        "neet": young & Q(situation__employment__in=OUT_OF_WORK),
        "senior": Q(participant__birth_date__lte=_before_entry(OLD)),
        "sans_domicile": Q(situation__housing__in=_noted(HOUSING, "homeless", "housing exclusion")),
        "qpv": Q(situation__qpv_edition__gt=""),
    }
    known = asked | derived
    shown = [code.code for code in PUBLICS if not code.is_yes("sensitive") and code.code in known]
    return {code: known[code] for code in shown}


def _noted(codes, *notes: str) -> list[str]:
    return [code.code for code in codes if code["note"] in notes]


def _before_entry(years: int) -> Func:
    """The latest birth date of somebody of that age on the entry day."""
    template = f"(%(expressions)s - interval '{int(years)} years')::date"
    return Func(F("entry_on"), template=template, output_field=DateField())
