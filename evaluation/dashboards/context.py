"""What public statistics say of the territories of a page, beside what was reached there."""

from collections.abc import Iterable
from dataclasses import dataclass

from territories.models import ContextFigure, Territory
from territories.places.lists import INDICATORS

SHOWN = 6  # columns; the territory's own page has them all


@dataclass(frozen=True)
class Context:
    heads: list[str]
    lines: list[tuple[Territory, list[ContextFigure | None]]]
    sources: list[str]


def of(user, places: Iterable[Territory]) -> Context:
    """The last figure of each indicator, those known of most territories first."""
    places = list(places)
    rows = ContextFigure.objects.visible_to(user).filter(territory__in=places).latest()
    found = {(row.territory_id, row.indicator): row for row in rows}
    codes = [code.code for code in INDICATORS]
    known = {code: sum((place.pk, code) in found for place in places) for code in codes}
    shown = sorted((c for c in codes if known[c]), key=lambda code: -known[code])[:SHOWN]
    lines = [(place, [found.get((place.pk, code)) for code in shown]) for place in places]
    return Context(
        heads=[INDICATORS.label(code) for code in shown],
        lines=[line for line in lines if any(line[1])],
        sources=sorted({row.source for row in found.values()}),
    )
