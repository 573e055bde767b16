"""Sessions: added, alone or in a series; moved; cancelled, and everyone concerned is told."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities import notices, wording
from journeys.activities.actions.enrolling import count, give_next
from journeys.activities.enums import StaffPart
from journeys.activities.models import Activity, Series, Session, SessionStaff
from journeys.activities.recurrence import Rule
from journeys.pathway.actions.acting import Stale
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.places.models import Place


@dataclass(frozen=True)
class Details:
    """What a session says besides its day. Hours are local (Europe/Paris)."""

    starts_at: datetime.time
    ends_at: datetime.time
    places: int
    place: Place | None = None
    remote_link: str = ""
    said: str = ""

    def __post_init__(self):
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("La fin vient avant le début.")})

    def on(self, day: datetime.date) -> dict:
        """The columns of a session held that day; the hour stays when clocks change."""
        return {
            "starts_at": _moment(day, self.starts_at),
            "ends_at": _moment(day, self.ends_at),
            "place": self.place,
            "places": self.places,
            "remote_link": self.remote_link,
            "said": self.said,
        }


def _moment(day: datetime.date, at: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, at))


# -- Adding ----------------------------------------------------------------------------------------


@transaction.atomic
def add_session(*, activity: Activity, by: User, on: datetime.date, details: Details) -> Session:
    """One session; whoever animates the one before is proposed by the page, not here."""
    _refuse_past(on)
    _refuse_closed(activity)
    session = Session(activity=activity, territory_id=activity.territory_id, **details.on(on))
    session.save(force_insert=True)
    _journal(session, by)
    return session


@transaction.atomic
def add_series(
    *,
    activity: Activity,
    by: User,
    rule: Rule,
    starts_on: datetime.date,
    until_on: datetime.date,
    details: Details,
    days: list[datetime.date],
) -> list[Session]:
    """The sessions of a rule, some days left out.

    Parameters: `days`, those kept among the days of the rule. Raises ValidationError for none, for
    a series longer than a year or than sixty sessions, or that begins in the past.
    """
    _refuse_past(starts_on, "starts_on")
    _refuse_closed(activity)
    kept = [day for day in rule.days(starts_on, until_on) if day in days]
    if not kept:
        raise ValidationError({"days": _("Gardez au moins une date.")})
    begins = datetime.datetime.combine(starts_on, details.starts_at)
    ends = datetime.datetime.combine(starts_on, details.ends_at)
    series = Series.objects.create(
        activity=activity,
        rule=rule.text(),
        starts_on=starts_on,
        until_on=until_on,
        starts_at=details.starts_at,
        minutes=(ends - begins).total_seconds() // 60,
        created_by=by,
    )
    of = {"activity": activity, "territory_id": activity.territory_id, "series": series}
    rows = [Session(**of, occurrence_on=day, **details.on(day)) for day in kept]
    sessions = Session.objects.bulk_create(rows)
    _journal(sessions[0], by)
    return sessions


def _refuse_past(on: datetime.date, field: str = "on") -> None:
    if on < timezone.localdate():
        raise ValidationError(
            {field: _("Ce jour est passé : choisissez aujourd’hui ou plus tard.")}
        )


def _refuse_closed(activity: Activity) -> None:
    if activity.closed_on:
        raise ValidationError(_("Cette activité est arrêtée : reprenez-la d’abord."))


def _journal(session: Session, by: User) -> None:
    record(Act.SESSIONS_CHANGED, by=by, territory_id=session.territory_id, about=session)


# -- Changing --------------------------------------------------------------------------------------


@transaction.atomic
def change_session(
    *,
    session: Session,
    by: User,
    seen: int | None,
    on: datetime.date,
    details: Details,
    following: bool = False,
) -> int:
    """Correct or move a session and, with `following`, those after it in its series (their days
    stay). Nobody loses a place when places are fewer; whoever waits has those that are more.

    Returns how many people are written to. Raises Stale, or ValidationError for a session cancelled
    or over.
    """
    first = _begin(session, seen)
    told = _apply(first, on, details)
    if following and first.series_id:
        for later in _later(first):
            told += _apply(later, timezone.localdate(later.starts_at), details)
    _journal(first, by)
    return told


def _begin(session: Session, seen: int | None) -> Session:
    found = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if seen is not None and seen != found.version:
        raise Stale([], found.version)
    if found.cancelled_at:
        raise ValidationError(_("Cette séance est annulée : rétablissez-la d’abord."))
    if found.ends_at < timezone.now():
        raise ValidationError(_("Cette séance est passée : elle ne change plus."))
    return found


def _later(session: Session) -> QuerySet[Session]:
    """Those of the series that come after it and are to be held."""
    rows = Session.objects.held().filter(
        series=session.series_id, starts_at__gt=max(session.starts_at, timezone.now())
    )
    return rows.exclude(pk=session.pk).order_by("pk").select_for_update(of=("self",))


def _apply(session: Session, on: datetime.date, details: Details) -> int:
    columns = details.on(on)
    before = session.starts_at
    is_moved = (before, session.ends_at) != (columns["starts_at"], columns["ends_at"])
    is_elsewhere = session.place_id != (details.place.pk if details.place else None)
    if is_moved and columns["starts_at"] < timezone.now():
        raise ValidationError({"on": _("Ce moment est passé : choisissez-en un autre.")})
    for name, value in columns.items():
        setattr(session, name, value)
    session.version += 1
    session.save(update_fields=[*columns, "version"])
    _fill(session)
    if not is_moved and not is_elsewhere:
        return 0
    cause = wording.MOVED if is_moved else wording.ELSEWHERE
    rows = notices.reached_by([session])
    for row in rows:
        notices.tell(row, cause, at=before, new=session.starts_at if is_moved else None)
    return len(rows)


def _fill(session: Session) -> None:
    """Places that are more go to those who wait, in order."""
    while given := give_next(session):
        notices.tell_place(given)
    count(session)


# -- Cancelling ------------------------------------------------------------------------------------


def with_later(session: Session, following: bool) -> list[Session]:
    later = Session.objects.held().filter(series=session.series_id, starts_at__gt=session.starts_at)
    return [session, *(later if following and session.series_id else ())]


@transaction.atomic
def cancel_session(
    *, session: Session, by: User, seen: int | None, reason: str, following: bool = False
) -> int:
    """Cancel it and, with `following`, those after it in its series; who is in stays in, so that
    all can be put back. Returns how many people are written to."""
    first = _begin(session, seen)
    told = _cancel(first, reason)
    if following and first.series_id:
        told += sum(_cancel(later, reason) for later in _later(first))
    _journal(first, by)
    return told


def _cancel(session: Session, reason: str) -> int:
    session.cancelled_at, session.cancel_reason = timezone.now(), reason
    session.version += 1
    session.save(update_fields=["cancelled_at", "cancel_reason", "version"])
    return _tell_all(session, wording.CANCELLED)


def _tell_all(session: Session, cause: str) -> int:
    rows = notices.reached_by([session])
    for row in rows:
        notices.tell(row, cause, at=session.starts_at)
    return len(rows)


@transaction.atomic
def restore_session(*, session: Session, by: User) -> int:
    """Take a cancellation back; those who were told are told again. Returns how many."""
    found = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not found.cancelled_at:
        return 0
    if found.starts_at < timezone.now():
        raise ValidationError(_("Cette séance est passée : elle ne change plus."))
    found.cancelled_at, found.cancel_reason = None, ""
    found.version += 1
    found.save(update_fields=["cancelled_at", "cancel_reason", "version"])
    _fill(found)
    _journal(found, by)
    return _tell_all(found, wording.HELD)


# -- Who animates ----------------------------------------------------------------------------------


@transaction.atomic
def set_staff(
    *, session: Session, by: User, user: User, part: StaffPart, following: bool = False
) -> SessionStaff:
    """Somebody animates or gives a hand, in this session or in those after it too."""
    sessions = with_later(session, following)
    rows = [SessionStaff(session=one, user=user, part=part) for one in sessions]
    SessionStaff.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["session", "user"],
        update_fields=["part"],
    )
    _journal(session, by)
    return SessionStaff.objects.get(session=session, user=user)


@transaction.atomic
def remove_staff(*, staff: SessionStaff, by: User) -> None:
    staff.delete()
    _journal(staff.session, by)
