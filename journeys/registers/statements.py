"""What a statement of hours says: the sessions somebody was in, a month, under contract."""

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import Enrolment
from journeys.pathway.models import Journey
from journeys.registers.hours import next_month


def lived(journeys: Iterable[Journey], month: datetime.date) -> dict[int, list[dict]]:
    """By journey: its sessions of the month, from the entry day on, in the order of days."""
    by_person = {journey.participant_id: journey for journey in journeys}
    enrolments = (
        Enrolment.objects.attended()
        .exclude(status=EnrolmentStatus.CANCELLED)
        .filter(
            participant__in=by_person,
            session__starts_at__gte=_midnight(month),
            session__starts_at__lt=_midnight(next_month(month)),
        )
    )
    found: dict[int, list[dict]] = defaultdict(list)
    cells = ("participant_id", "session__starts_at", "session__activity__title", "minutes")
    for person, starts_at, title, minutes in enrolments.order_by(
        "session__starts_at", "pk"
    ).values_list(*cells):
        journey, on = by_person[person], timezone.localdate(starts_at)
        if journey.entry_on and on >= journey.entry_on:
            row = {"on": on.isoformat(), "title": title, "minutes": minutes or 0}
            found[journey.pk].append(row)
    return dict(found)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def canonical(statement) -> str:
    """The text that is hashed: JSON, keys sorted, no space, UTF-8."""
    said = {
        "code": statement.code,
        "name": statement.name,
        "month": f"{statement.month:%Y-%m}",
        "version": statement.number,
        "rows": statement.rows,
        "minutes": statement.minutes,
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(statement) -> str:
    return hashlib.sha256(canonical(statement).encode()).hexdigest()
