"""Statistical secret: no published table lets anybody find a number of people under 11.

Hiding the small cells is not enough: with the totals beside them a subtraction brings them back.
So other cells are hidden too (secondary suppression) until every small cell could be at least 11
different numbers, for somebody who knows all that is published.

Sources: the threshold of 11 of the ministries' statistical services (Insee, « Guide du secret
statistique »); A. Hundepool et al., « Handbook on Statistical Disclosure Control », chapter 4
(threshold rule, protection intervals, suppression by network flows).

A table has rows that form a tree (a total, its parts, their parts) and columns that add up to a
total. The numbers that agree with what is published are then the circulations of a network whose
arcs are the hidden cells, one node per addition (J. Castro, « Network flows heuristics for
complementary cell suppression », 2002), so that the lowest and the highest value of a hidden cell
are found exactly, by shortest augmenting paths.

What is decided here:
- zeros are shown (nobody is in them), hence a hidden cell is known to be at least 1; except in
  `secret_zeros` rows and in columns hidden whole, where zeros are hidden as well;
- small and added cells bear the same mark, so nobody knows which are the small ones;
- the first row, how many people there are, is always shown: a column under 11 does not belong in
  a table, the caller leaves it out of the totals too;
- two tables hang together by nothing but first rows, which are shown in both.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

THRESHOLD = 11
TOTAL = "*"  # the column that adds the others up

Cell = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """Numbers of people, by row and column.

    Parameters: `parents`, each row's parent, the first row having none; `columns`, without the
    total; `counts`, leaf row and column → people, zero where absent; `secret_zeros`, rows where
    even « nobody » says something of somebody.
    Raises ValueError when a first-row count is under the threshold, or a parent is unknown.
    """

    parents: Mapping[str, str | None]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int]
    secret_zeros: frozenset[str] = frozenset()

    def __post_init__(self):
        if unknown := set(filter(None, self.parents.values())) - set(self.parents):
            raise ValueError(f"rows without place in the tree: {sorted(unknown)}")
        if unknown := {row for row, _column in self.counts} - set(self.leaves):
            raise ValueError(f"counts belong to leaves, not to {sorted(unknown)}")
        if low := [c for c in self.columns if self.values[self.root, c] < THRESHOLD]:
            raise ValueError(f"under {THRESHOLD} people: {low}")

    @cached_property
    def root(self) -> str:
        return next(row for row, parent in self.parents.items() if parent is None)

    @cached_property
    def leaves(self) -> list[str]:
        inner = set(self.parents.values())
        return [row for row in self.parents if row not in inner]

    @cached_property
    def all_columns(self) -> tuple[str, ...]:
        return (*self.columns, TOTAL) if len(self.columns) > 1 else self.columns

    @cached_property
    def values(self) -> dict[Cell, int]:
        """Every cell, parents and totals included."""
        values = dict.fromkeys(((r, c) for r in self.parents for c in self.all_columns), 0)
        for (row, column), people in self.counts.items():
            while row is not None:
                values[row, column] += people
                if TOTAL in self.all_columns:
                    values[row, TOTAL] += people
                row = self.parents[row]
        return values

    def is_small(self, cell: Cell) -> bool:
        row, people = cell[0], self.values[cell]
        if row == self.root:
            return False
        return 0 < people < THRESHOLD or people == 0 and row in self.secret_zeros

    def ends(self, cell: Cell) -> tuple[Cell, Cell]:
        """The two additions a cell takes part in: the nodes its arc joins."""
        row, column = cell
        above = (self.parents[row], column)
        if row in self.leaves:
            below = (row, "+") if TOTAL in self.all_columns else ("", "")
        else:
            below = (row, column)
        return (above, below) if column == TOTAL else (below, above)


@dataclass
class Protected:
    """A table and what is hidden of it.

    `hidden` holds row and column pairs, TOTAL among the columns; `blank`, columns hidden whole.
    """

    table: Table
    hidden: set[Cell]
    blank: set[str] = field(default_factory=set)

    def value(self, row: str, column: str) -> int | None:
        """What is published of a cell: its number, or None where it is hidden."""
        return None if (row, column) in self.hidden else self.table.values[row, column]

    def floor(self, cell: Cell) -> int:
        """The least a reader knows a hidden cell to be."""
        return 0 if cell[0] in self.table.secret_zeros or cell[1] in self.blank else 1

    def interval(self, cell: Cell) -> tuple[int, int]:
        """The lowest and highest value of a hidden cell, for who knows everything published.

        The highest is a lower bound of it: the search stops THRESHOLD above the value.
        """
        value = self.table.values[cell]
        down = _Flow(self).push(cell, up=False, at_most=value - self.floor(cell))
        up = _Flow(self).push(cell, up=True, at_most=THRESHOLD)
        return value - down, value + up


def protect(table: Table) -> Protected:
    """Hide the small cells, and others, so that each small one could be THRESHOLD numbers at least.

    The same table always hides the same cells.
    """
    small = [cell for cell in table.values if table.is_small(cell)]
    protected = Protected(table, set(small))
    for cell in sorted(small, key=lambda cell: (table.values[cell], cell)):
        while not _settled(protected, cell):
            _hide_more(protected, cell)
    return protected


def _settled(protected: Protected, cell: Cell) -> bool:
    """Whether the cell is safe, once the cheapest others that make it so are hidden."""
    wanted, room = THRESHOLD - 1, protected.table.values[cell] - protected.floor(cell)
    for up in (True, False):
        flow = _Flow(protected, may_hide=True)
        wanted -= flow.push(cell, up=up, at_most=wanted if up else min(wanted, room))
        protected.hidden |= flow.used
    return wanted <= 0


def _hide_more(protected: Protected, cell: Cell) -> None:
    """No detour is wide enough: hide the cell's whole column, then every column."""
    table, column = protected.table, cell[1]
    more = table.all_columns if column in protected.blank else [column]
    protected.blank.update(more)
    protected.hidden |= {(row, c) for row in table.parents if row != table.root for c in more}


