"""A presence noted under a nickname, taken up later by the file of the person it was."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, F, Func, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.enums import Attendance
from journeys.activities.models import Enrolment
from journeys.pathway.actions.acting import begin
from journeys.pathway.models import Journey
from journeys.registers.actions.marking import tell_of
from journeys.registers.actions.stating import follow
from journeys.registers.enums import MarkKind
from journeys.registers.models import AttendanceMark
from rtr.lib.words import plain
from territories.accounts.models import User
from territories.journal.enums import Act

RECENT = datetime.timedelta(days=183)  # the longest butinage, and what is left of a week
MOST = 60
CHAR = CharField()


def unlinked(journey: Journey, *, on: datetime.date | None = None) -> list[Enrolment]:
    """Rows that are nobody's yet, in the person's territory: under their nickname lately, or of
    that day. Where the person has a row already, none is offered."""
    mine = Enrolment.objects.standing().filter(participant=journey.participant_id)
    rows = (
        Enrolment.objects.standing()
        .filter(territory_id=journey.territory_id, participant__isnull=True)
        .filter(session__territory_id=journey.territory_id)
        .exclude(session__in=mine.values("session"))
        .select_related("session__activity")
        .order_by("-session__starts_at", "number")
    )
    if on:
        return list(rows.filter(session__starts_at__date=on)[:MOST])
    return _called(rows, journey.participant.nickname)


def _called(rows: QuerySet, nickname: str) -> list[Enrolment]:
    """Accents and case apart."""
    now = timezone.now()
    lately = rows.filter(session__starts_at__range=(now - RECENT, now))
    called = lately.annotate(called=Func(F("nickname"), function="rtr_plain", output_field=CHAR))
    return list(called.filter(called=plain(nickname))[:MOST])


@transaction.atomic
def link(*, journey: Journey, by: User, seen: int | None, rows: list[int]) -> list[Enrolment]:
    """These presences become the person's. Raises ValidationError for a row that is somebody's
    already, and for a session where the person has one."""
    journey = begin(journey, seen=seen)
    found = list(_locked(journey, rows).filter(participant__isnull=True))
    if not rows or len(found) != len(set(rows)):
        raise ValidationError(
            {"rows": _("Une de ces présences vient d’être reprise : choisissez de nouveau.")}
        )
    sessions = [row.session_id for row in found]
    mine = Enrolment.objects.standing().filter(participant=journey.participant_id)
    if len(sessions) != len(set(sessions)) or mine.filter(session__in=sessions).exists():
        raise ValidationError({"rows": _("La personne n’est qu’une fois dans une même séance.")})
    for row in found:
        row.participant = journey.participant
        row.save(update_fields=["participant"])
        _note(row, by, MarkKind.LINKED)
        tell_of(row, by, Act.ATTENDANCE_LINKED)
    return found


@transaction.atomic
def unlink(*, journey: Journey, by: User, rows: list[int]) -> int:
    """Take back what was linked: the rows stay in their registers, under their nickname."""
    journey = begin(journey, seen=None)
    found = _locked(journey, rows).filter(participant=journey.participant_id)
    undone = 0
    for row in found:
        last = row.marks.filter(kind__in=[MarkKind.LINKED, MarkKind.UNLINKED]).last()
        if last is None or last.kind != MarkKind.LINKED:
            continue  # enrolled as the person from the first: nothing to take back
        tell_of(row, by, Act.ATTENDANCE_UNLINKED, then=_nothing)
        row.participant = None
        row.save(update_fields=["participant"])
        _note(row, by, MarkKind.UNLINKED)
        follow(enrolment=row, by=by, participant_id=journey.participant_id)
        undone += 1
    return undone


def _nothing(**_unused) -> None:
    """The statement is followed once the row is nobody's."""


def _locked(journey: Journey, rows: list[int]) -> QuerySet:
    return (
        Enrolment.objects.standing()
        .select_for_update(of=("self",))
        .select_related("session")
        .filter(pk__in=rows, territory_id=journey.territory_id)
        .order_by("pk")
    )


def _note(row: Enrolment, by: User, kind: str) -> None:
    AttendanceMark.objects.create(
        territory_id=row.territory_id,
        enrolment=row,
        kind=kind,
        was_attendance=row.attendance,
        was_minutes=row.minutes,
        attendance=row.attendance or Attendance.REGISTERED,
        minutes=row.minutes,
        by=by,
    )
