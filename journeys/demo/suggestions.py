"""« Pas pour moi »: what a few people do not wish to be suggested."""

import datetime

from journeys.activities.models import Activity
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
    lately = today - datetime.timedelta(days=60)
    people = Journey.objects.filter(territory=ground.territory, last_contact_on__gte=lately)
    people = people.order_by("pk").values_list("pk", "participant", "participant__user")
    rows = []
    for journey, participant, user in people[:LOOKED_AT]:
        unknown = offer.exclude(sessions__enrolments__participant=participant)
        unknown = list(unknown.values_list("pk", flat=True)) if chance.happens(SHARE) else []
        if not unknown:
            continue
        rows += [
            NotForMe(
                **ground.of,
                journey_id=journey,
                activity_id=activity,
                on=chance.ago(today, 1, 30),
                by_id=user or chance.choice(ground.team.referents).user.pk,
            )
            for activity in chance.some(unknown, 2)
        ]
    NotForMe.objects.bulk_create(rows)
