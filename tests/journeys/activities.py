"""Activities, sessions and who is in them, for tests."""

import datetime

import factory
from django.utils import timezone

from journeys.activities.actions.enrolling import enrol
from journeys.activities.actions.planning import Details, add_series
from journeys.activities.models import Activity, Enrolment, Session
from journeys.activities.recurrence import Rule
from journeys.participants.models import Participant
from territories.organisations.models import Organisation
from tests.journeys.factories import ago


def moment(days: int, hour: int = 14, minute: int = 0) -> datetime.datetime:
    """That hour, so many days from today: `moment(1)` is tomorrow at 14 h, `moment(-1)` was
    yesterday."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


class ActivityFactory(factory.django.DjangoModelFactory):
    """Published, of Le WIP, in the territory given: `ActivityFactory(territory=caen)`."""

    class Meta:
        model = Activity

    organisation = factory.LazyFunction(
        lambda: Organisation.objects.get_or_create(
            slug="le-wip", defaults={"name": "Le WIP", "kind": "tiers_lieu"}
        )[0]
    )
    title = "Atelier réparation de vélos"
    pitch = "On apporte un vélo, on apprend à le réparer."
    kind = "repair"
    theme = "mobilite--entretenir-reparer-son-vehicule"
    languages = factory.LazyFunction(lambda: ["fr"])
    places = 12
    published_on = factory.LazyFunction(timezone.localdate)


class SessionFactory(factory.django.DjangoModelFactory):
    """Tomorrow from 14 h to 16 h: `SessionFactory(territory=caen)`, or `activity=…`."""

    class Meta:
        model = Session

    activity = factory.SubFactory(ActivityFactory, territory=factory.SelfAttribute("..territory"))
    territory = factory.SelfAttribute("activity.territory")
    place = factory.SelfAttribute("activity.place")
    starts_at = factory.LazyFunction(lambda: moment(1))
    ends_at = factory.LazyAttribute(lambda it: it.starts_at + datetime.timedelta(hours=2))
    places = factory.SelfAttribute("activity.places")


def enrolled(session: Session, who: Participant | str, **fields) -> Enrolment:
    """Enrol a participant, or a nickname; `part=`, `source=`… as the action takes them, so that
    places and numbers are counted. A session that is over takes walk-ins only."""
    if session.ends_at < timezone.now():
        fields.setdefault("source", "walk_in")
    named = {"nickname": who} if isinstance(who, str) else {"participant": who}
    return enrol(session=session, by=None, **named, **fields)


HOURS = Details(datetime.time(14), datetime.time(16), places=12)


def day(number: int) -> datetime.date:
    """That many days from today."""
    return ago(-number)


def series(activity: Activity, by, weeks: int = 4, **changed) -> list[Session]:
    """A session a week from tomorrow, from 14 h to 16 h."""
    rule = Rule(weekdays=(day(1).weekday(),))
    fields = {"rule": rule, "starts_on": day(1), "until_on": day(7 * weeks), "details": HOURS}
    fields |= changed
    fields.setdefault("days", fields["rule"].days(fields["starts_on"], fields["until_on"]))
    return add_series(activity=activity, by=by, **fields)
