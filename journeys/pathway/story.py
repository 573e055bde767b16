"""What happened on a journey, read in one query: phases, pauses, exits, outcomes, follow-ups, more
time. Pages draw and tell it; acts ask it what makes sense now."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import Case, CharField, DateField, IntegerField, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.enums import FollowUpStatus, Milestone, PauseReason, Phase
from journeys.pathway.lists import DEATH, EXITS
from journeys.pathway.models import Journey

ORDER = list(Phase)
NOTHING = Value("", CharField())
NO_DAY = Cast(Value(None), DateField())
NO_NUMBER = Cast(Value(None), IntegerField())
EMPTY = {
    "until_on": NO_DAY,
    "other_on": NO_DAY,
    "detail": NOTHING,
    "reason": NOTHING,
    "number": NO_NUMBER,
}


class What(StrEnum):
    PHASE = "phase"
    PAUSE = "pause"
    EXIT = "exit"
    OUTCOME = "outcome"
    FOLLOW_UP = "follow_up"
    EXTENSION = "extension"
    FRAME = "frame"  # told by journeys.frames
    BADGE = "badge"  # told by journeys.recognition


@dataclass(frozen=True)
class Moment:
    """One row of a journey.

    code: the phase, the pause's reason, the kind of exit or outcome, the follow-up's milestone, the
    key of a badge's model.
    other_on: the return expected of a pause, the day after which a follow-up is late.
    detail: the step of a phase, the host of an outcome, the name of a badge, the status of a
    follow-up, « yes » for an exit after which the person may be called.
    reason: why, in words, or the field of a badge; number: weeks or hours.
    """

    what: str
    pk: int
    code: str
    from_on: datetime.date
    until_on: datetime.date | None
    other_on: datetime.date | None
    detail: str
    reason: str
    number: int | None

    @property
    def label(self) -> str:
        if self.what == What.PHASE:
            return str(Phase(self.code).label)
        if self.what == What.PAUSE:
            return str(PauseReason(self.code).label)
        if self.what == What.FOLLOW_UP:
            return str(Milestone(self.code).label)
        if self.what == What.BADGE:
            return self.detail
        return short_label(self.code)

    @property
    def step(self) -> str:
        """The step inside a phase, unless it bears the phase's own name."""
        return "" if self.detail == self.label else self.detail

    def covers(self, day: datetime.date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def is_awaited(self) -> bool:
        """A follow-up still to be asked or answered."""
        return self.detail in (FollowUpStatus.DUE, FollowUpStatus.ASKED)


def short_label(code: str) -> str:
    """The label of an exit or outcome without its explanation in brackets."""
    return _(EXITS[code].french.split(" (")[0]) if code else ""


@dataclass(frozen=True)
class Story:
    moments: tuple[Moment, ...]

    def of(self, *kinds: str) -> list[Moment]:
        return [moment for moment in self.moments if moment.what in kinds]

    @cached_property
    def phases(self) -> list[Moment]:
        return sorted(self.of(What.PHASE), key=lambda moment: moment.pk)

    @property
    def turns(self) -> list[Moment]:
        """The rows where the phase itself changes, steps inside a phase apart."""
        return [
            moment
            for last, moment in zip([None, *self.phases], self.phases, strict=False)
            if last is None or last.code != moment.code
        ]

    @property
    def phase(self) -> Moment:
        return self.phases[-1]

    @cached_property
    def away(self) -> Moment | None:
        """The pause or the exit that covers today."""
        today = timezone.localdate()
        return next((m for m in self.of(What.PAUSE, What.EXIT) if m.covers(today)), None)

    @property
    def is_dead(self) -> bool:
        return self.away is not None and self.away.code == DEATH

    def since(self, phase: str) -> datetime.date | None:
        """The day the journey last came to a phase; None when it lies ahead."""
        if ORDER.index(phase) > ORDER.index(self.phase.code):
            return None
        day = None
        for moment in reversed(self.phases):
            if moment.code == phase:
                day = moment.from_on
            elif day:
                break
        return day

    def follow_ups_open(self, day: datetime.date) -> list[Moment]:
        return [m for m in self.of(What.FOLLOW_UP) if m.is_awaited and m.from_on <= day]


# Rows that later chapters lay end to end with these, so that a page reads them in the same query.
_told_above: list[Callable[[Journey], list]] = []


def also(rows_of: Callable[[Journey], list]) -> Callable[[Journey], list]:
    """Have these rows, each made by `rows_as`, among the moments of every story."""
    _told_above.append(rows_of)
    return rows_of


def story_of(journey: Journey) -> Story:
    rows = [*_rows(journey), *(more for rows_of in _told_above for more in rows_of(journey))]
    moments = sorted(
        (Moment(*row) for row in rows[0].union(*rows[1:], all=True)),
        key=lambda moment: (moment.from_on, moment.what != What.PHASE, moment.pk),
    )
    return Story(tuple(moments))


def _rows(journey: Journey) -> list:
    absences = journey.absences.all()
    agreed = Case(When(agreed_to_contact=True, then=Value("yes")), default=Value(""))
    return [
        rows_as(What.PHASE, journey.phase_changes, "phase", "on", detail="step", reason="reason"),
        rows_as(
            What.PAUSE,
            absences.pauses(),
            "pause_reason",
            "from_on",
            until_on="until_on",
            other_on="expected_return_on",
        ),
        rows_as(
            What.EXIT,
            absences.exits(),
            "exit_kind",
            "from_on",
            until_on="until_on",
            detail=agreed,
            number="weeks",
        ),
        rows_as(
            What.OUTCOME,
            journey.outcomes,
            "kind",
            "started_on",
            until_on="ended_on",
            detail="host",
            number="weekly_hours",
        ),
        rows_as(
            What.FOLLOW_UP,
            journey.follow_ups,
            "milestone",
            "opens_on",
            until_on="status_on",
            other_on="late_on",
            detail="status",
            reason="situation",
        ),
        rows_as(
            What.EXTENSION,
            journey.extensions,
            NOTHING,
            "at__date",
            until_on="until_on",
            reason="reason",
        ),
    ]


def rows_as(what: What, rows, code, from_on: str, **columns):
    """Rows as tuples in the order of Moment's fields, so that tables can be laid end to end."""
    columns = EMPTY | columns
    named = Value(str(what), CharField())
    return rows.order_by().values_list(named, "pk", code, from_on, *columns.values())
