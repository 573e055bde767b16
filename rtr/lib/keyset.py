"""Pages of a long list by key: the address keeps the place of a row, signed.

A deep page costs what the first one costs, and people added meanwhile make nobody seen twice nor
missed. Rows go by group (a territory), then by a key inside it, then by id: an index on the three
serves every page, since each query asks for one group, or for whole groups.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, QuerySet

SALT = "rtr.keyset"


@dataclass(frozen=True)
class Page:
    """Ids of the rows to show, and the tokens of the pages around (empty where there is none)."""

    pks: list[int]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Place:
    group: int
    key: str | datetime.date | None
    pk: int


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
        self, rows: QuerySet, groups: set[int], *, after: str = "", before: str = "", size: int
    ) -> Page:
        """The rows after (or before) a token; a token that says nothing gives the first page."""
        if place := self._place(before):
            found = self._walk(rows, groups, place, back=True, size=size + 1)
            if len(found) > size:
                shown = found[size - 1 :: -1]
                return Page([p.pk for p in shown], self.token(shown[0]), self.token(shown[-1]))
        place = None if before else self._place(after)
        found = self._walk(rows, groups, place, back=False, size=size + 1)
        if place and not found:
            place, found = None, self._walk(rows, groups, None, back=False, size=size + 1)
        shown = found[:size]
        return Page(
            [p.pk for p in shown],
            self.token(shown[0]) if place else "",
            self.token(shown[-1]) if len(found) > size else "",
        )

    def _walk(self, rows, groups, place, *, back: bool, size: int) -> list[Place]:
        sign = "-" if back else ""
        order = [f"{sign}{self.group}", f"{sign}{self.key}", f"{sign}{self.pk}"]
        rows = rows.order_by(*order).values_list(self.group, self.key, self.pk)
        found: list[Place] = []
        for stretch in self._stretches(groups, place, back=back):
            if len(found) < size:
                found += [Place(*row) for row in rows.filter(stretch)[: size - len(found)]]
        return found

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
