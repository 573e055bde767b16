"""A calendar to subscribe to, in iCalendar (RFC 5545): titles, places, hours; nobody's name."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from icalendar import Calendar, Event

from journeys.activities.models import Enrolment, Session
from territories.accounts.models import User

PAST, AHEAD = datetime.timedelta(days=30), datetime.timedelta(days=366)
MOST = 2000
REFRESHED = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Moment:
    """Something else of somebody's day; `title` names nobody. `is_sure`: agreed by both."""

    uid: str
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    where: str = ""
    is_sure: bool = True
    sequence: int = 0


_others: list[Callable[[User], list[Moment]]] = []


def also(function: Callable[[User], list[Moment]]) -> Callable[[User], list[Moment]]:
    """Called by a later chapter whose moments belong in the feed; usable as a decorator."""
    _others.append(function)
    return function


def others_of(user: User) -> list[Moment]:
    return [moment for function in _others for moment in function(user)]


def sessions_of(user: User) -> list[Session]:
    """A participant's own; else those one animates, and the territory's for who coordinates it."""
    now = timezone.now()
    rows = Session.objects.filter(starts_at__gte=now - PAST, starts_at__lt=now + AHEAD)
    if user.territory_id:
        mine = Enrolment.objects.filter(participant__user=user.pk).enrolled()
        rows = rows.filter(pk__in=mine.values("session"))
    else:
        everywhere = user.territories_where("activities.write_all")
        rows = rows.filter(Q(territory__in=everywhere) | Q(staff__user=user.pk)).distinct()
    return list(
        rows.select_related("activity", "place__commune").order_by("starts_at", "pk")[:MOST]
    )


def written(sessions: list[Session], others: list[Moment] = ()) -> bytes:
    """The feed. Hours are those of Paris, with the rules of its clock (VTIMEZONE)."""
    calendar = Calendar()
    calendar.add("prodid", "-//RTR//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Agenda")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESHED, {"VALUE": "DURATION"})
    for session in sessions:
        calendar.add_component(_event(session))
    for moment in others:
        calendar.add_component(_other(moment))
    if sessions or others:
        calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(session: Session) -> Event:
    paris = timezone.get_default_timezone()
    event = Event()
    event.add("uid", f"seance-{session.pk}@rtr")
    event.add("summary", session.activity.title)
    event.add("dtstart", session.starts_at.astimezone(paris))
    event.add("dtend", session.ends_at.astimezone(paris))
    # The same session always gives the same bytes, so that an ETag holds.
    event.add("dtstamp", session.starts_at.astimezone(datetime.UTC))
    event.add("sequence", session.version)
    if session.place:
        event.add("location", _where(session.place))
    if session.cancelled_at:
        event.add("status", "CANCELLED")
    return event


def _other(moment: Moment) -> Event:
    paris = timezone.get_default_timezone()
    event = Event()
    event.add("uid", moment.uid)
    event.add("summary", moment.title)
    event.add("dtstart", moment.starts_at.astimezone(paris))
    event.add("dtend", moment.ends_at.astimezone(paris))
    event.add("dtstamp", moment.starts_at.astimezone(datetime.UTC))
    event.add("sequence", moment.sequence)
    event.add("status", "CONFIRMED" if moment.is_sure else "TENTATIVE")
    if moment.where:
        event.add("location", moment.where)
    return event


def _where(place) -> str:
    town = " ".join(filter(None, [place.postcode, str(place.commune or "")]))
    return ", ".join(filter(None, [place.name, place.address, town]))
