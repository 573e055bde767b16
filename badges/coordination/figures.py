"""What a house's badges amount to: numbers only.

Whoever may read each badge there sees exact numbers. For others a number of people under 11 is
not told and the rest are rounded to the ten, totals too: no subtraction brings one back
(docs/decisions/0011).
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.credentials.enums import State
from badges.credentials.models import CollectionItem, Credential, ShareLink
from rtr.lib import french
from territories.accounts.models import User
from territories.organisations.models import Organisation

FEWEST = 11
MONTHS = 12


@dataclass(frozen=True)
class Line:
    label: str
    said: str
    share: int  # of the largest, in hundredths, of what is said


@dataclass(frozen=True)
class Figures:
    is_exact: bool
    total: str
    signed: str
    shared: str
    months: list[Line]
    badges: list[Line]


def awarded_by(house: Organisation, user: User):
    """Badges that the house recognised, there where the person works for one."""
    places = user.territories_where("badges.of_house")
    return Credential.objects.filter(organisation=house, territory__in=places)


def is_exact(user: User) -> bool:
    """Whether the person could count the rows one by one anyway."""
    return user.territories_where("badges.of_house") <= user.territories_where("badges.read_all")


def told(count: int, *, exact: bool) -> str:
    """A number as it may be said.

    >>> told(7, exact=False), told(0, exact=False), told(7, exact=True), told(26, exact=False)
    ('moins de 11', '0', '7', 'environ 30')
    """
    if exact or not count:
        return french.figures(count)
    if count < FEWEST:
        return _("moins de 11")
    return _("environ %(count)s") % {"count": french.figures(_rounded(count))}


def _rounded(count: int) -> int:
    return (count + 5) // 10 * 10


def figures_of(house: Organisation, user: User) -> Figures:
    rows, exact = awarded_by(house, user).exclude(state=State.REVOKED), is_exact(user)
    held = CollectionItem.objects.filter(credential=OuterRef(OuterRef("pk"))).values("collection")
    shown = ShareLink.objects.open().filter(Q(credential=OuterRef("pk")) | Q(collection__in=held))
    sums = rows.annotate(is_shared=Exists(shown)).aggregate(
        total=Count("pk"),
        signed=Count("pk", filter=Q(state=State.SIGNED)),
        shared=Count("pk", filter=Q(is_shared=True)),
    )
    name = "version__achievement__name"
    by_badge = rows.values("version__achievement", name).annotate(n=Count("pk"))
    by_badge = [(row[name], row["n"]) for row in by_badge.order_by("-n", name)]
    return Figures(
        is_exact=exact,
        total=told(sums["total"], exact=exact),
        signed=told(sums["signed"], exact=exact),
        shared=told(sums["shared"], exact=exact),
        months=_lines(_months(rows), exact),
        badges=_lines(by_badge, exact),
    )


def _months(rows) -> list[tuple[str, int]]:
    """The last twelve, empty ones too, by name."""
    today = timezone.localdate().replace(day=1)
    first = today.replace(year=today.year - 1)
    since = timezone.make_aware(datetime.datetime.combine(first, datetime.time.min))
    by_month = rows.filter(awarded_on__gte=since).annotate(month=TruncMonth("awarded_on"))
    found = {
        month.date(): count
        for month, count in by_month.values_list("month").annotate(n=Count("pk")).order_by("month")
    }
    steps = [today.year * 12 + today.month - 1 - back for back in range(MONTHS)]
    days = [datetime.date(step // 12, step % 12 + 1, 1) for step in reversed(steps)]
    return [(french.month(day), found.get(day, 0)) for day in days]


def _lines(pairs: list[tuple[str, int]], exact: bool) -> list[Line]:
    sizes = [count if exact else _shown(count) for _label, count in pairs]
    most = max(sizes, default=0) or 1
    return [
        Line(label, told(count, exact=exact), round(100 * size / most))
        for (label, count), size in zip(pairs, sizes, strict=True)
    ]


def _shown(count: int) -> int:
    """The length of a bar says no more than its words: none for a number that is not told."""
    return _rounded(count) if count >= FEWEST else 0
