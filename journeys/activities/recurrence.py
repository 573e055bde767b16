"""Sessions that come back: a rule of RFC 5545, always with an end."""

import datetime
from dataclasses import dataclass

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_SESSIONS = 60
LONGEST = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Rule:
    """Each `every` weeks on these weekdays (0 is Monday), or each month on the same one.

    Source: RFC 5545, 3.3.10; kept as its text in `Series.rule`.
    """

    weekdays: tuple[int, ...]
    every: int = 1
    monthly_nth: int = 0  # 1 to 4, -1 for the last: monthly; 0: weekly

    def days(self, first: datetime.date, until: datetime.date) -> list[datetime.date]:
        """The days of the rule, both ends included. Raises ValidationError when there is no end in
        sight: more than a year, more than 60 sessions; or none."""
        if until - first > LONGEST:
            raise ValidationError(
                {"until_on": _("Une série dure un an au plus : choisissez une fin plus proche.")}
            )
        start = datetime.datetime.combine(first, datetime.time())
        end = datetime.datetime.combine(until, datetime.time())
        found = [moment.date() for moment in self._rrule(start, end)]
        if not found:
            raise ValidationError({"until_on": _("Aucune séance entre ces deux jours.")})
        if len(found) > MOST_SESSIONS:
            text = _("Cette série ferait %(count)s séances : %(most)s au plus.")
            raise ValidationError({"until_on": text % {"count": len(found), "most": MOST_SESSIONS}})
        return found

    def text(self) -> str:
        """The rule as RFC 5545 writes it, without its days."""
        return str(self._rrule(None, None)).replace("RRULE:", "")

    def _rrule(self, start, end) -> rrule:
        weekdays = [weekday(day, self.monthly_nth or None) for day in self.weekdays]
        frequency = MONTHLY if self.monthly_nth else WEEKLY
        return rrule(frequency, start, self.every, byweekday=weekdays, until=end)
