"""Registers for tests: a session of today with people of every kind in it."""

import datetime

from django.urls import reverse
from django.utils import timezone

from journeys.activities.models import Enrolment, Session
from journeys.pathway.models import Journey
from tests.journeys.activities import SessionFactory, enrolled, moment
from tests.journeys.factories import JourneyFactory

NAMES = "Kiwi Zaza Nour Mimi Tonio Lilou Sam Bibou Fatou Jojo Nina Léo".split()


def session_of_today(territory, **fields) -> Session:
    """From 8 h to 10 h this morning; it takes presences all day."""
    start = moment(0, 8)
    return SessionFactory(
        territory=territory, starts_at=start, ends_at=start + datetime.timedelta(hours=2), **fields
    )


def twelve(territory) -> tuple[Session, list[Journey]]:
    """Twelve in a session: four anonymous, four under contract, four from outside, mixed."""
    session, journeys = session_of_today(territory), []
    for place, name in enumerate(NAMES):
        if place % 3 == 2:
            put(session, name)
            continue
        journey = JourneyFactory(
            territory=territory,
            participant__nickname=name,
            participant__organisation=session.activity.organisation,
            contracted=place % 3 == 1,
        )
        journeys.append(journey)
        put(session, journey.participant)
    return session, journeys


def put(session: Session, who) -> Enrolment:
    """Enrolled before the session, whatever the hour of the test."""
    return (
        enrolled(session, who, source="team")
        if session.ends_at > timezone.now()
        else _late(session, who)
    )


def _late(session: Session, who) -> Enrolment:
    row = enrolled(session, who)
    Enrolment.objects.filter(pk=row.pk).update(source="team")
    return row


def address(name: str, session: Session, *args) -> str:
    return reverse(name, args=[session.pk, *args])
