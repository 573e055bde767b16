"""Appointments of a journey, and those of a colleague, what calls for an act first."""

import datetime
from types import SimpleNamespace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.appointments.enums import AppointmentStatus, Side
from journeys.appointments.models import Appointment
from journeys.appointments.saying import Shown
from journeys.pathway.models import Journey
from territories.accounts.models import User

PAST_SHOWN = 20
MOST = 200
HEADINGS = {
    "repondre": _("À répondre"),
    "noter": _("À noter : a-t-il eu lieu ?"),
    "jour": _("Aujourd’hui"),
    "semaine": _("Cette semaine"),
    "apres": _("Plus tard"),
}


def shown(rows, side: str, may_act: bool = True) -> list[Shown]:
    return [Shown(row, side, may_act) for row in rows]


def of_journey(journey: Journey, side: str, may_act: bool = True) -> SimpleNamespace:
    """Those to come, the soonest first; those to note and those behind, the last first."""
    rows = journey.appointments.select_related("with_user", "place", "recorded_by")
    now = timezone.now()
    ahead = rows.live().filter(starts_at__gt=now)
    behind = rows.exclude(pk__in=ahead.values("pk")).order_by("-starts_at", "-pk")
    return SimpleNamespace(
        ahead=shown(ahead.order_by("starts_at", "pk"), side, may_act),
        behind=shown(behind[:PAST_SHOWN], side, may_act),
    )


def next_of(journey: Journey) -> Shown | None:
    """The person's next one, as they read it."""
    rows = journey.appointments.ahead().select_related("with_user", "place")
    row = rows.order_by("starts_at", "pk").first()
    return Shown(row, Side.PERSON) if row else None


def mine(user: User, places: set[int]) -> list[tuple[str, str, list[Shown]]]:
    """A colleague's own: (slug, heading, rows), what calls for an act first."""
    rows = Appointment.objects.visible_to(user).with_colleague(user).live()
    rows = rows.filter(territory__in=places).order_by("starts_at", "pk")
    rows = rows.select_related("journey__participant", "with_user", "place")[:MOST]
    today = timezone.localdate()
    groups: dict[str, list[Shown]] = {slug: [] for slug in HEADINGS}
    for one in shown(rows, Side.TEAM):
        groups[_group(one.row, today)].append(one)
    return [(slug, HEADINGS[slug], found) for slug, found in groups.items() if found]


def _group(row: Appointment, today: datetime.date) -> str:
    if row.is_past:
        return "noter"
    if row.awaits(Side.TEAM) or row.status == AppointmentStatus.TO_CHANGE:
        return "repondre"
    if row.on == today:
        return "jour"
    return "semaine" if row.on <= today + datetime.timedelta(days=6) else "apres"


def today_of(user: User, places: set[int]) -> list[Shown]:
    """« Vos rendez-vous du jour », for « Aujourd'hui »."""
    rows = Appointment.objects.visible_to(user).with_colleague(user).live()
    rows = rows.filter(territory__in=places, starts_at__date=timezone.localdate())
    rows = rows.select_related("journey__participant", "with_user", "place")
    return shown(rows.order_by("starts_at", "pk")[:20], Side.TEAM)
