"""Ways in to try: a card and a shared phone that anybody may use, and cards of others."""

import datetime

from django.db.models import Case, When
from django.utils import timezone

from journeys.demo.chance import Chance
from journeys.models import CardAccess, Journey
from journeys.participants.models import Participant
from journeys.portal.actions.cards import pin_of, sha256_of
from journeys.portal.demo import PHONE, PIN, TOKEN
from rtr.lib import french

PLACE = "caen-la-mer"  # of the first accounts of the demonstration
SHARED_BY, SHARE_WITH_CARD = 2, 0.06


def write_entering(chance: Chance, today: datetime.date) -> None:
    here = Journey.objects.filter(entry_on__isnull=False).not_left().order_by("pk")
    # A very small demonstration may have nobody there, or nobody at all.
    first = Case(When(territory__slug=PLACE, then=0), default=1)
    tried = here.order_by(first, "pk")[: 1 + SHARED_BY]
    people = [journey.participant_id for journey in tried]
    number = french.phone(PHONE).replace(french.NBSP, " ")
    Participant.objects.filter(pk__in=people[1:]).update(contact=number)
    cards = []
    for journey in here.select_related("participant"):
        is_tried = journey.participant_id in people[:1]
        if is_tried or chance.happens(SHARE_WITH_CARD):
            token = TOKEN if is_tried else f"{chance.getrandbits(256):x}"
            pin = PIN if is_tried else f"{chance.randint(0, 9999):04}"
            given_on = max(journey.entry_on, today - datetime.timedelta(days=300))
            given_at = timezone.make_aware(datetime.datetime.combine(given_on, datetime.time(10)))
            cards.append(
                CardAccess(
                    territory_id=journey.territory_id,
                    participant_id=journey.participant_id,
                    token_sha256=sha256_of(token),
                    pin=pin_of(token, pin),
                    given_at=given_at,
                )
            )
    CardAccess.objects.bulk_create(cards)
