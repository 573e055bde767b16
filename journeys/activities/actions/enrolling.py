"""Enrolling, withdrawing: the last place is given once, then first come, first served (rule 15)."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.enums import EnrolmentStatus, Part, Source
from journeys.activities.models import Enrolment, Session
from journeys.activities.notices import tell_place
from journeys.participants.models import Participant
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


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
    Raises ValidationError for a session cancelled, over or of another territory, and for somebody
    without a nickname.
    """
    session = locked(session)
    if found := _already(session, participant, client_uuid):
        return found
    _check_open(session, source)
    if participant and participant.territory_id != session.territory_id:
        raise ValidationError(_("Cette séance est ailleurs. Choisissez-en une ici."))
    full = part == Part.TAKES_PART and _taken(session) >= session.places
    session.last_number += 1
    enrolment = Enrolment(
        territory_id=session.territory_id,
        session=session,
        participant=participant,
        nickname=participant.nickname if participant else " ".join(nickname.split()),
        number=session.last_number,
        part=part,
        source=source,
        status=EnrolmentStatus.WAITING if full else EnrolmentStatus.ENROLLED,
        client_uuid=client_uuid or uuid.uuid4(),
    )
    enrolment.full_clean(exclude=["territory", "session", "participant", "recorded_by"])
    enrolment.save(force_insert=True)
    count(session)
    _journal(Act.ENROLLED, enrolment, by)
    return enrolment


def _already(session, participant, client_uuid) -> Enrolment | None:
    if client_uuid and (found := session.enrolments.filter(client_uuid=client_uuid).first()):
        return found
    if participant is None:
        return None
    return session.enrolments.standing().filter(participant=participant).first()


def _taken(session: Session) -> int:
    return session.enrolments.enrolled().filter(part=Part.TAKES_PART).count()


def _check_open(session: Session, source: Source) -> None:
    if session.cancelled_at:
        raise ValidationError(_("Cette séance est annulée. Choisissez-en une autre."))
    walked_in = source in (Source.WALK_IN, Source.CARD)
    if session.ends_at < timezone.now() and not walked_in:
        raise ValidationError(_("Cette séance est passée. Choisissez-en une autre."))


def _journal(act: Act, enrolment: Enrolment, by: User | None) -> None:
    """Only what is about somebody's file; a nickname alone has none."""
    if enrolment.participant_id:
        record(
            act,
            by=by,
            territory_id=enrolment.territory_id,
            participant_id=enrolment.participant_id,
            about=enrolment,
        )


@transaction.atomic
def withdraw(*, enrolment: Enrolment, by: User | None) -> Enrolment | None:
    """Give the place back; the first who waits has it and is told. Returns who, if anybody."""
    session = locked(enrolment.session)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if enrolment.status == EnrolmentStatus.CANCELLED:
        return None
    if session.ends_at < timezone.now():
        raise ValidationError(_("Cette séance est passée. Notez plutôt qui était là."))
    enrolment.status = EnrolmentStatus.CANCELLED
    enrolment.save(update_fields=["status"])
    following = give_next(session)
    count(session)
    tell_place(following)
    _journal(Act.WITHDRAWN, enrolment, by)
    return following


@transaction.atomic
def restore(*, enrolment: Enrolment, by: User | None) -> Enrolment:
    """Take a withdrawal back: the same place if nobody has it, else first in the waiting list.

    Raises ValidationError when the session was cancelled or is over meanwhile.
    """
    session = locked(enrolment.session)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if enrolment.status != EnrolmentStatus.CANCELLED:
        return enrolment
    if found := _already(session, enrolment.participant, None):
        return found
    _check_open(session, Source.TEAM)
    full = enrolment.part == Part.TAKES_PART and _taken(session) >= session.places
    enrolment.status = EnrolmentStatus.WAITING if full else EnrolmentStatus.ENROLLED
    enrolment.save(update_fields=["status"])
    count(session)
    _journal(Act.ENROLLED, enrolment, by)
    return enrolment


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
        following.session = session
    return following
