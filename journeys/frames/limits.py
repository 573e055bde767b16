"""How long an immersion may last: one month, renewed once, sixty days a host in twelve months.

Source: Code du travail, D5135-3. « De date à date » is counted as article 641 of the Code de
procédure civile counts months.
"""

import calendar
import datetime
from collections import deque
from collections.abc import Collection, Iterable

from dateutil.relativedelta import relativedelta

DAYS_A_HOST = 60
CONVENTIONS_A_HOST = 2  # renewals apart
MONTHS = 12
DAY = datetime.timedelta(days=1)


def last_day_of_month_from(first: datetime.date) -> datetime.date:
    """The last day of a month that starts on this one.

    The eve of the same number in the next month; the end of that month where it has no such day.

    >>> last_day_of_month_from(datetime.date(2026, 3, 15)).isoformat()
    '2026-04-14'
    >>> last_day_of_month_from(datetime.date(2026, 1, 31)).isoformat()
    '2026-02-28'
    """
    following = first.replace(day=1) + relativedelta(months=1)
    length = calendar.monthrange(following.year, following.month)[1]
    if first.day > length:
        return following.replace(day=length)
    return following.replace(day=first.day) - DAY


def planned_days(
    first: datetime.date, last: datetime.date, weekdays: Collection[int] = ()
) -> list[datetime.date]:
    """The days that count: those of the week that were chosen, or all of them.

    Parameters: `weekdays`, 0 for Monday; none means that every day of the calendar counts.
    """
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return [day for day in days if not weekdays or day.weekday() in weekdays]


def most_in_a_year(days: Iterable[datetime.date]) -> int:
    """The greatest number of these days that any twelve months in a row hold.

    A year ends on its last day: from 10 March 2026, it holds the days until 9 March 2027.
    """
    inside, most = deque(), 0
    for day in sorted(set(days)):
        inside.append(day)
        before = day - relativedelta(months=MONTHS)
        while inside[0] <= before:
            inside.popleft()
        most = max(most, len(inside))
    return most


def within_a_year(days: Iterable[datetime.date], of: datetime.date) -> int:
    """How many of these days the twelve months that end on `of` hold."""
    return sum(of - relativedelta(months=MONTHS) < day <= of for day in set(days))
