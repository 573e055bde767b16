"""One's appointments in one's private feed: a day, an hour, a place; nobody's name."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.calendars import AHEAD, MOST, PAST, Moment, also
from journeys.appointments.enums import AppointmentStatus, Mode
from journeys.appointments.models import Appointment
from territories.accounts.models import User


@also
def moments_of(user: User) -> list[Moment]:
    """A participant's own, or a colleague's own; those called off are gone."""
    now = timezone.now()
    mine = Q(journey__participant__user=user.pk) if user.territory_id else Q(with_user=user.pk)
    rows = Appointment.objects.visible_to(user).filter(mine)
    rows = rows.filter(starts_at__gte=now - PAST, starts_at__lt=now + AHEAD)
    rows = rows.exclude(status=AppointmentStatus.CANCELLED).select_related("place")
    return [_moment(row) for row in rows.order_by("starts_at", "pk")[:MOST]]


def _moment(row: Appointment) -> Moment:
    where = row.get_mode_display() if row.mode != Mode.MEET else row.where
    return Moment(
        uid=f"rendez-vous-{row.pk}@rtr",
        title=_("Rendez-vous"),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        where=row.place.name if row.place else where,
        is_sure=row.status not in (AppointmentStatus.PROPOSED, AppointmentStatus.TO_CHANGE),
        sequence=row.version,
    )
