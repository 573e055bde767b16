"""Enrolling, attending: the last place is given once (rule 15)."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.enums import EnrolmentStatus, Part, Source
from journeys.activities.models import Enrolment, Session
from journeys.participants.models import Participant
from territories.accounts.models import User


def locked(session: Session) -> Session:
    """The session's row, locked: places and numbers are counted under this lock."""
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("activity")
        .get(pk=session.pk)
    )


@transaction.atomic
def enrol(
    *,
    session: Session,
    by: User | None,
    participant: Participant | None = None,
    nickname: str = "",
    part: Part = Part.TAKES_PART,
    source: Source = Source.TEAM,
    client_uuid: uuid.UUID | None = None,
) -> Enrolment:
    """Give a place, or the next one in the waiting list.

    Asked twice, it answers the same row: a double tap, a page sent again, a phone that syncs twice.
    Raises ValidationError for a session cancelled or over, and for somebody without a nickname.
    """
    session = locked(session)
    if found := _already(session, participant, client_uuid):
        return found
    _check_open(session, source)
    full = part == Part.TAKES_PART and _taken(session) >= session.places
    session.last_number += 1
    enrolment = Enrolment(
        territory_id=participant.territory_id if participant else session.territory_id,
        session=session,
        participant=participant,
        nickname=participant.nickname if participant else " ".join(nickname.split()),
        number=session.last_number,
        part=part,
        source=source,
        status=EnrolmentStatus.WAITING if full else EnrolmentStatus.ENROLLED,
        client_uuid=client_uuid or uuid.uuid4(),
    )
    enrolment.full_clean(exclude=["territory", "session", "participant"])
    enrolment.save(force_insert=True)
    count(session)
    return enrolment


def _already(session, participant, client_uuid) -> Enrolment | None:
    rows = session.enrolments.exclude(status=EnrolmentStatus.CANCELLED)
    if client_uuid and (found := session.enrolments.filter(client_uuid=client_uuid).first()):
        return found
    return rows.filter(participant=participant).first() if participant else None


def _taken(session: Session) -> int:
    return session.enrolments.enrolled().filter(part=Part.TAKES_PART).count()


def _check_open(session: Session, source: Source) -> None:
    if session.cancelled_at:
        raise ValidationError(_("Cette séance est annulée : choisissez-en une autre."))
    walked_in = source in (Source.WALK_IN, Source.CARD)
    if session.ends_at < timezone.now() and not walked_in:
        raise ValidationError(_("Cette séance est passée : choisissez-en une autre."))


@transaction.atomic
def withdraw(*, enrolment: Enrolment, by: User | None) -> Enrolment | None:
    """Give the place back; the first who waits has it. Returns who got it, if anybody."""
    session = locked(enrolment.session)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if enrolment.status == EnrolmentStatus.CANCELLED:
        return None
    enrolment.status = EnrolmentStatus.CANCELLED
    enrolment.save(update_fields=["status"])
    following = give_next(session)
    count(session)
    return following


def count(session: Session) -> None:
    """Write the counters that calendars and public pages read; called under the session's lock."""
    session.taken = _taken(session)
    session.waiting = session.enrolments.waiting().count()
    session.save(update_fields=["last_number", "taken", "waiting"])


def give_next(session: Session) -> Enrolment | None:
    """First come, first served; called under the session's lock."""
    if session.cancelled_at or _taken(session) >= session.places:
        return None
    following = session.enrolments.waiting().order_by("asked_at", "number").first()
    if following:
        following.status = EnrolmentStatus.ENROLLED
        following.save(update_fields=["status"])
    return following
