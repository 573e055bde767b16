"""What the dashboard says of a programme: every table protected, then read for some territories.

The secret is decided once for the whole programme, whoever reads and whatever territory they
chose: were it decided for what each page shows, two pages laid side by side would tell. Hence the
counts are made over all the programme's territories (numbers only, never a row), and a page takes
from them what its reader may see.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evaluation.dashboards import counts
from evaluation.dashboards.publics import CONTRACT, REST, families
from evaluation.dashboards.secret import THRESHOLD, Protected, Table, protect
from journeys.pathway.enums import Phase
from rtr import scope
from territories.models import PeriodTarget, Programme, Territory

PHASE_ROWS = {CONTRACT: None} | {phase.value: CONTRACT for phase in Phase}


@dataclass(frozen=True)
class Part:
    """One protected table, read for the territories of a page."""

    protected: Protected
    places: tuple[str, ...]

    @property
    def rows(self) -> list[str]:
        return [row for row in self.protected.table.parents if not row.startswith("_")]

    def has(self, place: str) -> bool:
        return place in self.protected.table.columns

    def at(self, row: str, place: str) -> int | None:
        """A territory's number, or None where it is hidden."""
        return self.protected.value(row, place) if self.has(place) else None

    @property
    def is_whole(self) -> bool:
        """Whether the page shows every territory of the table."""
        return set(self.protected.table.columns) <= set(self.places)

    def all(self, row: str) -> int | None:
        """The page's number: the programme's total, or what its shown numbers add up to."""
        if self.is_whole:
            return self.protected.value(row, self.protected.table.all_columns[-1])
        found = [self.at(row, place) for place in self.places if self.has(place)]
        return None if None in found or not found else sum(found)


@dataclass(frozen=True)
class Board:
    programme: Programme
    on: datetime.date
    places: list[Territory]  # what the page shows
    left_out: list[Territory]  # fewer than THRESHOLD people: in no figure, not even the totals
    journeys: Part | None
    phases: Part | None
    publics: list[Part]
    target: int

    def parts(self) -> Iterable[tuple[str, Part]]:
        """Every table under the name of its dimension."""
        if self.journeys:
            yield "parcours", self.journeys
        if self.phases:
            yield "phase", self.phases
        for part in self.publics:
            yield "public", part


def board(programme: Programme, territory_ids: Iterable[int], on: datetime.date) -> Board:
    """The dashboard of these territories of the programme, figures of that day.

    Parameters: `territory_ids`, those the reader may read and wants.
    """
    territories = list(programme.territories.all())
    wanted = [territory for territory in territories if territory.pk in set(territory_ids)]
    with scope.over(territory.pk for territory in territories):
        tables = _tables(programme, [territory.pk for territory in territories], on)
    journeys, phases, publics = tables
    kept = set(journeys.table.columns) if journeys else set()
    places = tuple(str(territory.pk) for territory in wanted if str(territory.pk) in kept)

    def part(protected: Protected | None) -> Part | None:
        shown = protected and set(protected.table.columns) & set(places)
        return Part(protected, places) if shown else None

    return Board(
        programme=programme,
        on=on,
        places=[territory for territory in wanted if str(territory.pk) in kept],
        left_out=[territory for territory in wanted if str(territory.pk) not in kept],
        journeys=part(journeys),
        phases=part(phases),
        publics=[found for protected in publics if (found := part(protected))],
        target=_target(programme, places),
    )


def _tables(programme: Programme, ids: list[int], on: datetime.date):
    """The journeys' table; then those about contracts, where the number of contracts is shown."""
    met = counts.journeys(programme, ids, on)
    welcomed = {pk: sum(people for (_row, at), people in met.items() if at == pk) for pk in ids}
    columns = [pk for pk in ids if welcomed[pk] >= THRESHOLD]
    if not columns:
        return None, None, []
    journeys = protect(_table(counts.journey_rows(programme), columns, lambda *cell: met[cell]))
    signed = {pk: journeys.value(CONTRACT, str(pk)) for pk in columns}
    columns = [pk for pk in columns if signed[pk]]
    if not columns:
        return journeys, None, []
    reached, belong = counts.phases(ids, on), counts.publics(ids, on)
    phases = protect(_table(PHASE_ROWS, columns, lambda *cell: reached[cell]))
    publics = [protect(_public(family, columns, belong, signed)) for family in families()]
    return journeys, phases, publics


def _table(rows: dict, columns: list[int], people: Callable[[str, int], int], **more) -> Table:
    inner = set(rows.values())
    leaves = [row for row in rows if row not in inner]
    found = {(row, str(pk)): people(row, pk) for row in leaves for pk in columns}
    return Table(rows, tuple(map(str, columns)), found, **more)


def _public(family: dict, columns: list[int], belong: counts.Counts, signed: dict) -> Table:
    """A family of publics and the rest of the people under contract.

    That nobody is in the rest says something of everybody: a zero there is secret too.
    """
    leaves = set(family) - set(family.values()) - {REST}

    def people(row: str, pk: int) -> int:
        if row != REST:
            return belong[row, pk]
        return signed[pk] - sum(belong[leaf, pk] for leaf in leaves)

    return _table(family, columns, people, secret_zeros=frozenset({REST}))


def _target(programme: Programme, places: tuple[str, ...]) -> int:
    """How many people the programme's periods aim at in these territories."""
    aims = PeriodTarget.objects.filter(period__programme=programme, territory__in=places)
    return sum(aims.values_list("entries", flat=True))
