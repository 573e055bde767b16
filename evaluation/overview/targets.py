"""What is reached against what is aimed at, and where the present pace leads."""

import datetime
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from evaluation.overview.counts import PACE
from rtr.lib import french
from territories.models import Period

FARTHEST = 120  # months: a pace tells nothing beyond


@dataclass(frozen=True)
class Progress:
    """One number to reach in one territory (or all), at a day.

    `lately`: how many in the last PACE whole months. `starts_on`, `ends_on`: of the period; no
    share of time without an end.
    """

    label: str
    reached: int
    aimed: int
    lately: int
    today: datetime.date
    starts_on: datetime.date | None
    ends_on: datetime.date | None

    @property
    def share(self) -> int:
        return round(100 * self.reached / self.aimed) if self.aimed else 0

    @property
    def drawn(self) -> int:
        """The length of the bar, of a hundred."""
        return min(self.share, 100)

    @property
    def time(self) -> int | None:
        """How much of the period is over, of a hundred."""
        if not self.starts_on or not self.ends_on or self.today < self.starts_on:
            return None
        whole = (self.ends_on - self.starts_on).days or 1
        return min(round(100 * (self.today - self.starts_on).days / whole), 100)

    @property
    def projected(self) -> int | None:
        """How many at the end of the period, at the pace of the last months."""
        if not self.ends_on or self.ends_on <= self.today:
            return None
        left = (self.ends_on - self.today).days / 30.44
        return self.reached + round(self.lately / PACE * left)

    @property
    def is_late(self) -> bool:
        return self.projected is not None and self.projected < self.aimed

    @property
    def projection(self) -> str:
        """« au rythme des trois derniers mois : 430 sur 500 en déc. 2026 »."""
        if self.reached >= self.aimed:
            return _("objectif atteint")
        if self.ends_on and self.ends_on <= self.today:
            return ""
        if not self.lately:
            return _("rien de nouveau ces trois derniers mois")
        if self.projected is not None:
            words = {
                "found": french.figures(self.projected),
                "aimed": french.figures(self.aimed),
                "month": month(self.ends_on),
            }
            said = _("au rythme des trois derniers mois : %(found)s sur %(aimed)s en %(month)s")
            return said % words
        return self._reached_on()

    def _reached_on(self) -> str:
        wanted = (self.aimed - self.reached) / (self.lately / PACE)
        if wanted > FARTHEST:
            return _("au rythme des trois derniers mois : pas avant dix ans")
        on = self.today + relativedelta(months=round(wanted))
        words = {"aimed": french.figures(self.aimed), "month": month(on)}
        return _("au rythme des trois derniers mois : %(aimed)s en %(month)s") % words


def month(on: datetime.date) -> str:
    return f"{french.month_short(on)}{french.NBSP}{on.year}"


def bounds(periods: list[Period]) -> tuple[datetime.date | None, datetime.date | None]:
    """From the first day to the last of these periods; no end if one of them has none."""
    if not periods:
        return None, None
    ends = [period.ends_on for period in periods]
    return min(period.starts_on for period in periods), None if None in ends else max(ends)
