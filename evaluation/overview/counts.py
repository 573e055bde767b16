"""How many people, month by month, for whoever runs the programme: no secret, no name."""

import datetime
from collections import Counter
from collections.abc import Iterable

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from evaluation.dashboards.counts import OFFICIAL, OWN, exit_class
from journeys.models import Absence, Journey, PurgedCount
from territories.models import Period, Programme

MONTHS = 12
PACE = 3  # whole months that make the pace
WELCOMED, SIGNED = "accueil", "contrat"
SERIES = (WELCOMED, SIGNED, OFFICIAL, OWN)

# (series, territory, first day of a month) → people
Monthly = Counter[tuple[str, int, datetime.date]]


def months_until(today: datetime.date) -> list[datetime.date]:
    """The first days of the twelve months that end with this one."""
    this = today.replace(day=1)
    return [this - relativedelta(months=back) for back in reversed(range(MONTHS))]


def monthly(
    programme: Programme, ids: Iterable[int], today: datetime.date, period: Period | None
) -> Monthly:
    """People welcomed, contracts signed and exits, by territory and month, in four passes."""
    since = months_until(today)[0]
    journeys = Journey.objects.filter(territory__in=ids)
    exits = Absence.objects.exits().filter(
        territory__in=ids, until_on=None, journey__entry_on__lte=F("from_on")
    )
    if period:
        journeys = journeys.filter(period_entries__period=period)
        exits = exits.filter(journey__period_entries__period=period)
    found: Monthly = Counter()
    for series, rows, day in (
        (WELCOMED, journeys, "first_contact_on"),
        (SIGNED, journeys, "entry_on"),
    ):
        for place, month, people in _by_month(rows, day, since, today):
            found[series, place, month] += people
    for place, month, kind, people in _by_month(exits, "from_on", since, today, "exit_kind"):
        found[exit_class(programme, kind), place, month] += people
    erased = PurgedCount.objects.filter(territory__in=ids, month__gte=since, month__lte=today)
    if period:
        erased = erased.filter(month__gte=period.starts_on.replace(day=1))
    for place, month, people in erased.values_list("territory", "month").annotate(Sum("people")):
        found[WELCOMED, place, month] += people
    return found


def _by_month(
    rows: QuerySet, day: str, since: datetime.date, today: datetime.date, *more: str
) -> QuerySet:
    dated = rows.filter(**{f"{day}__gte": since, f"{day}__lte": today}).order_by()
    groups = dated.annotate(in_month=TruncMonth(day)).values_list("territory", "in_month", *more)
    return groups.annotate(people=Count("pk"))
