"""Ideas for somebody: at most five activities with the next session each, and why."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from journeys.pathway.models import Journey
from journeys.suggestions import reading
from journeys.suggestions.fitting import model_of
from journeys.suggestions.reading import Occasion, Offered, Visit
from journeys.suggestions.scoring import Item, Part, Scorer, chosen, ranked
from territories.accounts.models import User


@dataclass(frozen=True)
class Idea:
    activity: Offered
    session: Occasion
    parts: list[Part]


@dataclass(frozen=True)
class Ideas:
    """`is_blank`: nothing is known yet of what the person likes; what is near and soon is shown."""

    ideas: list[Idea]
    is_blank: bool


def ideas_for(
    journey: Journey,
    *,
    reader: User,
    refused: Collection[int],
    now: datetime.datetime | None = None,
) -> Ideas:
    """The same ideas for the same data on the same day.

    Parameters: `reader`, who looks: what the person did not let them read plays no part;
    `refused`, activities that are « pas pour moi ».
    """
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    offer = reading.offer_of(journey.territory_id)
    visits = reading.visits_of(journey)
    profile = reading.profile_of(
        visits,
        reading.said_by(journey, reader),
        house=journey.participant.organisation_id,
        language=reading.language_of(journey),
    )
    scorer = Scorer(model_of(journey.territory_id, offer, today), profile, today)
    occasions = _next(reading.occasions_of(journey.territory_id, now), visits, refused, today)
    activities = {one.pk: one for one in offer if one.is_suggestible and one.closed_on is None}
    items = [
        reading.item_of(activities[pk], occasion.starts_at)
        for pk, occasion in occasions.items()
        if pk in activities
    ]

    def idea(item: Item) -> Idea:
        return Idea(activities[item.pk], occasions[item.pk], scorer.parts(item))

    return Ideas([idea(item) for item in chosen(ranked(scorer, items))], profile.is_blank)


def _next(
    occasions: list[Occasion], visits: list[Visit], refused: Collection[int], today: datetime.date
) -> dict[int, Occasion]:
    """Each activity's first session that the person is free for, save what they know already."""
    again = today - datetime.timedelta(days=reading.AGAIN_DAYS)
    known = {one.activity for one in visits if timezone.localtime(one.starts_at).date() >= again}
    found: dict[int, Occasion] = {}
    for one in occasions:
        busy = any(v.starts_at < one.ends_at and one.starts_at < v.ends_at for v in visits)
        if not (busy or one.activity in known or one.activity in refused):
            found.setdefault(one.activity, one)
    return found
