"""How much aids make, per state, per month, per person: amounts granted, given, still asked for."""

from types import SimpleNamespace

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from journeys.aids.enums import AidStatus
from journeys.aids.saying import euros
from rtr.lib import french

MONTHS, PEOPLE = 12, 20  # shown
SUMS = {
    "count": Count("pk"),
    "asked": Sum("amount_asked", filter=Q(status=AidStatus.ASKED)),
    "granted": Sum("amount_granted", filter=Q(status__in=[AidStatus.GRANTED, AidStatus.GIVEN])),
    "given": Sum("amount_granted", filter=Q(status=AidStatus.GIVEN)),
}


def of(aids: QuerySet) -> SimpleNamespace:
    return _said(aids.order_by().aggregate(**SUMS))


def by_month(aids: QuerySet) -> list[SimpleNamespace]:
    rows = aids.order_by().annotate(month=TruncMonth("asked_on")).values("month")
    rows = rows.annotate(**SUMS).order_by("-month")[:MONTHS]
    return [_said(row, label=french.capitalised(french.month(row["month"]))) for row in rows]


def by_person(aids: QuerySet) -> list[SimpleNamespace]:
    """Those for whom most was granted, first."""
    who = ("journey_id", "journey__participant__nickname", "journey__participant__code")
    rows = aids.order_by().values(*who).annotate(**SUMS)
    rows = rows.exclude(granted=None).order_by("-granted", "journey_id")[:PEOPLE]
    return [_said(row, label=row[who[1]], code=row[who[2]], file=row[who[0]]) for row in rows]


def _said(row: dict, **more) -> SimpleNamespace:
    sums = {name: euros(row[name]) for name in ("asked", "granted", "given")}
    return SimpleNamespace(count=row["count"], **sums, **more)
