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

from journeys.pathway.drawing.captions import Captions, clusters
from journeys.pathway.drawing.labels import ROW, SIZE, Label, arrange, text_width
from journeys.pathway.drawing.pictures import (
    HEXAGON,
    HEXAGON_IN,
    PICTURES,
    PIN,
    count_in,
    lived_mark,
    px,
    wave,
)
from journeys.pathway.drawing.story import Drawing, Stretch
from rtr.lib import french
from rtr.templatetags.rtr import icon_href

WIDE, MIDDLE = 940, 640  # px; the two widths that static/css/rtr.css shows
LEFT, RIGHT = 104, 16  # px kept for the words of the lanes, and after the last day
ROWS_ABOVE, ROWS_BELOW = 4, 3
APART = 26  # px between two phase shapes, which are 22 wide


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
        at = f'x="{px(self.x)}" y="{px(self.y)}"'
        return f'<text class="{css}" {at}{anchor}>{escape(self.text)}</text>'


@dataclass
class Sheet:
    """The drawing as laid out: what the tests measure and what is written as SVG."""

    width: float
    height: float = 0
    marks: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def mark(self, svg: str) -> None:
        self.marks.append(svg)

    def write(self, x: float, y: float, text: str, *, bold=False, anchor="start") -> None:
        self.texts.append(Text(x, y, text, bold, anchor))


