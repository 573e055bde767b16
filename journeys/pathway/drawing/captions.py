"""What the drawing says: the labels above the line (facts) and under it (phases and pauses)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from journeys.pathway.drawing.labels import Label
from journeys.pathway.drawing.story import Away, Drawing
from journeys.pathway.enums import Phase
from rtr.lib import french

CLUSTER = 22  # px under which two flags, or two badges, become one


@dataclass
class Captions:
    """x gives the place of a day, shapes those of the phases (pushed apart), edge the last px."""

    drawing: Drawing
    x: Callable[[date], float]
    shapes: list[tuple[str, date, float]]
    edge: float

    def above(self) -> list[Label]:
        it = self.drawing
        labels = []
        if not it.left_on:
            said = french.day(it.today, year=False)
            labels.append(Label("today", self.x(it.today), _("Aujourd’hui"), said, rank=1))
        if it.entry_on:
            said = french.day(it.entry_on, weekday=False)
            labels.append(
                Label("contract", self._x_of_entry(), _("Contrat"), said, lead=24, rank=2)
            )
        if it.limit_on and it.shows_limit:
            said = french.day(it.limit_on, weekday=False)
            passed = _("passée le %(day)s") % {"day": said} if it.is_overdue else said
            word = it.limit_label or _("Limite du parcours")
            sides = ("right", "left") if it.is_overdue else ("left", "right")
            labels.append(Label("limit", self.x(it.limit_on), word, passed, sides, rank=3))
        for away in it.begun:
            labels += self._exit_labels(away) if away.is_exit else []
        return labels + self._outcome_labels()

    def _exit_labels(self, away: Away) -> list[Label]:
        said = french.day(away.from_on, weekday=False)
        # A last exit is where the story ends: nothing goes before it.
        rank = 2 if away.until_on is None else 5
        word = away.label or _("Sortie")
        labels = [Label("exit", self.x(away.from_on), word, said, lead=22, rank=rank)]
        if away.until_on and away.until_on <= self.drawing.today:
            said = french.day(away.until_on, weekday=False)
            labels.append(Label("return", self.x(away.until_on), _("Retour"), said, rank=6))
        return labels

    def _outcome_labels(self) -> list[Label]:
        groups = clusters([(self.x(on), (word, on)) for word, on in self.drawing.outcomes])
        return [self._outcome_label(x, members) for x, members in groups]

    @staticmethod
    def _outcome_label(x: float, members: list[tuple[str, date]]) -> Label:
        first, last = members[0][1], members[-1][1]
        word = members[0][0]
        said = french.day(first, weekday=False)
        if len(members) > 1:
            word = _("%(count)s étapes gagnées") % {"count": french.spelled(len(members))}
            word = french.capitalised(word)
            said = _range(first, last)
        return Label("outcome", x, word, said, lead=28, rank=4)

    def below(self) -> list[Label]:
        labels = [self._phase_label(*shape, rank=k) for k, shape in enumerate(self.shapes, 1)]
        labels += [self._pause_label(away) for away in self.drawing.begun if not away.is_exit]
        for on in self.drawing.warnings_ahead:
            word = _("rappel, %(day)s") % {"day": french.day(on, year=False, weekday=False)}
            sides = ("middle", "left", "right")
            labels.append(Label("warning", self.x(on), "", word, sides, lead=-6, rank=31))
        if not self.drawing.left_on and not self.drawing.limit_on:
            x = self.edge
            said = _("la suite se décide ensemble")
            labels.append(Label("ahead", x, "", said, ("left",), lead=0, rank=32))
        return labels

    def _phase_label(self, phase: str, on: date, x: float, rank: int) -> Label:
        said = french.day(on, year=False, weekday=False)
        sides = ("right", "middle", "left")
        return Label("phase", x, str(Phase(phase).label), said, sides, lead=-11, rank=10 + rank)

    def butinage(self) -> list[str]:
        """What to write over the line that wanders, the fullest wording first."""
        it = self.drawing
        days = ((it.entry_on or it.reached_on) - it.first_contact_on).days
        if days < 1:
            return []
        long = _("butinage, %(long)s") % {"long": french.lasting(days)}
        return [long, _("butinage")]

    def _pause_label(self, away: Away) -> Label:
        until = min(away.until_on or self.drawing.reached_on, self.drawing.reached_on)
        x = (self.x(away.from_on) + self.x(until)) / 2
        if away.until_on and away.until_on <= self.drawing.today:
            dates = _range(away.from_on, away.until_on)
        else:
            since = french.day(away.from_on, year=False, weekday=False)
            dates = _("depuis le %(day)s") % {"day": since}
        sides = ("middle", "right", "left")
        word = _("pause")  # its reason is in the list
        return Label("pause", x, word, dates, sides, lead=-14, rank=30, is_bold=False)

    def _x_of_entry(self) -> float:
        """The contract stands on the shape of its day, wherever that one was pushed."""
        entry = self.drawing.entry_on
        return next((x for _phase, on, x in self.shapes if on == entry), self.x(entry))


def clusters(marks: list[tuple[float, object]]) -> list[tuple[float, list]]:
    """Neighbours closer than a mark is wide, gathered at the place of the first."""
    groups: list[tuple[float, list]] = []
    for x, member in sorted(marks, key=lambda mark: mark[0]):
        if groups and x - groups[-1][0] < CLUSTER:
            groups[-1][1].append(member)
        else:
            groups.append((x, [member]))
    return groups


def _range(first: date, last: date) -> str:
    """« 6 juil. – 16 août », « 9 – 20 nov. »."""
    start = french.day(first, year=False, weekday=False)
    stop = french.day(last, year=False, weekday=False)
    if first == last:
        return start
    if (first.year, first.month) == (last.year, last.month):
        start = start.split(french.NBSP)[0]
    return f"{start}{french.NBSP}–{french.NBSP}{stop}"
