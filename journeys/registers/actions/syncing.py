"""What a phone tapped without network, once it is back: each gesture once, in the order of taps.

A row that somebody else changed in between is not written over: the answer shows both, and whoever
holds the phone chooses. Between two gestures of the same person the last tap wins.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from journeys.activities.enums import Attendance
from journeys.activities.models import Enrolment, Session
from journeys.registers.actions.marking import (
    Gesture,
    open_register,
    row_of,
    take_back_marks,
    write,
)
from journeys.registers.actions.walking_in import Full, UnknownCard, walk_in
from journeys.registers.models import AttendanceMark
from rtr.lib.refusals import words_of
from territories.accounts.models import User

MOST = 200
KINDS = ("mark", "walk_in", "remove")


@dataclass(frozen=True)
class Sent:
    """A gesture as a phone sends it. Raises ValueError on anything else."""

    uuid: UUID
    kind: str
    at: datetime.datetime
    number: int | None
    attendance: str
    minutes: int | None
    seen: str
    who: str
    beyond: bool

    @classmethod
    def read(cls, raw: dict) -> "Sent":
        at = parse_datetime(str(raw.get("at", "")))
        kind, attendance = raw.get("kind"), raw.get("a", Attendance.PRESENT)
        if at is None or timezone.is_naive(at):
            raise ValueError("at")
        if kind not in KINDS or attendance not in Attendance:
            raise ValueError("kind")
        return cls(
            uuid=UUID(str(raw.get("id"))),
            kind=kind,
            at=min(at, timezone.now()),
            number=_integer(raw.get("n")),
            attendance=attendance,
            minutes=_integer(raw.get("m")),
            seen=str(raw.get("seen") or ""),
            who=str(raw.get("who") or "")[:80],
            beyond=raw.get("beyond") is True,
        )

    def gesture(self, by: User) -> Gesture:
        return Gesture(
            by=by,
            attendance=self.attendance,
            minutes=self.minutes,
            at=self.at,
            uuid=self.uuid,
            batch=self.uuid,
        )


def _integer(value) -> int | None:
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, int) or not 0 <= value < 32768:
        raise ValueError("integer")
    return value


def token(enrolment: Enrolment) -> str:
    """What a phone last saw of a row: it changes with each gesture, and says nothing else."""
    return enrolment.recorded_at.isoformat() if enrolment.recorded_at else ""


def synchronise(*, session: Session, by: User, gestures: list[Sent]) -> list[dict]:
    """One answer per gesture, each in its own transaction: one that fails stops no other."""
    return [
        {"id": str(sent.uuid)} | _answer(session, by, sent)
        for sent in sorted(gestures, key=lambda each: each.at)
    ]


def _answer(session: Session, by: User, sent: Sent) -> dict:
    try:
        with transaction.atomic():
            return _done(session, by, sent)
    except Full as error:
        return {"result": "full", "said": " ".join(error.messages)}
    except UnknownCard as error:
        return {"result": "unknown", "said": " ".join(error.messages)}
    except ValidationError as error:
        return {"result": "refused", "said": " ".join(error.messages)}
    except IntegrityError as error:
        return {"result": "refused", "said": words_of(error)}


def _done(session: Session, by: User, sent: Sent) -> dict:
    if sent.kind == "walk_in":
        found = walk_in(session=session, gesture=sent.gesture(by), who=sent.who, beyond=sent.beyond)
        return {"result": "done", "n": found.enrolment.number}
    if sent.kind == "remove":
        take_back_marks(session=session, by=by, batch=sent.uuid)
        return {"result": "done"}
    return _marked(session, by, sent)


def _marked(session: Session, by: User, sent: Sent) -> dict:
    session = open_register(session)
    enrolment = row_of(session, sent.number or 0)
    if AttendanceMark.objects.filter(enrolment=enrolment, uuid=sent.uuid).exists():
        return {"result": "done"}
    if _is_so_already(enrolment, sent):
        return {"result": "done"}
    if token(enrolment) != sent.seen:
        if enrolment.recorded_by_id != by.pk:
            return {"result": "conflict", "theirs": _theirs(enrolment)}
        if enrolment.recorded_at and sent.at <= enrolment.recorded_at:
            return {"result": "done"}  # one's own later tap came first
    write(session, enrolment, sent.gesture(by))
    return {"result": "done"}


def _is_so_already(enrolment: Enrolment, sent: Sent) -> bool:
    same_minutes = sent.minutes in (None, enrolment.minutes)
    return enrolment.attendance == sent.attendance and same_minutes


def _theirs(enrolment: Enrolment) -> dict:
    """What somebody else noted meanwhile, and who they are: a colleague."""
    by = enrolment.recorded_by
    return {
        "a": enrolment.attendance,
        "m": enrolment.minutes,
        "s": token(enrolment),
        "by": by.first_name if by else _("Une autre personne"),
    }
