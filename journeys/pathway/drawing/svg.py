"""The journey as a drawing: butinage wanders, the contract makes the line firm, a pause is dotted,
what is ahead is dashed. Reads in greyscale: each thing has a form before it has a colour.

Classes only (static/css/rtr.css, `.timeline`): no style attribute passes the content policy.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.pathway.drawing.labels import ROW, SIZE, Label, arrange, text_width
from journeys.pathway.drawing.story import Away, Drawing, Stretch
from journeys.pathway.enums import Phase
from rtr.lib import french

WIDE, MIDDLE = 940, 640  # px; the two widths that static/css/rtr.css shows
LEFT, RIGHT = 104, 16  # px kept for the words of the lanes, and after the last day
ROWS_ABOVE, ROWS_BELOW = 4, 3
APART = 26  # px between two phase shapes, which are 22 wide
CLUSTER = 22  # px under which two flags, or two badges, become one
PIN = {
    "reperage": '<circle class="pin" cx="{x}" cy="{y}" r="11"/>',
    "mobilisation": '<path class="pin" d="M{x} {y}m0 -14l13.5 24h-27Z"/>',
    "insertion": '<path class="pin" d="M{x} {y}m-11 -11h22v22h-22Z"/>',
}


@dataclass
class Text:
    """A line of text as it stands, with the box it fills."""

    x: float
    y: float
    text: str
    bold: bool = False
    anchor: str = "start"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        width = text_width(self.text, bold=self.bold)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - SIZE * 0.8, left + width, self.y + SIZE * 0.25

    def svg(self) -> str:
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        css = "tb" if self.bold else "t2"
        return f'<text class="{css}" x="{n(self.x)}" y="{n(self.y)}"{anchor}>{escape(self.text)}</text>'


@dataclass
class Sheet:
    """The drawing as laid out: what the tests measure and what is written as SVG."""

    width: float
    height: float = 0
    marks: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    left_out: int = 0

    def mark(self, svg: str) -> None:
        self.marks.append(svg)

    def write(self, x: float, y: float, text: str, *, bold=False, anchor="start") -> None:
        self.texts.append(Text(x, y, text, bold, anchor))


def draw(drawing: Drawing, width: int = WIDE, css: str = "wide") -> SafeString:
    """The SVG of a journey, *width* px wide, height as needed."""
    sheet = lay_out(drawing, width)
    body = "".join(sheet.marks) + "".join(text.svg() for text in sheet.texts)
    return mark_safe(
        f'<svg class="timeline {css}" viewBox="0 0 {n(sheet.width)} {n(sheet.height)}" '
        f'font-size="{SIZE}" role="img"><title>{escape(title(drawing))}</title>{body}</svg>'
    )


def title(drawing: Drawing) -> str:
    """« Le chemin de Kiwi, de février 2026 à juillet 2027 »."""
    first, last = drawing.span()
    return _("Le chemin %(of_name)s, %(from_month)s à %(to_month)s") % {
        "of_name": french.elide("de", drawing.name),
        "from_month": french.elide("de", french.month(first)),
        "to_month": french.month(last),
    }


def lay_out(drawing: Drawing, width: int = WIDE) -> Sheet:
    return _Pen(drawing, width).sheet


def n(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


class _Pen:
    """Lays the drawing out from the middle: rows above, the line, rows below, lanes, months."""

    def __init__(self, drawing: Drawing, width: int):
        self.drawing = drawing
        self.sheet = Sheet(width)
        self.first, self.last = drawing.span()
        self.shapes = self._shapes_spread()
        self.verticals = self._verticals()
        above = self._arranged(self._above(), ROWS_ABOVE)
        below = self._arranged(self._below(), ROWS_BELOW)
        self.y = _rows(above) * ROW + 28
        self.lanes_y = self.y + 24 + max(_rows(below), 1) * ROW
        self._line()
        self._labels_above(above)
        self._labels_below(below)
        self._pins()
        self.axis_y = self._lanes()
        self._months()
        self._now()
        self._left_out()

    # -- Where things are ------------------------------------------------------------------------

    def x(self, on: date) -> float:
        share = (on - self.first).days / (self.last - self.first).days
        return round(LEFT + share * (self.sheet.width - RIGHT - LEFT), 1)

    def _shapes_spread(self) -> list[tuple[str, date, float]]:
        """Phase shapes at their dates, pushed apart where they would cover each other."""
        phases = [(str(phase), on) for phase, on in self.drawing.phases]
        xs = [self.x(on) for _, on in phases]
        for k in range(1, len(xs)):
            xs[k] = max(xs[k], xs[k - 1] + APART)
        edge = self.sheet.width - RIGHT
        for k in reversed(range(len(xs))):
            xs[k] = min(xs[k], edge)
            edge = xs[k] - APART
        return [(phase, on, x) for (phase, on), x in zip(phases, xs, strict=True)]

    def _x_of_entry(self) -> float:
        """The contract stands on the shape of its day, wherever that one was pushed."""
        entry = self.drawing.entry_on
        return next((x for _, on, x in self.shapes if on == entry), self.x(entry))

    def _verticals(self) -> list[float]:
        shown = [self.drawing.today] if self._shows_today() else []
        shown += [self.drawing.limit_on] if self.drawing.shows_limit else []
        return [self.x(on) for on in shown]

    def _shows_today(self) -> bool:
        return not self.drawing.left_on and self.first <= self.drawing.today <= self.last

    def _arranged(self, labels: list[Label], rows: int) -> list[Label]:
        placed = arrange(labels, width=self.sheet.width, rows=rows, lines=self.verticals)
        self.sheet.left_out += len(labels) - len(placed)
        return placed

    # -- What is said ----------------------------------------------------------------------------

    def _above(self) -> list[Label]:
        it = self.drawing
        labels = []
        if self._shows_today():
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
        groups = _clusters([(self.x(on), (word, on)) for word, on in self.drawing.outcomes])
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

    def _below(self) -> list[Label]:
        labels = [self._phase_label(*shape, rank=k) for k, shape in enumerate(self.shapes, 1)]
        labels += [self._pause_label(away) for away in self.drawing.begun if not away.is_exit]
        for on in self.drawing.warnings_ahead:
            word = _("rappel, %(day)s") % {"day": french.day(on, year=False, weekday=False)}
            sides = ("middle", "left", "right")
            labels.append(Label("warning", self.x(on), "", word, sides, lead=-6, rank=31))
        if not self.drawing.left_on and not self.drawing.limit_on:
            x = self.sheet.width - RIGHT
            said = _("la suite se décide ensemble")
            labels.append(Label("ahead", x, "", said, ("left",), lead=0, rank=32))
        return labels

    def _phase_label(self, phase: str, on: date, x: float, rank: int) -> Label:
        said = french.day(on, year=False, weekday=False)
        if rank == 1 and phase == Phase.REPERAGE:
            said = self._butinage() or said
        sides = ("right", "middle", "left")
        return Label("phase", x, str(Phase(phase).label), said, sides, lead=-11, rank=10 + rank)

    def _butinage(self) -> str:
        it = self.drawing
        days = ((it.entry_on or it.reached_on) - it.first_contact_on).days
        if days < 1:
            return ""
        return _("butinage, %(long)s") % {"long": french.lasting(days)}

    def _pause_label(self, away: Away) -> Label:
        until = min(away.until_on or self.drawing.reached_on, self.drawing.reached_on)
        x = (self.x(away.from_on) + self.x(until)) / 2
        if away.until_on and away.until_on <= self.drawing.today:
            dates = _range(away.from_on, away.until_on)
        else:
            since = french.day(away.from_on, year=False, weekday=False)
            dates = _("depuis le %(day)s") % {"day": since}
        sides = ("middle", "right", "left")
        return Label("pause", x, away.label or _("pause"), dates, sides, lead=-14, rank=30)

    # -- The line and what stands on it ------------------------------------------------------------

    def _line(self) -> None:
        it, y, mark = self.drawing, self.y, self.sheet.mark
        for stretch in it.stretches():
            mark(self._stretch(stretch))
        reached = self.x(it.reached_on)
        if it.left_on:
            return
        end = self.x(it.limit_on) if it.limit_on and it.limit_on > it.today else None
        end = end or self.sheet.width - RIGHT
        if end - reached > 8:
            mark(f'<path class="ahead" d="M{n(reached + 8)} {n(y)}H{n(end)}"/>')
        for on in it.warnings_ahead:
            mark(f'<circle class="ring" cx="{n(self.x(on))}" cy="{n(y)}" r="4"/>')

    def _stretch(self, stretch: Stretch) -> str:
        a, b, y = self.x(stretch.from_on), self.x(stretch.until_on), n(self.y)
        if stretch.kind == "wander":
            return f'<path class="wander {stretch.phase}" d="{_wave(a, b, self.y)}"/>'
        if stretch.kind == "gap":
            return f'<path class="guide" d="M{n(a)} {y}H{n(b)}"/>'
        if stretch.kind == "rest":
            inset = min(6, (b - a) / 4)
            return f'<path class="rest" d="M{n(a + inset)} {y}H{n(b - inset)}"/>'
        return f'<path class="{stretch.kind} {stretch.phase}" d="M{n(a)} {y}H{n(b)}"/>'

    def _pins(self) -> None:
        for phase, _on, x in self.shapes:
            pin = PIN[phase].format(x=n(x), y=n(self.y))
            self.sheet.mark(f'<g class="{phase}">{pin}</g>')

    def _labels_above(self, labels: list[Label]) -> None:
        for label in labels:
            top = self.y - 26 - (label.row + 1) * ROW
            self.sheet.mark(_PICTURES[label.kind](label, top, self.y))
            self._write(label, top)

    def _labels_below(self, labels: list[Label]) -> None:
        for label in labels:
            top = self.y + 20 + label.row * ROW
            if label.row:
                start = self.y + (15 if label.kind == "phase" else 8)
                self.sheet.mark(f'<path class="guide" d="M{n(label.x)} {n(start)}V{n(top + 1)}"/>')
            self._write(label, top)

    def _write(self, label: Label, top: float) -> None:
        lines = [(label.title, True), (label.said, False)]
        for number, (text, bold) in enumerate(line for line in lines if line[0]):
            self.sheet.write(label.start, top + 14 + 17 * number, text, bold=bold)

    # -- Lanes under the line ------------------------------------------------------------------------

    def _lanes(self) -> float:
        """Experiences and badges, where there are some; returns where the axis goes."""
        self.sheet.write(0, self.y + 5, _("Chemin"))
        y = self.lanes_y
        if self.drawing.experiences:
            self._experiences(y)
            y += 38
        if self.drawing.badges:
            self._badges(y)
            y += 38
        return y

    def _experiences(self, y: float) -> None:
        self.sheet.write(0, y + 5, _("Expériences"))
        ahead: list[date] = []
        drawn: set[str] = set()
        for start, stop in sorted(self.drawing.experiences, key=lambda each: each[0]):
            if start > self.drawing.today:
                ahead.append(start)
                mark = f'<circle class="ring" cx="{n(self.x(start))}" cy="{n(y)}" r="5"/>'
            elif stop and self.x(stop) - self.x(start) > 4:
                mark = f'<path class="span" d="M{n(self.x(start))} {n(y)}H{n(self.x(stop))}"/>'
            else:
                mark = f'<circle class="dot" cx="{n(self.x(start))}" cy="{n(y)}" r="6"/>'
            if mark not in drawn:
                drawn.add(mark)
                self.sheet.mark(mark)
        self._next_experience(ahead, y)

    def _next_experience(self, ahead: list[date], y: float) -> None:
        """The date of the first one to come, if nothing stands in its way."""
        if not ahead:
            return
        day = french.day(ahead[0], year=False, weekday=False)
        text = _("prévu le %(day)s") % {"day": day}
        start = self.x(ahead[0]) + 14
        stop = start + text_width(text) + 6
        others = [self.x(on) - 6 for on in ahead[1:]] + self.verticals
        if stop < self.sheet.width and not any(start - 6 < x < stop for x in others):
            self.sheet.write(start, y + 5, text)

    def _badges(self, y: float) -> None:
        self.sheet.write(0, y + 5, _("Badges"))
        for x, members in _clusters([(self.x(on), on) for on, _word in self.drawing.badges]):
            self.sheet.mark(f'<path class="hexa" d="M{n(x)} {n(y - 14)}{_HEXAGON}"/>')
            if len(members) > 1:
                count = _count_in(x, y, len(members))
                self.sheet.mark(count)
            else:
                self.sheet.mark(f'<path class="hexa-line" d="M{n(x)} {n(y - 10)}{_HEXAGON_IN}"/>')

    def _months(self) -> None:
        y, mark = self.axis_y, self.sheet.mark
        mark(f'<path class="rule" d="M{LEFT} {n(y)}H{n(self.sheet.width - RIGHT)}"/>')
        free_from = 0.0
        for on, word in _ticks(self.first, self.last, self.sheet.width - LEFT - RIGHT):
            x = self.x(on)
            mark(f'<path class="tick" d="M{n(x)} {n(y)}v5"/>')
            if x >= free_from and x + text_width(word) <= self.sheet.width:
                self.sheet.write(x, y + 20, word)
                free_from = x + text_width(word) + 16
        self.sheet.height = y + 28

    def _now(self) -> None:
        """Last, so that nothing covers it."""
        if not self._shows_today():
            return
        x, y = n(self.x(self.drawing.today)), n(self.y)
        self.sheet.mark(
            f'<path class="now-line" d="M{x} {y}V{n(self.axis_y)}"/>'
            f'<circle class="now-dot" cx="{x}" cy="{y}" r="7"/>'
        )

    def _left_out(self) -> None:
        count = self.sheet.left_out
        if not count:
            return
        self.sheet.height += 22
        text = ngettext(
            "Un autre repère se lit dans le chemin en mots.",
            "%(count)s autres repères se lisent dans le chemin en mots.",
            count,
        ) % {"count": french.capitalised(french.spelled(count))}
        self.sheet.write(LEFT, self.sheet.height - 8, text)


# -- Small drawings ----------------------------------------------------------------------------------

_HEXAGON = "l12 7v14l-12 7l-12 -7v-14Z"
_HEXAGON_IN = "l8.6 5v10l-8.6 5l-8.6 -5v-10Z"


def _count_in(x: float, y: float, count: int) -> str:
    return f'<text class="in-hexa" x="{n(x)}" y="{n(y + 5)}" text-anchor="middle">{count}</text>'


def _toward(label: Label) -> int:
    """1 when the text is right of its pole, -1 when left: pictograms turn with it."""
    return -1 if label.side == "left" else 1


def _pole(label: Label, top: float, y: float, css: str = "pole") -> str:
    return f'<path class="{css}" d="M{n(label.x)} {n(y)}V{n(top + 3)}"/>'


def _contract(label: Label, top: float, y: float) -> str:
    left = label.x + (5 if _toward(label) > 0 else -19)
    at = f"M{n(left)} {n(top + 4)}"
    return (
        f"{_pole(label, top, y)}"
        f'<path class="sheet" d="{at}h9l5 5v13h-14Z"/><path class="pole" d="{at}m3.5 10h7m-7 5h7"/>'
    )


def _outcome(label: Label, top: float, y: float) -> str:
    turn = _toward(label)
    flag = f"M{n(label.x + turn)} {n(top + 3)}h{20 * turn}l{-5 * turn} 7l{5 * turn} 7h{-20 * turn}Z"
    foot = f'<circle class="ring-ink" cx="{n(label.x)}" cy="{n(y)}" r="5"/>'
    return f'{_pole(label, top, y)}<path class="win" d="{flag}"/>{foot}'


def _exit(label: Label, top: float, y: float) -> str:
    left = label.x + (5 if _toward(label) > 0 else -16)
    door = f"M{n(left)} {n(top + 20)}v-16h11v16Z"
    return (
        f'{_pole(label, top, y)}<path class="sheet" d="{door}"/>'
        f'<circle class="knob" cx="{n(left + 8)}" cy="{n(top + 12.5)}" r="1.4"/>'
        f'<path class="stop" d="M{n(label.x)} {n(y - 11)}v22"/>'
    )


def _return(label: Label, top: float, y: float) -> str:
    foot = f'<circle class="ring-ink" cx="{n(label.x)}" cy="{n(y)}" r="6"/>'
    return f"{_pole(label, top, y)}{foot}"


def _limit(label: Label, top: float, y: float) -> str:
    across = f'<path class="pole" d="M{n(label.x - 8)} {n(y)}h16"/>'
    return _pole(label, top, y + 14, "limit") + across


def _today(label: Label, top: float, y: float) -> str:
    return _pole(label, top, y, "now-line")


_PICTURES = {
    "contract": _contract,
    "outcome": _outcome,
    "exit": _exit,
    "return": _return,
    "limit": _limit,
    "today": _today,
}


def _wave(a: float, b: float, y: float) -> str:
    """A line that wanders from a to b, more waves the longer it is."""
    waves = max(1, round((b - a) / 28))
    step = (b - a) / waves
    rise = min(26.0, step)
    path = f"M{n(a)} {n(y)}"
    for k in range(waves):
        path += f"q{n(step / 2)} {n(rise if k % 2 else -rise)} {n(step)} 0"
    return path


def _rows(labels: list[Label]) -> int:
    return max((label.row + 1 for label in labels), default=0)


def _clusters(marks: list[tuple[float, object]]) -> list[tuple[float, list]]:
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


def _ticks(first: date, last: date, width: float) -> list[tuple[date, str]]:
    """The days marked on the axis, with their words: weeks of a short journey, months, quarters."""
    a_day = width / (last - first).days
    if a_day * 30 > 240:
        start = first + timedelta(days=(7 - first.weekday()) % 7)
        mondays = [start + timedelta(days=7 * k) for k in range((last - start).days // 7 + 1)]
        return [(on, french.day(on, year=False, weekday=False)) for on in mondays if on <= last]
    step = next((months for months in (1, 2, 3, 6, 12) if a_day * 30 * months > 48), 12)
    return [
        (on, french.month_short(on) + (f" {on.year}" if on.month == 1 or number == 0 else ""))
        for number, on in enumerate(_months_between(first, last, step))
    ]


def _months_between(first: date, last: date, step: int) -> list[date]:
    """First days of months, every *step*, counted from January so that years line up."""
    found = []
    on = first.replace(day=1)
    while on <= last:
        if on >= first and (on.month - 1) % step == 0:
            found.append(on)
        on = (on + timedelta(days=32)).replace(day=1)
    return found
