"""Minutes said in words, and how long a session lasts."""

import datetime

from django.utils import timezone

from journeys.activities.models import Session
from rtr.lib import tongue

DAY = 24 * 60


def planned(session: Session) -> int:
    """Minutes of the session; what a presence lasts unless somebody says otherwise."""
    return min(DAY, round((session.ends_at - session.starts_at).total_seconds() / 60))


def said(minutes: int | None) -> str:
    """« 2 h », « 1 h 30 », « 45 min »; nothing for nothing."""
    return tongue.lasting(minutes) if minutes else ""


def month_of(session: Session) -> datetime.date:
    """The first day of its month, in local time."""
    return timezone.localdate(session.starts_at).replace(day=1)


def next_month(month: datetime.date) -> datetime.date:
    return (month + datetime.timedelta(days=32)).replace(day=1)


def last_month() -> datetime.date:
    return (timezone.localdate().replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
