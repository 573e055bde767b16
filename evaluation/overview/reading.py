"""The programme's year as a manager reads it: numbers made of a few counts, then put in words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from evaluation.dashboards import counts
from evaluation.dashboards.counts import OFFICIAL, OWN
from evaluation.overview.counts import PACE, SIGNED, Monthly, monthly, months_until
from evaluation.overview.targets import Progress, bounds
from territories.models import Period, PeriodTarget, Programme, Territory

COLUMNS = (
    "accueil",
    "butinage",
    "contrat",
    "en_cours",
    "pause",
    "duree_depassee",
    "sortie",
    OFFICIAL,
    OWN,
)


@dataclass
class Line:
    """One territory, or all of them: people by row of the journeys' tree, and what is aimed at."""

    territory: Territory | None
    people: dict[str, int]
    aims: list[Progress] = field(default_factory=list)


@dataclass(frozen=True)
class Overview:
    programme: Programme
    period: Period | None
    today: datetime.date
    lines: list[Line]
    total: Line
    monthly: Monthly

    @property
    def has_people(self) -> bool:
        return bool(self.total.people["accueil"])

    @property
    def has_aims(self) -> bool:
        return bool(self.total.aims)


def overview(
    programme: Programme,
    territories: list[Territory],
    period: Period | None,
    periods: list[Period],
    today: datetime.date,
) -> Overview:
    """What there is to say of these territories that day.

    Parameters: `period`, only those who entered it, against its targets; None, all of them.
    """
    ids = [territory.pk for territory in territories]
    met = counts.journeys(programme, ids, today, period)
    tree = counts.journey_rows(programme)
    by_month = monthly(programme, ids, today, period)
    aims, shown = _aims([period] if period else periods, ids)
    lines = []
    for territory in territories:
        people = {row: _sum(tree, row, met, [territory.pk]) for row in COLUMNS}
        line = Line(territory, people)
        line.aims = _progress(line, aims, by_month, [territory.pk], shown, today)
        lines.append(line)
    total = Line(None, {row: _sum(tree, row, met, ids) for row in COLUMNS})
    total.aims = _progress(total, aims, by_month, ids, shown, today)
    return Overview(programme, period, today, lines, total, by_month)


def _sum(tree: dict, row: str, met: counts.Counts, ids: list[int]) -> int:
    """The people of a row: its own, and those of every row below."""
    own = sum(met[row, pk] for pk in ids)
    below = [child for child, above in tree.items() if above == row]
    return own + sum(_sum(tree, child, met, ids) for child in below)


def _aims(periods: list[Period], ids: list[int]) -> tuple[dict[tuple[str, int], int], list[Period]]:
    """(what, territory) → how many are aimed at; and the periods that aim at somebody."""
    found: dict[tuple[str, int], int] = {}
    aiming = set()
    rows = PeriodTarget.objects.filter(period__in=periods, territory__in=ids)
    for period, pk, people, exits in rows.values_list(
        "period", "territory", "entries", "positive_exits"
    ):
        aiming.add(period)
        found[SIGNED, pk] = found.get((SIGNED, pk), 0) + people
        found[OFFICIAL, pk] = found.get((OFFICIAL, pk), 0) + (exits or 0)
    return found, [period for period in periods if period.pk in aiming]


def _progress(
    line: Line,
    aims: dict[tuple[str, int], int],
    by_month: Monthly,
    ids: Iterable[int],
    periods: list[Period],
    today: datetime.date,
) -> list[Progress]:
    starts_on, ends_on = bounds(periods)
    whole = months_until(today)[-1 - PACE : -1]
    labels = {SIGNED: _("Contrats signés"), OFFICIAL: _("Sorties positives officielles")}
    return [
        Progress(
            label,
            line.people[row],
            aimed,
            sum(by_month[row, pk, month] for pk in ids for month in whole),
            today,
            starts_on,
            ends_on,
        )
        for row, label in labels.items()
        if (aimed := sum(aims.get((row, pk), 0) for pk in ids))
    ]
