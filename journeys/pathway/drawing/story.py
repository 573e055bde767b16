"""What a journey's drawing is made of, and the stretches its line is cut into."""

from dataclasses import dataclass
from datetime import date, timedelta

from journeys.pathway.enums import AbsenceKind

SHORTEST = timedelta(days=42)  # a younger journey is drawn over six weeks all the same


@dataclass(frozen=True)
class Away:
    """A pause or an exit, until the day of return, which is not in it; None while it lasts.

    *label* words it: « pause » or the reason, « Emploi durable » for an exit.
    """

    kind: str
    from_on: date
    until_on: date | None = None
    label: str = ""

    @property
    def is_exit(self) -> bool:
        return self.kind == AbsenceKind.EXIT

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True)
class Lived:
    """Something lived, until a day or on one day; what is to come is drawn hollow.

    icon: of its frame. told, discussed: how far it has come, as much as the reader may see.
    """

    from_on: date
    until_on: date | None = None
    icon: str = ""
    is_told: bool = False
    is_discussed: bool = False
    is_long: bool = False


@dataclass(frozen=True)
class Medal:
    """A badge received; icon: of its field."""

    on: date
    label: str
    icon: str = "award"


@dataclass(frozen=True)
class Stretch:
    """A piece of the line: `wander` (butinage), `way` (under contract), `rest` (pause), `gap`
    (gone), `beyond` (past the limit)."""

    kind: str
    phase: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Drawing:
    """One journey, as much of it as the reader may see. Dates only; nothing is looked up.

    phases: (phase, on) in order, the first on the day of the first contact.
    absences: they never overlap. outcomes: (label, on).
    limit_on: the end of support, extension included; limit_label: « Limite des 15 mois ».
    """

    name: str
    first_contact_on: date
    today: date
    entry_on: date | None = None
    phases: tuple[tuple[str, date], ...] = ()
    absences: tuple[Away, ...] = ()
    outcomes: tuple[tuple[str, date], ...] = ()
    experiences: tuple[Lived, ...] = ()
    badges: tuple[Medal, ...] = ()
    limit_on: date | None = None
    limit_label: str = ""
    warnings_on: tuple[date, ...] = ()

    @property
    def begun(self) -> tuple[Away, ...]:
        """The absences that have started, oldest first."""
        started = (away for away in self.absences if away.from_on <= self.today)
        return tuple(sorted(started, key=lambda away: away.from_on))

    @property
    def left_on(self) -> date | None:
        """The day the person left, when they have not come back."""
        gone = [away.from_on for away in self.begun if away.is_exit and away.holds(self.today)]
        return gone[-1] if gone else None

    @property
    def reached_on(self) -> date:
        """Where the line that was lived stops."""
        return max(self.left_on or self.today, self.first_contact_on)

    @property
    def is_overdue(self) -> bool:
        return bool(self.limit_on and not self.left_on and self.today > self.limit_on)

    @property
    def shows_limit(self) -> bool:
        """Once the person has left, a limit ahead means nothing any more."""
        return bool(self.limit_on and (not self.left_on or self.limit_on <= self.left_on))

    @property
    def warnings_ahead(self) -> list[date]:
        if self.left_on:
            return []
        return sorted(on for on in set(self.warnings_on) if on > self.today)

    def phase_on(self, on: date) -> str:
        """The phase a day belongs to; the first one before any."""
        reached = [phase for phase, since in self.phases if since <= on]
        return str(reached[-1] if reached else self.phases[0][0] if self.phases else "reperage")

    def span(self) -> tuple[date, date]:
        """The first and last day drawn."""
        days = [self.first_contact_on, self.reached_on]
        days += [on for _, on in self.phases] + [on for _, on in self.outcomes]
        days += [one.on for one in self.badges]
        days += self.warnings_ahead
        days += [on for one in self.experiences for on in (one.from_on, one.until_on) if on]
        days += [self.entry_on] if self.entry_on else []
        days += [self.limit_on] if self.limit_on and self.shows_limit else []
        first, last = min(days), max(days)
        if not self.left_on and not (self.limit_on and self.limit_on > self.today):
            last = max(last, self.today + max(timedelta(days=21), (last - first) / 7))
        return first, max(last, first + SHORTEST)

    def stretches(self) -> list[Stretch]:
        """The lived line, cut where something changes, neighbours of a kind joined."""
        edges = {self.first_contact_on, self.reached_on}
        cuts = [on for _, on in self.phases] + [self.entry_on, self.limit_on]
        cuts += [on for away in self.begun for on in (away.from_on, away.until_on)]
        edges |= {on for on in cuts if on and self.first_contact_on < on < self.reached_on}
        days = sorted(edges)
        found: list[Stretch] = []
        for start, stop in zip(days, days[1:], strict=False):
            kind, phase = self._kind_on(start), self.phase_on(start)
            if found and (found[-1].kind, found[-1].phase) == (kind, phase):
                start = found.pop().from_on
            found.append(Stretch(kind, phase, start, stop))
        return found

    def _kind_on(self, on: date) -> str:
        for away in self.begun:
            if away.holds(on):
                return "gap" if away.is_exit else "rest"
        if not self.entry_on or on < self.entry_on:
            return "wander"
        return "beyond" if self.limit_on and on >= self.limit_on else "way"
