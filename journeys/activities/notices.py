"""Telling those who are in a session, or wait for it, what becomes of it.

Only people of the programme left an address; whoever gave a nickname alone is told face to face.
"""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from journeys.activities import wording
from journeys.activities.models import Enrolment, Session
from journeys.messages.actions import send_later
from journeys.messages.enums import Channel, Language
from journeys.participants.models import Participant
from journeys.pathway.after import language_of, phone_of
from journeys.pathway.lists import DEATH
from rtr.lib import french


def address_of(participant: Participant) -> tuple[Channel, str] | None:
    """Where the person said they may be reached: their phone first, or the contact they left."""
    if number := phone_of(participant):
        return Channel.SMS, number
    if "@" in participant.contact:
        return Channel.MAIL, participant.contact
    return None


def reached_by(sessions: Iterable[Session]) -> list[Enrolment]:
    """The rows of those who would be written to, were these sessions to change."""
    rows = Enrolment.objects.filter(session__in=[session.pk for session in sessions])
    rows = rows.standing().exclude(participant=None)
    rows = rows.exclude(participant__journey__absences__exit_kind=DEATH)
    rows = rows.select_related("participant__journey", "territory__programme", "session")
    return [row for row in rows.order_by("pk") if address_of(row.participant)]


def tell(
    enrolment: Enrolment,
    cause: str,
    *,
    at: datetime.datetime,
    new: datetime.datetime | None = None,
) -> None:
    """Write to one of them. `at`: when the meeting was to be; `new`: when it is to be now."""
    participant = enrolment.participant
    found = address_of(participant) if participant else None
    if not found:
        return
    channel, to = found
    language = language_of(participant)
    places = dict(zip(("day", "hour"), _said(at, language), strict=True))
    if new:
        places |= dict(zip(("new_day", "new_hour"), _said(new, language), strict=True))
    send_later(
        territory=enrolment.territory,
        cause=cause,
        channel=channel,
        to=to,
        places=places,
        participant=participant,
        language=language,
        useless_after=max(at, new) if new else at,
    )


def tell_place(enrolment: Enrolment | None) -> None:
    """Somebody who waited has a place."""
    if enrolment and enrolment.session.starts_at > timezone.now():
        tell(enrolment, wording.PLACE, at=enrolment.session.starts_at)


def _said(at: datetime.datetime, language: str) -> tuple[str, str]:
    """« 24/11 » and « 14 h 30 », or « 14:30 » where hours are written so."""
    local = timezone.localtime(at)
    is_french = language in (Language.FRENCH, Language.EASY_FRENCH)
    hour = french.hour(local).replace(french.NBSP, " ") if is_french else f"{local:%H:%M}"
    return f"{local:%d/%m}", hour
