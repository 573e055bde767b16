"""Pages of a long list by key: the address keeps the place of a row, signed.

A deep page costs what the first one costs, and people added meanwhile make nobody seen twice nor
missed. Rows go by group (a territory), then by a key inside it, then by id: an index on the three
serves every page, since each query asks for one group, or for whole groups.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.core import signing
from django.db.models import F, Q, QuerySet

SALT = "rtr.keyset"


@dataclass(frozen=True)
class Page:
    """The rows to show, how many there are in all (counted up to a number), and the tokens of the
    pages around (empty where there is none)."""

    rows: list[dict]
    count: int
    before: str = ""
    after: str = ""


class Place(NamedTuple):
    """Where a row stands; `row` is its own id, which may not be the one that orders."""

    group: int
    key: str | datetime.date | None
    pk: int
    row: int = 0

    @property
    def rank(self) -> tuple:
        """What PostgreSQL compares: no key comes last, letters by their code."""
        return self.group, self.key is None, self.key or "", self.pk


Found = tuple[Place, dict]


@dataclass(frozen=True)
class Keyset:
    """An order of rows. `group`, `key` and `pk` are lookups from the model that is listed.

    `is_date`: the key is a day; `may_be_empty`: rows without a key close their group.
    """

    name: str
    group: str
    key: str
    pk: str
    is_date: bool = False
    may_be_empty: bool = False

    def page(
        self,
        rows: QuerySet,
        groups: set[int],
        show: Callable[[QuerySet], QuerySet],
        *,
        after: str = "",
        before: str = "",
        size: int,
        most: int = 1000,
    ) -> Page:
        """The rows after (or before) a token; a token that says nothing gives the first page.

        `show` gives a queryset its `values`, `row` (the row's id) among them. `count` stops at
        `most` + 1: up to `most` places are all read and the page is cut out of them, since a walk
        would cross the whole index to meet a few; more are dense enough to be met along it.
        Either way, the first page asks two queries.
        """
        known = list(self._places(rows.order_by())[: most + 1])
        count = len(known)
        few = map(Place._make, known) if count <= most else ()
        places = sorted(few, key=lambda place: place.rank)

        def walk(place: Place | None, *, back: bool = False) -> list[Found]:
            if count <= most:
                return [(each, {}) for each in _cut(places, place, back=back)[: size + 1]]
            return self._walk(show(rows), groups, place, back=back, size=size + 1)

        found, is_after, is_before = self._around(walk, after=after, before=before, size=size)
        shown = [place for place, _values in found]
        return Page(
            [values for _place, values in found] if count > most else _shown(rows, show, shown),
            count,
            self.token(shown[0]) if is_before else "",
            self.token(shown[-1]) if is_after else "",
        )

    def _around(
        self, walk, *, after: str, before: str, size: int
    ) -> tuple[list[Found], bool, bool]:
        """The rows of the page, and whether there are some after it and before it."""
        if place := self._place(before):
            found = walk(place, back=True)
            if len(found) > size:
                return found[size - 1 :: -1], True, True
        place = None if before else self._place(after)
        found = walk(place)
        if place and not found:
            place, found = None, walk(None)
        return found[:size], len(found) > size, bool(place)

    def _places(self, rows: QuerySet) -> QuerySet:
        return rows.values_list(self.group, self.key, self.pk, "pk")

    def _walk(self, rows: QuerySet, groups, place, *, back: bool, size: int) -> list[Found]:
        sign = "-" if back else ""
        rows = rows.annotate(at_group=F(self.group), at_key=F(self.key), at_pk=F(self.pk))
        rows = rows.order_by(*[f"{sign}{name}" for name in (self.group, self.key, self.pk)])
        found: list[dict] = []
        for stretch in self._stretches(groups, place, back=back):
            if len(found) < size:
                found += rows.filter(stretch)[: size - len(found)]
        at = ("at_group", "at_key", "at_pk")
        return [(Place(*(row.pop(name) for name in at), row["row"]), row) for row in found]

    def _stretches(self, groups, place, *, back: bool) -> Iterator[Q]:
        """What is left of the place's own group, then the groups that follow it."""
        if place is None:
            yield Q(**{f"{self.group}__in": groups})
            return
        yield from (Q(**{self.group: place.group}) & q for q in self._rest(place, back=back))
        rest = {g for g in groups if (g < place.group if back else g > place.group)}
        if rest:
            yield Q(**{f"{self.group}__in": rest})

    def _rest(self, place, *, back: bool) -> Iterator[Q]:
        way = "lt" if back else "gt"
        further = Q(**{f"{self.pk}__{way}": place.pk})
        empty = Q(**{f"{self.key}__isnull": True})
        if place.key is None:
            yield empty & further
            if back:
                yield ~empty
            return
        # Said twice: the first half opens the index, a comparison of pairs could not (below a
        # policy only leakproof operators may, and those of rows are not).
        yield Q(**{f"{self.key}__{way}e": place.key}) & (
            Q(**{f"{self.key}__{way}": place.key}) | further
        )
        if self.may_be_empty and not back:
            yield empty

    def token(self, place: Place) -> str:
        key = place.key.isoformat() if isinstance(place.key, datetime.date) else place.key
        return signing.dumps([place.group, key, place.pk], salt=f"{SALT}.{self.name}")

    def _place(self, token: str) -> Place | None:
        if not token:
            return None
        try:
            group, key, pk = signing.loads(token, salt=f"{SALT}.{self.name}")
        except signing.BadSignature:
            return None
        if self.is_date and key is not None:
            key = datetime.date.fromisoformat(key)
        return Place(group, key, pk)


def _cut(ordered: list[Place], place: Place | None, *, back: bool) -> list[Place]:
    """Those after the place in the order, or those before it, the nearest first."""
    if place is None:
        return ordered
    if back:
        return ordered[: bisect_left(ordered, place.rank, key=lambda p: p.rank)][::-1]
    return ordered[bisect_right(ordered, place.rank, key=lambda p: p.rank) :]


def _shown(rows: QuerySet, show: Callable, places: list[Place]) -> list[dict]:
    """The rows of these places, in their order; one gone meanwhile is left out."""
    pks = [place.row for place in places]
    known = {row["row"]: row for row in show(rows.model.objects.filter(pk__in=pks))}
    return [known[pk] for pk in pks if pk in known]
