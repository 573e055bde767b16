"""Activities that may be suggested, and people who came to some, for tests."""

from collections.abc import Iterable

from journeys.activities.models import Activity, Session
from journeys.experiences.models import Experience, Reflection
from journeys.models import Strength
from journeys.pathway.models import Journey
from journeys.suggestions.suggesting import Idea, ideas_for
from territories.organisations.models import Organisation
from tests.journeys.activities import ActivityFactory, SessionFactory, enrolled, moment
from tests.journeys.factories import JourneyFactory, ago

LINK = "remobilisation--lien-social"
BIKES = "mobilite--entretenir-reparer-son-vehicule"


def offered(title: str, territory, *, days: int = 7, hour: int = 14, **fields) -> Activity:
    """An activity with a session in so many days; of its own house unless one is given."""
    pitch = fields.pop("pitch", title)
    fields.setdefault("kind", "workshop")
    fields.setdefault("theme", "")
    fields.setdefault("published_on", ago(100))
    if "organisation" not in fields:
        fields["organisation"] = Organisation.objects.create(
            name=f"Maison de {title}"[:60], slug=f"m-{Activity.objects.count()}", kind="association"
        )
    activity = ActivityFactory(territory=territory, title=title, pitch=pitch, **fields)
    if days:
        SessionFactory(
            activity=activity, starts_at=moment(days, hour), ends_at=moment(days, hour + 1)
        )
    return activity


def came(journey: Journey, activity: Activity, *, days: int = 120, hour: int = 10) -> Session:
    """Was at a session of it so many days ago: long enough to be suggested it again."""
    session = Session.objects.filter(activity=activity, starts_at=moment(-days, hour)).first()
    if session is None:
        session = SessionFactory(
            activity=activity, starts_at=moment(-days, hour), ends_at=moment(-days, hour + 1)
        )
    row = enrolled(session, journey.participant)
    row.attendance, row.recorded_at = "present", session.ends_at
    row.save(update_fields=["attendance", "recorded_at"])
    return session


def crowd(activities: Iterable[Activity], people: int, organisation) -> None:
    """So many people came to all of them."""
    activities = list(activities)
    for _person in range(people):
        other = JourneyFactory(
            territory=activities[0].territory, participant__organisation=organisation
        )
        for hour, activity in enumerate(activities, start=8):
            came(other, activity, days=200, hour=hour)


def says(journey: Journey, text: str, kind: str = "talent") -> Strength:
    return Strength.objects.create(
        territory=journey.territory, journey=journey, kind=kind, text=text
    )


def tells(journey: Journey, title: str, by, reader: str = "team", **words) -> Reflection:
    """What the person says of something they lived."""
    of = {"territory": journey.territory, "journey": journey}
    experience = Experience.objects.create(**of, title=title, from_on=ago(30))
    return Reflection.objects.create(
        **of, experience=experience, teller="person", written_by=by, reader=reader, **words
    )


def titles(journey: Journey, reader) -> list[str]:
    return [idea.activity.title for idea in found(journey, reader)]


def found(journey: Journey, reader) -> list[Idea]:
    refused = journey.not_for_me.values_list("activity_id", flat=True)
    return ideas_for(journey, reader=reader, refused=list(refused)).ideas
