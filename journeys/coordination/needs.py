"""What needs somebody today: a registry of needs, each a question put to the database.

Every need gives rows of one shape, so that the page reads them all in one query: a need more
costs a branch, not a round trip. How long and how many days are the programme's settings.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core import signing
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.utils import timezone

from territories.accounts.models import User
from territories.programmes.models import Programme

SHOWN = 5  # lines of a group on the first page
PAGE = 50  # lines of a group on its own page
COLUMNS = [
    "need",
    "rank",
    "due",
    "about",
    "place",
    "file",
    "person",
    "called",
    "known_as",
    "since",
    "detail",
    "in_all",
    "in_now",
]


@dataclass(frozen=True)
class Looking:
    """Whose day it is, where, and the programmes that set the numbers there."""

    user: User
    places: frozenset[int]
    today: datetime.date
    programmes: dict[Programme, frozenset[int]]

    @classmethod
    def of(cls, user: User, places: set[int]) -> "Looking":
        programmes: dict[Programme, frozenset[int]] = {}
        for role in user.roles:
            here = frozenset(role.territory_ids) & places
            if here:
                programmes[role.programme] = programmes.get(role.programme, frozenset()) | here
        return cls(user, frozenset(places), timezone.localdate(), programmes)

    def where(self, permission: str) -> set[int]:
        return set(self.places & self.user.territories_where(permission))

    def programme_of(self, place: int) -> Programme:
        return next(programme for programme, here in self.programmes.items() if place in here)

    def any_of(self, condition: Callable[[Programme], Q]) -> Q:
        """A condition whose days are constants of each programme, so that an index serves it."""
        found = Q(pk__in=[])
        for programme, here in self.programmes.items():
            found |= Q(territory__in=here) & condition(programme)
        return found


@dataclass(frozen=True)
class Line:
    """One reason, one person, one act; what it says is worked out by its need."""

    need: "Need"
    rank: int
    due: datetime.date
    about: int
    place: int
    file: int | None
    person: int | None
    nickname: str
    code: str
    since: datetime.date
    detail: str
    programme: Programme
    may_act: bool

    @property
    def is_now(self) -> bool:
        return self.rank == 0

    @property
    def icon(self) -> str:
        return self.need.icon

    @property
    def sentence(self):
        return self.need.sentence(self)

    @property
    def notes(self) -> list:
        return self.need.notes(self)

    @property
    def warning(self) -> str:
        return self.need.warning(self)

    @property
    def act(self) -> tuple[str, str]:
        return self.need.act(self)


@dataclass(frozen=True)
class Need:
    """`rows` answers a Looking with a queryset made by `lines`; `permission` is that of the act.

    `also_read`: shown without the act to those who open the journey but may not act there.
    """

    slug: str
    icon: str
    permission: str
    rows: Callable[[Looking], QuerySet]
    sentence: Callable[[Line], str]
    act: Callable[[Line], tuple[str, str]]
    notes: Callable[[Line], list]
    warning: Callable[[Line], str] = lambda line: ""
    also_read: bool = False
    place: str = "territory"  # the column of the rows that says where

    def found(self, looking: Looking) -> QuerySet:
        where = looking.where(self.permission)
        if self.also_read:
            where |= looking.where("participants.list")
        return self.rows(looking).filter(**{f"{self.place}__in": where})


@dataclass(frozen=True)
class Group:
    """Needs under one heading. `query`: the filter of the participants' list that shows them all,
    where there is one; else they have their own page."""

    slug: str
    heading: str
    needs: list[Need]
    query: Callable[[Looking], str] = lambda looking: ""


@dataclass
class Found:
    """What a group has to show: some lines, and how many there are."""

    group: Group
    lines: list[Line] = field(default_factory=list)
    in_all: int = 0
    in_now: int = 0

    @property
    def left(self) -> int:
        return self.in_all - len(self.lines)


def lines(rows: QuerySet, **columns) -> QuerySet:
    """Give rows the shape of COLUMNS. `is_now`: what cannot wait until tomorrow.

    `due`: by when it is to be done, `since`: when it started, `about`: the row the act is on.
    """
    is_now = columns.pop("is_now", Q(pk__in=[]))
    rank = Case(When(is_now, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(**columns).annotate(rank=rank)


def plus(day: str, days: str | int) -> ExpressionWrapper:
    """A day and a number of days, a field or a constant: `plus("entry_on", "…entry_days")`."""
    more = F(days) if isinstance(days, str) else Value(days)
    return ExpressionWrapper(F(day) + more, output_field=DateField())


def found_today(groups: list[Group], looking: Looking) -> list[Found]:
    """Each group that has something, with its first lines, in one query for all."""
    needs = [need for group in groups for need in group.needs]
    branches = [
        _counted(need.found(looking), need).order_by("rank", "due", "about")[:SHOWN]
        for need in needs
    ]
    by_need: dict[str, list] = {}
    for row in _together(branches):
        by_need.setdefault(row[0], []).append(row)
    found = [_gathered(group, by_need, looking) for group in groups]
    return [each for each in found if each.in_all]


def _gathered(group: Group, by_need: dict[str, list], looking: Looking) -> Found:
    found = Found(group)
    for need in group.needs:
        rows = by_need.get(need.slug, [])
        found.lines += [_line(need, row, looking) for row in rows]
        if rows:
            found.in_all += rows[0][-2]
            found.in_now += rows[0][-1]
    found.lines.sort(key=lambda line: (line.rank, line.due))
    del found.lines[SHOWN:]
    return found


def page_of(group: Group, looking: Looking, after: str = "") -> tuple[list[Line], str]:
    """Lines of one group from a place on, and the token of the next page."""
    place = _place(after)
    branches = []
    for need in group.needs:
        rows = _counted(need.found(looking), need)
        if place:
            rows = rows.filter(_beyond(need.slug, *place))
        branches.append(rows.order_by("rank", "due", "about")[: PAGE + 1])
    rows = sorted(_together(branches), key=lambda row: (row[1], row[2], row[0], row[3]))
    needs = {need.slug: need for need in group.needs}
    shown = [_line(needs[row[0]], row, looking) for row in rows[:PAGE]]
    return shown, _token(shown[-1]) if len(rows) > PAGE else ""


def _beyond(slug: str, rank: int, due: datetime.date, need: str, about: int) -> Q:
    """After the place in the order rank, due, need, about."""
    same_day = Q(rank=rank, due=due)
    later = Q(rank__gt=rank) | Q(rank=rank, due__gt=due)
    if slug > need:
        return later | same_day
    return later | same_day & Q(about__gt=about) if slug == need else later


def _counted(rows: QuerySet, need: Need) -> QuerySet:
    return rows.annotate(
        need=Value(need.slug, CharField()),
        in_all=Window(Count("*")),
        in_now=Window(Count("pk", filter=Q(rank=0))),
    ).values_list(*COLUMNS)


def _together(branches: list[QuerySet]) -> Iterator[tuple]:
    first, *rest = branches
    return iter(first.union(*rest, all=True) if rest else first)


def _line(need: Need, row: tuple, looking: Looking) -> Line:
    (_slug, rank, due, about, place, *who, since, detail, _in_all, _in_now) = row
    may_act = looking.user.may(need.permission, place)
    programme = looking.programme_of(place)
    return Line(need, rank, due, about, place, *who, since, detail, programme, may_act)


def _token(line: Line) -> str:
    place = [line.rank, line.due.isoformat(), line.need.slug, line.about]
    return signing.dumps(place, salt=__name__)


def _place(token: str) -> tuple | None:
    try:
        rank, due, need, about = signing.loads(token, salt=__name__)
    except signing.BadSignature:
        return None
    return rank, datetime.date.fromisoformat(due), need, about
