"""Chance one can repeat, and the days on which things happen."""

import datetime
import random
from collections.abc import Mapping
from itertools import accumulate
from zoneinfo import ZoneInfo

from django.utils import timezone


class Weights:
    """Values and how often each comes, relative to the others."""

    def __init__(self, table: Mapping[str, float]):
        self.table, self.values = table, list(table)
        self.upto = list(accumulate(table.values()))


class Chance(random.Random):
    """The same seed tells the same lives."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def weighted(self, weights: Weights) -> str:
        return self.choices(weights.values, cum_weights=weights.upto)[0]

    def some(self, values: list, most: int) -> list:
        """Between one and `most` of them, all different."""
        return self.sample(values, self.randint(1, min(most, len(values))))

    def day(self, first: datetime.date, last: datetime.date) -> datetime.date:
        """A working day between the two; `first` itself when there is none."""
        if last <= first:
            return first
        drawn = first + datetime.timedelta(days=self.randint(0, (last - first).days))
        return max(first, working(drawn))

    def ago(self, today: datetime.date, least: int, most: int) -> datetime.date:
        """A working day between `least` and `most` days before today, give or take a weekend."""
        return working(days(today, -self.randint(least, most)))

    def hour(self, day: datetime.date) -> datetime.datetime:
        """A moment of that day, in working hours."""
        paris: ZoneInfo = timezone.get_default_timezone()
        clock = datetime.time(self.randint(9, 17), self.randrange(60))
        return datetime.datetime.combine(day, clock, tzinfo=paris)


class Deck:
    """Cards dealt in a shuffled order, so that shares are kept even among few people."""

    def __init__(self, shares: Mapping[str, int], chance: Chance):
        self._cards = [card for card, count in shares.items() for _ in range(count)]
        self._chance, self._left = chance, []

    def deal(self) -> str:
        if not self._left:
            self._left = self._chance.sample(self._cards, len(self._cards))
        return self._left.pop()


def days(day: datetime.date, count: int) -> datetime.date:
    return day + datetime.timedelta(days=count)


def working(day: datetime.date) -> datetime.date:
    """The day itself, or the Friday before a weekend: the order of days is kept."""
    return days(day, min(0, 4 - day.weekday()))
