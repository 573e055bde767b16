"""Appointments for tests: moments in local time, a team, a phone that is written to."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from journeys.appointments.actions import keeping
from journeys.models import OutboundMessage, Participant

PARIS = ZoneInfo("Europe/Paris")
PHONE = "+33612345678"


def at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    """So many days from today, at that hour, here."""
    on = timezone.localdate() + datetime.timedelta(days=day)
    return datetime.datetime.combine(on, datetime.time(hour, minute), tzinfo=PARIS)


def propose(journey, by, *, with_user=None, starts_at=None, **more):
    said = {"mode": "meet", "seen": None} | more
    starts_at = starts_at or at(7, 14)
    return keeping.propose(
        journey=journey, by=by, with_user=with_user or by, starts_at=starts_at, **said
    )


def give_phone(journey, phone=PHONE) -> None:
    Participant.objects.filter(pk=journey.participant_id).update(contact=phone)
    journey.refresh_from_db()
    journey.participant.refresh_from_db()


def written(**filters) -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(**filters).order_by("pk"))
