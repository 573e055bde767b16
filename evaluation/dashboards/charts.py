"""Bars drawn by the server: where each is, how long, what is written beside it. No colour speaks
alone: solid, hatched and outlined are told apart in black and white."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from evaluation.dashboards.counts import OFFICIAL, OTHER, OWN

STYLES = {OFFICIAL: "b1", OWN: "hatch", OTHER: "b3"}
LETTER = 8.2  # width of a 16 px letter, on average
STEP, LINE = 20, 20  # height of a bar, of a line of writing


class Line(NamedTuple):
    """A bar to draw; `people` is None where the number is hidden, and then nothing is drawn."""

    label: str
    people: int | None
    style: str = "b1"
    aside: str = ""


class Said(NamedTuple):
    """One line of a label, and where it stands."""

    text: str
    y: int


@dataclass(frozen=True)
class Bar:
    line: Line
    said: list[Said]
    x: int
    y: int
    length: int

    @property
    def base(self) -> int:
        """Where the number stands."""
        return self.y + 15

    @property
    def after(self) -> int:
        return self.x + self.length + 8


@dataclass(frozen=True)
class Chart:
    """One drawing; `stacked` writes each label above its bar, as on a phone."""

    title: str
    bars: list[Bar]
    width: int
    height: int
    stacked: bool
    label_end: int


def chart(title: str, lines: Iterable[Line], *, width: int, stacked: bool) -> Chart:
    """Bars in the order given, the longest filling the room.

    Parameters: `width`, of the drawing, in its own units (pixels at full size).
    """
    lines = list(lines)
    longest = max((len(line.label) for line in lines), default=0)
    start = 1 if stacked else 12 + round(longest * LETTER)
    most = max((line.people or 0 for line in lines), default=0) or 1
    bars, y = [], 0
    for line in lines:
        texts = _wrapped(line, width) if stacked else [line.label]
        said = [Said(text, y + 15 + LINE * rank) for rank, text in enumerate(texts)]
        y += LINE * len(texts) + 2 if stacked else 0
        bars.append(
            Bar(line, said, start, y, round((line.people or 0) / most * (width - start - 64)))
        )
        y += STEP + 12
    return Chart(title, bars, width, max(y - 8, 1), stacked, start - 12)


def _wrapped(line: Line, width: int) -> list[str]:
    """The label on as many lines as it takes beside what stands at the end of the first."""
    room = int((width - len(line.aside) * LETTER) / LETTER)
    return textwrap.wrap(line.label, room) or [""]


def by_size(lines: Iterable[Line]) -> list[Line]:
    """The biggest first, zeros left out, the hidden ones last in their own order."""
    lines = [line for line in lines if line.people != 0]
    return sorted(lines, key=lambda line: -(line.people or 0))