class _Flow:
    """People moved between hidden cells, every published number staying what it is.

    With `may_hide`, detours through shown cells are allowed; they cost what they hide, and the
    cells they take are in `used`.
    """

    def __init__(self, protected: Protected, *, may_hide: bool = False):
        self.protected, self.table = protected, protected.table
        self.used: set[Cell] = set()
        self.moved: dict[Cell, int] = defaultdict(int)
        self.ways: dict[Cell, list] = defaultdict(list)
        for cell, people in self.table.values.items():
            is_open = cell in protected.hidden or may_hide and people
            if cell[0] == self.table.root or not is_open:
                continue
            start, end = self.table.ends(cell)
            self.ways[start].append((end, cell, 1))
            self.ways[end].append((start, cell, -1))

    def push(self, cell: Cell, *, up: bool, at_most: int) -> int:
        """Raise the cell (or lower it), by how many people at most; returns by how many."""
        start, end = self.table.ends(cell)
        start, end = (end, start) if up else (start, end)
        pushed = 0
        while pushed < at_most and (path := self._cheapest(start, end, cell)):
            step = min([at_most - pushed, *(self._room(c, way) for c, way in path)])
            for taken, way in path:
                self.moved[taken] += way * step
                self.used.add(taken)
            pushed += step
        return pushed

    def _room(self, cell: Cell, way: int) -> int:
        """A cell can grow without limit, and shrink to what it is known to be at least."""
        left = self.table.values[cell] + self.moved[cell] - self.protected.floor(cell)
        return 10**9 if way > 0 else left

    def _price(self, cell: Cell) -> int:
        """What hiding it loses: its people; a sum says more than a part, and costs three times."""
        if cell in self.protected.hidden or cell in self.used:
            return 0
        return self.table.values[cell] * (1 if cell[0] in self.table.leaves else 3)

    def _cheapest(self, start: Cell, end: Cell, but: Cell) -> list[tuple[Cell, int]]:
        """Dijkstra; ties are settled by names, so that the answer never depends on chance."""
        best, came, queue = {start: 0}, {}, [(0, start)]
        while queue:
            price, node = heapq.heappop(queue)
            if node == end:
                return self._unwound(came, start, end)
            if price > best[node]:
                continue
            for after, cell, way in self.ways[node]:
                total = price + self._price(cell)
                if cell == but or total >= best.get(after, 10**12) or self._room(cell, way) <= 0:
                    continue
                best[after], came[after] = total, (node, cell, way)
                heapq.heappush(queue, (total, after))
        return []

    @staticmethod
    def _unwound(came: dict, start: Cell, end: Cell) -> list[tuple[Cell, int]]:
        path = []
        while end != start:
            end, cell, way = came[end]
            path.append((cell, way))
        return path
