"""What a calendar shows: the sessions of some days, and those that cannot both be as they are."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities import saying
from journeys.activities.enums import StaffPart
from journeys.activities.models import Session, SessionStaff
from rtr.lib import french

DAY, WEEK, LIST = "jour", "semaine", "liste"
LIST_DAYS = 28
MOST = 300  # sessions drawn in one page; beyond, the page asks to narrow


@dataclass(frozen=True)
class Span:
    """Some days, from `first` to `last` included, and how to turn the page."""

    view: str
    on: datetime.date

    @property
    def first(self) -> datetime.date:
        if self.view == WEEK:
            return self.on - datetime.timedelta(days=self.on.weekday())
        return self.on

    @property
    def length(self) -> int:
        return {DAY: 1, WEEK: 7, LIST: LIST_DAYS}[self.view]

    @property
    def last(self) -> datetime.date:
        return self.first + datetime.timedelta(days=self.length - 1)

    def turned(self, pages: int) -> datetime.date:
        return self.first + datetime.timedelta(days=self.length * pages)

    @property
    def bounds(self) -> tuple[datetime.datetime, datetime.datetime]:
        start = datetime.datetime.combine(self.first, datetime.time())
        end = datetime.datetime.combine(self.turned(1), datetime.time())
        return timezone.make_aware(start), timezone.make_aware(end)

    def said(self) -> str:
        """« Jeudi 26 novembre 2026 », « Du 23 au 29 novembre 2026 »."""
        if self.view == DAY:
            return french.capitalised(french.day_in_full(self.on))
        first = french.day_in_full(self.first, weekday=False, year=False)
        if self.first.month == self.last.month:
            first = first.split(french.NBSP)[0]
        last = french.day_in_full(self.last, weekday=False)
        return _("Du %(first)s au %(last)s") % {"first": first, "last": last}


@dataclass
class Day:
    on: datetime.date
    sessions: list[SimpleNamespace] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.on == timezone.localdate()

    @property
    def weekday(self) -> str:
        return french.day(self.on).split(french.NBSP)[0]

    @property
    def month(self) -> str:
        return french.month_short(self.on)


def within(sessions: QuerySet[Session], span: Span) -> QuerySet[Session]:
    start, end = span.bounds
    return sessions.filter(starts_at__gte=start, starts_at__lt=end)


def dressed(sessions: QuerySet[Session], *, most: int) -> list[SimpleNamespace]:
    """Each with what a line of a calendar says; in four queries, however many there are."""
    staff = SessionStaff.objects.select_related("user").order_by("part", "pk")
    rows = sessions.select_related("activity__organisation", "place", "territory")
    rows = list(rows.prefetch_related(Prefetch("staff", queryset=staff))[:most])
    clashes = clashes_of(rows)
    return [line(row, clashes.get(row.pk, [])) for row in rows]


def line(session: Session, clashes: Iterable[str] = ()) -> SimpleNamespace:
    return SimpleNamespace(
        it=session,
        hours=saying.hours(session),
        start=french.hour(timezone.localtime(session.starts_at)),
        places=saying.places(session),
        short=saying.short(session),
        is_full=not session.cancelled_at and not saying.left(session),
        who=french.listed([one.user.first_name for one in session.staff.all()]),
        clashes=list(clashes),
    )


def by_day(span: Span, lines: list[SimpleNamespace]) -> list[Day]:
    """Every day of a week, even empty; of a list, those that hold something."""
    days = (span.first + datetime.timedelta(days=n) for n in range(span.length))
    found = {on: Day(on) for on in days}
    for one in lines:
        found[timezone.localdate(one.it.starts_at)].sessions.append(one)
    kept = found.values()
    return [day for day in kept if span.view != LIST or day.sessions]


# -- What cannot both be ---------------------------------------------------------------------------


def clashes_of(sessions: list[Session]) -> dict[int, list[str]]:
    """Session → in words, which others are in the same place, or have the same animator, at the
    same time; whatever the filters of the page. Two queries."""
    held = [session for session in sessions if not session.cancelled_at]
    if not held:
        return {}
    first, last = min(s.starts_at for s in held), max(s.ends_at for s in held)
    around = Session.objects.held().filter(
        territory__in={s.territory_id for s in held}, starts_at__lt=last, ends_at__gt=first
    )
    known = {row.pk: row for row in around.select_related("activity").order_by("starts_at", "pk")}
    said: dict[int, list[str]] = {}
    places = ((row.place_id, row) for row in known.values() if row.place_id)
    for there in _grouped(places).values():
        for one, other in _overlapping(there):
            said.setdefault(one.pk, []).append(_same_place(other))
            said.setdefault(other.pk, []).append(_same_place(one))
    staff = SessionStaff.objects.filter(session__in=around, part=StaffPart.ANIMATOR)
    staff = staff.select_related("user").order_by("session__starts_at", "session")
    names = {each.user_id: each.user.first_name for each in staff}
    rows = [(each.user_id, known[each.session_id]) for each in staff]
    for user, theirs in _grouped(rows).items():
        for one, other in _overlapping(theirs):
            said.setdefault(one.pk, []).append(_same_person(names[user], other))
            said.setdefault(other.pk, []).append(_same_person(names[user], one))
    return said


def _grouped(pairs: Iterable[tuple[int, Session]]) -> dict[int, list[Session]]:
    found: dict[int, list[Session]] = {}
    for key, session in pairs:
        found.setdefault(key, []).append(session)
    return found


def _overlapping(sessions: list[Session]):
    """Pairs that share a moment; the sessions come in the order in which they begin."""
    open_ones: list[Session] = []
    for session in sessions:
        open_ones = [one for one in open_ones if one.ends_at > session.starts_at]
        yield from ((one, session) for one in open_ones)
        open_ones.append(session)


def _same_place(other: Session) -> str:
    return _("Même lieu que « %(title)s », %(hours)s.") % {
        "title": other.activity.title,
        "hours": saying.hours(other),
    }


def _same_person(name: str, other: Session) -> str:
    return _("%(name)s anime aussi « %(title)s », %(hours)s.") % {
        "name": name,
        "title": other.activity.title,
        "hours": saying.hours(other),
    }
