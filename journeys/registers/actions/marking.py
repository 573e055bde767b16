"""Noting who is there: one row, everybody, a correction, and the way back (rule 15)."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.actions.enrolling import count, locked
from journeys.activities.attending import noted
from journeys.activities.enums import Attendance, EnrolmentStatus
from journeys.activities.models import Enrolment, Session
from journeys.pathway.models import Journey
from journeys.registers.actions.stating import follow
from journeys.registers.enums import MarkKind
from journeys.registers.hours import DAY, planned
from journeys.registers.models import AttendanceMark
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


@dataclass(frozen=True)
class Gesture:
    """What somebody tapped: an attendance, perhaps with minutes; by whom, when, under which id."""

    by: User
    attendance: str = Attendance.PRESENT
    minutes: int | None = None
    at: datetime.datetime = field(default_factory=timezone.now)
    uuid: UUID = field(default_factory=uuid4)
    batch: UUID = field(default_factory=uuid4)
    kind: str = MarkKind.NOTED


def open_register(session: Session) -> Session:
    """The session, locked, if its register may be written today.

    Files first, then the session: an act on a file locks it before it enrols.
    """
    people = Journey.everyone.filter(participant__enrolments__session=session)
    list(people.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    session = locked(session)
    if session.cancelled_at:
        raise ValidationError(_("Cette séance est annulée : son registre est fermé."))
    if timezone.localdate(session.starts_at) > timezone.localdate():
        raise ValidationError(_("Le registre s’ouvre le jour de la séance."))
    return session


@transaction.atomic
def mark(*, session: Session, number: int, gesture: Gesture) -> AttendanceMark:
    """Note one row. Raises ValidationError for a number that is not in the register."""
    session = open_register(session)
    return write(session, row_of(session, number), gesture)


@transaction.atomic
def mark_everybody(*, session: Session, by: User) -> UUID | None:
    """« Tout le monde est là »: whoever is not noted yet. Returns the batch, to take it back."""
    session, batch = open_register(session), uuid4()
    rows = session.enrolments.enrolled().filter(attendance=Attendance.REGISTERED)
    found = list(rows.order_by("number").select_for_update(of=("self",)))
    for enrolment in found:
        write(session, enrolment, Gesture(by=by, batch=batch))
    return batch if found else None


@transaction.atomic
def take_back_marks(*, session: Session, by: User, batch: UUID) -> int:
    """Put back what one's own press changed, where nobody noted anything since."""
    session, taken = open_register(session), 0
    marks = AttendanceMark.objects.filter(
        batch=batch, by=by, enrolment__session=session, kind__in=[MarkKind.NOTED, MarkKind.ADDED]
    )
    for done in marks.select_related("enrolment").order_by("pk"):
        enrolment = row_of(session, done.enrolment.number)
        if enrolment.recorded_by_id == by.pk and enrolment.recorded_at == done.at:
            _put_back(session, enrolment, done, by)
            taken += 1
    count(session)
    return taken


def _put_back(session: Session, enrolment: Enrolment, done: AttendanceMark, by: User) -> None:
    added = done.kind == MarkKind.ADDED
    kind = MarkKind.REMOVED if added else MarkKind.NOTED
    gesture = Gesture(by=by, attendance=done.was_attendance, minutes=done.was_minutes, kind=kind)
    write(session, enrolment, gesture)
    if added or done.was_waiting:
        enrolment.status = EnrolmentStatus.CANCELLED if added else EnrolmentStatus.WAITING
        enrolment.save(update_fields=["status"])


def row_of(session: Session, number: int) -> Enrolment:
    """The row with that number, locked. Raises ValidationError when there is none."""
    rows = session.enrolments.standing().select_for_update(of=("self",))
    found = rows.filter(number=number).first()
    if found is None:
        raise ValidationError(_("Ce numéro n’est plus dans le registre."))
    found.session = session
    return found


def write(session: Session, enrolment: Enrolment, gesture: Gesture) -> AttendanceMark:
    """The row, the gesture, and whatever follows from them; in the caller's transaction."""
    present = gesture.attendance == Attendance.PRESENT
    minutes = (gesture.minutes or planned(session)) if present else None
    if minutes and minutes > DAY:
        raise ValidationError({"minutes": _("Notez 24 heures au plus.")})
    waits = enrolment.status == EnrolmentStatus.WAITING
    done = AttendanceMark(
        territory_id=enrolment.territory_id,
        enrolment=enrolment,
        uuid=gesture.uuid,
        batch=gesture.batch,
        kind=gesture.kind,
        was_attendance=enrolment.attendance,
        was_minutes=enrolment.minutes,
        was_waiting=waits,
        attendance=gesture.attendance,
        minutes=minutes,
        by=gesture.by,
        at=min(gesture.at, timezone.now()),
    )
    done.save(force_insert=True)
    enrolment.attendance, enrolment.minutes = gesture.attendance, minutes
    enrolment.recorded_by, enrolment.recorded_at = gesture.by, done.at
    if waits and present:  # who waited and came is in the room
        enrolment.status = EnrolmentStatus.ENROLLED
    enrolment.save(update_fields=["attendance", "minutes", "recorded_by", "recorded_at", "status"])
    if waits and present:
        count(session)
    tell_of(enrolment, gesture.by, Act.ATTENDANCE_NOTED)
    return done


def tell_of(enrolment: Enrolment, by: User, act: Act, *, then: Callable = follow) -> None:
    """What follows a change of a row: later chapters, statements, the journal of a file."""
    noted(enrolment)
    then(enrolment=enrolment, by=by)
    if enrolment.participant_id:
        record(
            act,
            by=by,
            territory_id=enrolment.territory_id,
            participant_id=enrolment.participant_id,
            about=enrolment,
        )
