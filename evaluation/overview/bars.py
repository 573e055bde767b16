"""Twelve months side by side: columns drawn by the server, and the table that says the same."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluation.dashboards.charts import STYLES
from evaluation.dashboards.counts import OFFICIAL, OWN
from evaluation.overview.counts import SIGNED, WELCOMED, Monthly
from rtr.lib import french

HEIGHT, HEAD = 96, 44  # of the tallest column; of what is written above it
WIDE, NARROW = 900, 288


@dataclass(frozen=True)
class Column:
    """Whole numbers: a French page would write the others with a comma."""

    x: int
    width: int
    parts: list[tuple[str, int, int]]  # style, y, height, from the bottom up
    total: int
    top: int
    word: str  # under the column, where there is room
    middle: int


@dataclass(frozen=True)
class Strip:
    """One series of months, stacked when it has two kinds of people."""

    title: str
    columns: list[Column]
    width: int
    height: int
    foot: int
    numbers: bool


@dataclass(frozen=True)
class TwinRow:
    month: datetime.date
    people: list[int]


def strips(found: Monthly, ids: list[int], months: list[datetime.date], *, wide: bool):
    """Three drawings with the same months: arrivals, contracts, positive exits."""
    drawn = [
        (_("Personnes accueillies"), [(WELCOMED, "b1")]),
        (_("Contrats signés"), [(SIGNED, "b1")]),
        (_("Sorties positives"), [(OFFICIAL, STYLES[OFFICIAL]), (OWN, STYLES[OWN])]),
    ]
    width = WIDE if wide else NARROW
    return [_strip(title, series, found, ids, months, width, wide) for title, series in drawn]


def _strip(title, series, found, ids, months, width, wide) -> Strip:
    people = [[_people(found, row, ids, month) for row, _style in series] for month in months]
    most = max((sum(each) for each in people), default=0) or 1
    step = width / len(months)
    columns = []
    for rank, (month, each) in enumerate(zip(months, people, strict=True)):
        bottom, parts = HEAD + HEIGHT, []
        for (_row, style), count in zip(series, each, strict=True):
            tall = round(count / most * HEIGHT)
            bottom -= tall
            parts.append((style, bottom, tall))
        word = french.month_short(month) if wide or rank % 3 == 1 else ""
        x, wider = round((rank + 0.16) * step), round(step * 0.68)
        column = Column(x, wider, parts, sum(each), bottom - 6, word, x + wider // 2)
        columns.append(column)
    return Strip(title, columns, width, HEAD + HEIGHT + 24, HEAD + HEIGHT + 20, wide)


def _people(found: Monthly, row: str, ids: list[int], month: datetime.date) -> int:
    return sum(found[row, pk, month] for pk in ids)


def twin(found: Monthly, ids: list[int], months: list[datetime.date]) -> list[TwinRow]:
    rows = (WELCOMED, SIGNED, OFFICIAL, OWN)
    return [TwinRow(m, [_people(found, row, ids, m) for row in rows]) for m in reversed(months)]
