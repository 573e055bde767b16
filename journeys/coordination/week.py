"""The dated things of the seven next days, and how many journeys there are."""

import datetime
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.appointments.models import Appointment
from journeys.contracts.models import Contract
from journeys.coordination import people
from journeys.coordination.needs import Looking, plus
from journeys.coordination.reasons import PROGRAMME, journeys
from journeys.pathway.enums import Status
from journeys.pathway.models import Absence, FollowUp
from rtr.lib import french

DAYS = 7
NAMED = 3  # people of one kind named in a day; beyond, a number
KINDS = {
    "appointment": gettext_lazy("Rendez-vous"),
    "return": gettext_lazy("Reprise prévue"),
    "follow_up": gettext_lazy("Nouvelles à prendre"),
    "limit": gettext_lazy("Limite du parcours"),
    "contract": gettext_lazy("Dernier jour pour signer"),
}


@dataclass
class Day:
    on: datetime.date
    is_today: bool
    things: list[SimpleNamespace] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        return french.day(self.on).split(french.NBSP)[0]

    @property
    def month(self) -> str:
        return french.month_short(self.on)


def week(looking: Looking) -> list[Day]:
    """Days that hold something, in one query: people named up to three, counted beyond."""
    first, *rest = [_of_kind(kind, rows, day) for kind, rows, day in _kinds(looking)]
    until = looking.today + datetime.timedelta(days=DAYS - 1)
    days: dict[datetime.date, Day] = {}
    for on, kind, files, names in first(looking.today, until).union(
        *[each(looking.today, until) for each in rest], all=True
    ):
        day = days.setdefault(on, Day(on, on == looking.today))
        day.things.append(SimpleNamespace(word=KINDS[kind], who=_who(files, names)))
    return sorted(days.values(), key=lambda day: day.on)


def _kinds(looking: Looking) -> list[tuple]:
    def of(model) -> QuerySet:
        return model.objects.visible_to(looking.user).filter(territory__in=looking.places)

    drafts = of(Contract).prepared().filter(journey__entry_on=None)
    mine = of(Appointment).with_colleague(looking.user).ahead()
    mine = mine.exclude(starts_at__date=looking.today)  # said apart, with their hour
    noted = "journey__participant__identified_on"
    return [
        ("appointment", mine, TruncDate("starts_at")),
        ("return", of(Absence).pauses().filter(until_on=None), F("expected_return_on")),
        ("follow_up", of(FollowUp).pending(), F("opens_on")),
        ("contract", drafts, plus(noted, f"{PROGRAMME}unsigned_contract_days")),
        ("limit", journeys(looking).contracted().not_left(), F("limit_on")),
    ]


def _of_kind(kind: str, rows: QuerySet, day):
    """(day, kind, journeys, nicknames) between two days."""
    is_journey = kind == "limit"
    file = "pk" if is_journey else "journey"
    name = "participant__nickname" if is_journey else "journey__participant__nickname"

    def between(first, last) -> QuerySet:
        dated = rows.order_by().annotate(day=day, kind_=Value(kind, CharField()))
        dated = dated.filter(day__gte=first, day__lte=last).values("day", "kind_")
        gathered = dated.annotate(
            files=ArrayAgg(file, order_by=file), names=ArrayAgg(name, order_by=file)
        )
        return gathered.values_list("day", "kind_", "files", "names")

    return between


def _who(files: list[int], names: list[str]) -> SafeString:
    links = [
        format_html('<a href="{}">{}</a>', reverse("journey", args=[pk]), name)
        for pk, name in zip(files[:NAMED], names[:NAMED], strict=True)
    ]
    if left := len(files) - NAMED:
        if left > 0:
            words = french.plural(left, _("autre"), _("autres"))
            links.append(f"{french.spelled(left)} {words}")
    *first, last = links
    if not first:
        return format_html("{}", last)
    return format_html(_("{} et {}"), format_html_join(", ", "{}", ((f,) for f in first)), last)


def figures(looking: Looking) -> list[SimpleNamespace]:
    """How many journeys are where, each with the list that shows them."""
    found = []
    for status in (Status.BUTINAGE, Status.ACTIVE, Status.PAUSED, Status.OVERDUE):
        rows = people.journeys_of(looking.user, looking.places).in_status(status)
        count = people.counted(rows)
        if count:
            url = f"{reverse('participants')}?status={status.value}"
            found.append(SimpleNamespace(word=status.label, count=_figure(count), url=url))
    return found


def _figure(count: int) -> str:
    if count > people.MOST_COUNTED:
        return _("plus de %(most)s") % {"most": french.figures(people.MOST_COUNTED)}
    return french.figures(count)