def draw(drawing: Drawing, width: int = WIDE, css: str = "wide") -> SafeString:
    """The SVG of a journey, *width* px wide, height as needed."""
    sheet = lay_out(drawing, width)
    body = "".join(sheet.marks) + "".join(text.svg() for text in sheet.texts)
    return mark_safe(
        f'<svg class="timeline {css}" viewBox="0 0 {px(sheet.width)} {px(sheet.height)}" '
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


class _Pen:
    """Lays the drawing out from the middle: rows above, the line, rows below, lanes, months."""

    def __init__(self, drawing: Drawing, width: int):
        self.drawing = drawing
        self.sheet = Sheet(width)
        self.first, self.last = drawing.span()
        self.left_out: list[Label] = []
        self.shapes = self._shapes_spread()
        captions = Captions(drawing, self.x, self.shapes, width - RIGHT)
        above = self._arranged(captions.above(), ROWS_ABOVE)
        below = self._arranged(captions.below(), ROWS_BELOW, self._now_x())
        self.now_stops = any(label.covers(x) for label in below for x in self._now_x())
        self.y = _rows(above) * ROW + 32
        self.lanes_y = self.y + 32 + max(_rows(below), 1) * ROW
        self._line()
        self._pins()
        self._butinage(captions.butinage(), [label.x for label in above])
        self._labels_above(above)
        self._labels_below(below)
        self._unnamed()
        self.axis_y = self._lanes()
        self._months()
        self._now()
        self._left_out()

    # -- Where things are -------------------------------------------------------------------------

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

    def _now_x(self) -> list[float]:
        """The one line that may run through everything under the path."""
        return [] if self.drawing.left_on else [self.x(self.drawing.today)]

    def _arranged(self, labels: list[Label], rows: int, lines=()) -> list[Label]:
        placed = arrange(labels, width=self.sheet.width, rows=rows, lines=lines)
        self.left_out += [label for label in labels if label not in placed]
        return placed

    # -- The line and what stands on it -----------------------------------------------------------

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
            mark(f'<path class="ahead" d="M{px(reached + 8)} {px(y)}H{px(end)}"/>')
        for on in it.warnings_ahead:
            mark(f'<circle class="ring" cx="{px(self.x(on))}" cy="{px(y)}" r="4"/>')

    def _stretch(self, stretch: Stretch) -> str:
        a, b, y = self.x(stretch.from_on), self.x(stretch.until_on), px(self.y)
        if stretch.kind == "wander":
            return f'<path class="wander {stretch.phase}" d="{wave(a, b, self.y)}"/>'
        if stretch.kind == "gap":
            return f'<path class="guide" d="M{px(a)} {y}H{px(b)}"/>'
        if stretch.kind == "rest":
            inset = min(6, (b - a) / 4)
            return f'<path class="rest" d="M{px(a + inset)} {y}H{px(b - inset)}"/>'
        return f'<path class="{stretch.kind} {stretch.phase}" d="M{px(a)} {y}H{px(b)}"/>'

    def _butinage(self, wordings: list[str], poles: list[float]) -> None:
        """Its name over the line that wanders, as much of it as there is room for."""
        start = self.x(self.drawing.first_contact_on) + 12
        stop = self.x(self.drawing.entry_on or self.drawing.reached_on) - 8
        for text in wordings:
            middle, half = (start + stop) / 2, text_width(text) / 2
            free = not any(abs(x - middle) < half + 4 for x in poles)
            if half * 2 < stop - start and free:
                self.sheet.write(middle, self.y - 20, text, anchor="middle")
                return

    def _pins(self) -> None:
        for phase, _on, x in self.shapes:
            pin = PIN[phase].format(x=px(x), y=px(self.y))
            self.sheet.mark(f'<g class="{phase}">{pin}</g>')

    def _unnamed(self) -> None:
        """A fact whose words found no place keeps its mark."""
        for label in self.left_out:
            if label.kind in PICTURES:
                x = px(label.x)
                self.sheet.mark(f'<circle class="ring-ink" cx="{x}" cy="{px(self.y)}" r="5"/>')

    def _labels_above(self, labels: list[Label]) -> None:
        for label in labels:
            top = self.y - 30 - (label.row + 1) * ROW
            self.sheet.mark(PICTURES[label.kind](label, top, self.y))
            self._write(label, top)

    def _labels_below(self, labels: list[Label]) -> None:
        for label in labels:
            top = self.y + 20 + label.row * ROW
            if label.row:
                start = self.y + (15 if label.kind == "phase" else 8)
                self.sheet.mark(
                    f'<path class="guide" d="M{px(label.x)} {px(start)}V{px(top + 1)}"/>'
                )
            self._write(label, top)

    def _write(self, label: Label, top: float) -> None:
        lines = [(label.title, label.is_bold), (label.said, False)]
        end = label.side == "left"
        x, anchor = (label.stop, "end") if end else (label.start, "start")
        for number, (text, bold) in enumerate(line for line in lines if line[0]):
            self.sheet.write(x, top + 14 + 17 * number, text, bold=bold, anchor=anchor)

    # -- Lanes under the line ---------------------------------------------------------------------

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
        return y - 8

    def _experiences(self, y: float) -> None:
        self.sheet.write(0, y + 5, _("Expériences"))
        lived = sorted(self.drawing.experiences, key=lambda one: one.from_on)
        ahead = [one.from_on for one in lived if one.from_on > self.drawing.today]
        past = lived[: len(lived) - len(ahead)]
        for one in past:
            start, stop = self.x(one.from_on), self.x(one.until_on or one.from_on)
            if stop - start > 4:
                css = "span" if one.is_long else "guide"
                self.sheet.mark(f'<path class="{css}" d="M{px(start)} {px(y)}H{px(stop)}"/>')
        for on in sorted(set(ahead)):
            self.sheet.mark(f'<circle class="ring" cx="{px(self.x(on))}" cy="{px(y)}" r="5"/>')
        for x, members in clusters([(self.x(one.from_on), one) for one in past]):
            self.sheet.mark(lived_mark(x, y, members))
        self._next_experience(ahead, y)

    def _next_experience(self, ahead: list[date], y: float) -> None:
        """The date of the first one to come, if nothing stands in its way."""
        if not ahead:
            return
        day = french.day(ahead[0], year=False, weekday=False)
        text = _("prévu le %(day)s") % {"day": day}
        start = self.x(ahead[0]) + 14
        stop = start + text_width(text) + 6
        others = [self.x(on) - 6 for on in ahead[1:]] + self._now_x()
        if stop < self.sheet.width and not any(start - 6 < x < stop for x in others):
            self.sheet.write(start, y + 5, text)

    def _badges(self, y: float) -> None:
        self.sheet.write(0, y + 5, _("Badges"))
        for x, members in clusters([(self.x(one.on), one) for one in self.drawing.badges]):
            self.sheet.mark(f'<path class="hexa" d="M{px(x)} {px(y - 14)}{HEXAGON}"/>')
            if len(members) > 1:
                count = count_in(x, y, len(members))
                self.sheet.mark(count)
            else:
                self.sheet.mark(f'<path class="hexa-line" d="M{px(x)} {px(y - 10)}{HEXAGON_IN}"/>')
                at = f'x="{px(x - 6)}" y="{px(y - 6)}" width="12" height="12"'
                href = icon_href(members[0].icon)
                self.sheet.mark(f'<use class="in-hexa" href="{href}" {at}/>')

    def _months(self) -> None:
        y, mark = self.axis_y, self.sheet.mark
        mark(f'<path class="rule" d="M{LEFT} {px(y)}H{px(self.sheet.width - RIGHT)}"/>')
        free_from = 0.0
        for on, word in _ticks(self.first, self.last, self.sheet.width - LEFT - RIGHT):
            x = self.x(on)
            mark(f'<path class="tick" d="M{px(x)} {px(y)}v5"/>')
            if x >= free_from and x + text_width(word) <= self.sheet.width:
                self.sheet.write(x, y + 20, word)
                free_from = x + text_width(word) + 16
        self.sheet.height = y + 28

    def _now(self) -> None:
        """Last, so that nothing covers it."""
        if self.drawing.left_on:
            return
        x, y = px(self.x(self.drawing.today)), px(self.y)
        end = px(self.y if self.now_stops else self.axis_y)
        self.sheet.mark(
            f'<path class="now-line" d="M{x} {y}V{end}"/>'
            f'<circle class="now-dot" cx="{x}" cy="{y}" r="7"/>'
        )

    def _left_out(self) -> None:
        count = len(self.left_out)
        if not count:
            return
        self.sheet.height += 22
        text = ngettext(
            "Un autre repère se lit dans le chemin en mots.",
            "%(count)s autres repères se lisent dans le chemin en mots.",
            count,
        ) % {"count": french.capitalised(french.spelled(count))}
        self.sheet.write(LEFT, self.sheet.height - 8, text)


def _rows(labels: list[Label]) -> int:
    return max((label.row + 1 for label in labels), default=0)


def _ticks(first: date, last: date, width: float) -> list[tuple[date, str]]:
    """The days marked on the axis, with their words: weeks of a short journey, months, quarters."""
    a_day = width / (last - first).days
    if a_day * 30 > 240:
        start = first + timedelta(days=(7 - first.weekday()) % 7)
        mondays = [start + timedelta(days=7 * k) for k in range((last - start).days // 7 + 1)]
        return [(on, french.day(on, year=False, weekday=False)) for on in mondays if on <= last]
    step = next((months for months in (1, 2, 3, 6, 12) if a_day * 30 * months > 84), 12)
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
