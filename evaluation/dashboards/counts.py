"""How many people, where, at which point: counts of journeys on a reporting date, no name.

Four passes over a programme's tables. The date is the last day of a month that is over, so that
two pages read on two days cannot be subtracted from one another.
"""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db.models import Case, Count, FilteredRelation, OuterRef, Q, Subquery, Sum, When

from evaluation.dashboards.publics import belongs
from journeys.models import Journey, PhaseChange, PurgedCount
from journeys.pathway.enums import AbsenceKind, Phase
from journeys.pathway.lists import EXITS, own_positive
from territories.models import Period, Programme

OFFICIAL, OWN, OTHER = "officielle", "programme", "autre"
# Exit kinds are counted by the class their list gives them, so that fewer numbers are small; the
# programme's own, and the most frequent others, by themselves.
BY_THEMSELVES = {"recherche_emploi", "choix_personne", "sans_nouvelles", "duree_max"}
# The people welcomed, cut into parts, then the parts into theirs.
JOURNEY_ROWS: dict[str, str | None] = {
    "accueil": None,
    "avant": "accueil",
    "butinage": "avant",
    "pause_avant": "avant",
    "sortie_avant": "avant",
    "effacee": "avant",
    "contrat": "accueil",
    "en_cours": "contrat",
    "pause": "contrat",
    "duree_depassee": "contrat",
    "sortie": "contrat",
    OFFICIAL: "sortie",
    OWN: "sortie",
    OTHER: "sortie",
}

Counts = Counter[tuple[str, int]]


def reporting_date(today: datetime.date) -> datetime.date:
    """The last day of the month before this one."""
    return today.replace(day=1) - datetime.timedelta(days=1)


def exit_class(programme: Programme, kind: str) -> str:
    """Officially positive, the programme's own, or other: one of them, never two (rule 10)."""
    if kind in programme.official_positive_exits:
        return OFFICIAL
    return OWN if kind in own_positive() else OTHER


def exit_row(programme: Programme, kind: str) -> str:
    """The row an exit kind is counted in."""
    of = exit_class(programme, kind)
    if of == OWN or kind in BY_THEMSELVES:
        return kind
    if of == OFFICIAL:
        return EXITS[kind]["class"]
    return "neutre" if EXITS[kind]["class"] == "neutre" else "positive_non_retenue"


def journey_rows(programme: Programme) -> dict[str, str | None]:
    """The tree of the journeys' table, exits under their class."""
    found = {exit_row(programme, code.code): exit_class(programme, code.code) for code in EXITS}
    return JOURNEY_ROWS | found


def journeys(
    programme: Programme,
    territory_ids: Iterable[int],
    on: datetime.date,
    period: Period | None = None,
) -> Counts:
    """People by leaf of the journeys' tree and territory; files erased since are in it.

    Parameters: `period`, only those who entered it (of the files erased, those of its months).
    """
    there = FilteredRelation(
        "absences",
        condition=Q(absences__from_on__lte=on)
        & (Q(absences__until_on__isnull=True) | Q(absences__until_on__gt=on)),
    )
    met = Journey.objects.filter(territory_id__in=territory_ids, first_contact_on__lte=on)
    erased = PurgedCount.objects.filter(territory_id__in=territory_ids, month__lte=on)
    if period:
        met = met.filter(period_entries__period=period)
        erased = erased.filter(month__gte=period.starts_on.replace(day=1))
        erased = erased.filter(month__lte=period.ends_on) if period.ends_on else erased
    groups = (
        met.annotate(
            away=there,
            signed=Case(When(entry_on__lte=on, then=True), default=False),
            late=Case(When(limit_on__lt=on, then=True), default=False),
        )
        .order_by()
        .values_list("territory_id", "signed", "late", "away__kind", "away__exit_kind")
        .annotate(people=Count("pk"))
    )
    counts = Counter()
    for territory_id, signed, late, away, kind, people in groups:
        exit_as = exit_row(programme, kind) if kind else ""
        counts[_leaf(signed, late, away, exit_as), territory_id] += people
    for territory_id, people in erased.values_list("territory_id").annotate(Sum("people")):
        counts["effacee", territory_id] += people
    return counts


def _leaf(signed: bool, late: bool, away: str | None, exit_as: str) -> str:
    if away == AbsenceKind.EXIT:
        return exit_as if signed else "sortie_avant"
    if away == AbsenceKind.PAUSE:
        return "pause" if signed else "pause_avant"
    if not signed:
        return "butinage"
    return "duree_depassee" if late else "en_cours"


def phases(territory_ids: Iterable[int], on: datetime.date) -> Counts:
    """People under contract by the last phase reached and territory."""
    last = PhaseChange.objects.filter(journey=OuterRef("pk"), on__lte=on).order_by("-rank")
    groups = (
        _contracts(territory_ids, on)
        .annotate(phase=Subquery(last.values("phase")[:1]))
        .values_list("territory_id", "phase")
        .annotate(people=Count("pk"))
    )
    counts = Counter()
    for territory_id, phase, people in groups:
        counts[phase or Phase.REPERAGE.value, territory_id] += people
    return counts


def publics(territory_ids: Iterable[int], on: datetime.date) -> Counts:
    """People under contract by public and territory; one person may be in several."""
    conditions = belongs()
    counted = {f"n_{code}": Count("pk", filter=is_in) for code, is_in in conditions.items()}
    counts = Counter()
    for row in _contracts(territory_ids, on).values("territory_id").annotate(**counted):
        for code in conditions:
            counts[code, row["territory_id"]] = row[f"n_{code}"]
    return counts


def _contracts(territory_ids: Iterable[int], on: datetime.date):
    met = Journey.objects.filter(territory_id__in=territory_ids, first_contact_on__lte=on)
    return met.filter(entry_on__lte=on).order_by()
