"""« Pas pour moi »: what a few people do not wish to be suggested."""

import datetime

from journeys.activities.models import Activity, Enrolment
from journeys.demo.chance import Chance
from journeys.demo.ground import Ground
from journeys.pathway.models import Journey
from journeys.suggestions.models import NotForMe

SHARE = 0.08  # of those who came lately
LOOKED_AT = 500  # people of a territory


def write_suggestions(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        _write(ground, chance, today)


def _write(ground: Ground, chance: Chance, today: datetime.date) -> None:
    """Of activities they never came to; said by who has an account, or by the team."""
    offer = Activity.objects.filter(territory=ground.territory).order_by("pk")
    offer = list(offer.values_list("pk", flat=True))
    tried = Enrolment.objects.filter(territory=ground.territory, participant__isnull=False)
    tried = set(tried.values_list("participant", "session__activity"))
    lately = today - datetime.timedelta(days=60)
    people = Journey.objects.filter(territory=ground.territory, last_contact_on__gte=lately)
    people = people.order_by("pk").values_list("pk", "participant", "participant__user")
    rows = []
    for journey, participant, user in people[:LOOKED_AT]:
        if not chance.happens(SHARE):
            continue
        unknown = [activity for activity in offer if (participant, activity) not in tried]
        rows += [
            NotForMe(
                **ground.of,
                journey_id=journey,
                activity_id=activity,
                on=chance.ago(today, 1, 30),
                by_id=user or chance.choice(ground.team.referents).user.pk,
            )
            for activity in (chance.some(unknown, 2) if unknown else [])
        ]
    NotForMe.objects.bulk_create(rows)
