"""What else happens at that moment, in words: a warning, never a refusal."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities.models import Session
from journeys.appointments.models import Appointment
from journeys.pathway.models import Journey
from rtr.lib import tongue
from territories.accounts.models import User

OF_PERSON = (
    gettext_lazy("%(name)s a déjà un rendez-vous avec %(who)s %(span)s."),
    gettext_lazy("%(name)s a sa place à « %(title)s » %(span)s."),
)
TO_PERSON = (
    gettext_lazy("Vous avez déjà un rendez-vous avec %(who)s %(span)s."),
    gettext_lazy("Vous avez déjà « %(title)s » %(span)s."),
)


def of_colleague(user: User, starts_at, ends_at, *, but: int | None = None) -> list[str]:
    """Other appointments, of nobody in particular: whom a colleague meets is not told."""
    name, found = user.first_name, []
    others = Appointment.objects.with_colleague(user).overlapping(starts_at, ends_at)
    for other in others.exclude(pk=but).order_by("starts_at")[:3]:
        words = {"name": name, "span": _span(other.starts_at, other.ends_at)}
        found.append(_("%(name)s a déjà un rendez-vous %(span)s.") % words)
    sessions = Session.objects.held().filter(staff__user=user)
    for session in _at(sessions, starts_at, ends_at):
        words = {"name": name, "title": session.activity.title, "span": _of(session)}
        found.append(_("%(name)s anime « %(title)s » %(span)s.") % words)
    return found


def of_person(
    journey: Journey, starts_at, ends_at, *, but: int | None = None, to_person: bool = False
) -> list[str]:
    """What the person has at that moment: another appointment, a session where they have a place.

    `to_person`: said to them, « vous ».
    """
    name, found = journey.participant.nickname, []
    meets, attends = TO_PERSON if to_person else OF_PERSON
    others = journey.appointments.overlapping(starts_at, ends_at).exclude(pk=but)
    for other in others.select_related("with_user").order_by("starts_at")[:3]:
        words = {
            "name": name,
            "who": tongue.own(other.with_user.first_name),
            "span": _span(other.starts_at, other.ends_at),
        }
        found.append(str(meets) % words)
    sessions = Session.objects.held().filter(
        enrolments__participant=journey.participant_id, enrolments__status="enrolled"
    )
    for session in _at(sessions, starts_at, ends_at):
        title = tongue.own(session.activity.title)
        found.append(str(attends) % {"name": name, "title": title, "span": _of(session)})
    return found


def of_appointment(appointment: Appointment) -> list[str]:
    span = (appointment.starts_at, appointment.ends_at)
    return [
        *of_colleague(appointment.with_user, *span, but=appointment.pk),
        *of_person(appointment.journey, *span, but=appointment.pk),
    ]


def _at(sessions, starts_at, ends_at):
    found = sessions.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    return found.select_related("activity").order_by("starts_at").distinct()[:3]


def _of(session: Session) -> str:
    return _span(session.starts_at, session.ends_at)


def _span(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """« de 14 h à 14 h 45 »."""
    return tongue.hours(starts_at, ends_at)
