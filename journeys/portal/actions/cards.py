"""A card printed for the person: a drawing to aim a phone at, and four figures apart from it."""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone

from journeys.participants.models import Participant
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from journeys.portal.actions.entering import account_of, hashed, is_same
from journeys.portal.actions.links import TOKEN_BYTES, Typed, refuse_after_death, sha256_of
from journeys.portal.models import CardAccess
from rtr import scope
from territories.accounts.models import User
from territories.journal.enums import Act

HOUR = datetime.timedelta(hours=1)
AN_HOUR, IN_ALL = 5, 15  # wrong figures: then one waits; then the card works no more
KEPT_FOR = datetime.timedelta(days=30)


@transaction.atomic
def give_card(*, journey: Journey, by: User) -> tuple[str, str]:
    """Make a card and return its token and its four figures, kept nowhere; one works at a time."""
    journey = begin(journey, seen=None)
    refuse_after_death(journey)
    CardAccess.objects.active().filter(participant=journey.participant).update(
        revoked_at=timezone.now()
    )
    token, pin = secrets.token_urlsafe(TOKEN_BYTES), f"{secrets.randbelow(10**4):04}"
    card = CardAccess.objects.create(
        territory_id=journey.territory_id,
        participant=journey.participant,
        token_sha256=sha256_of(token),
        pin=pin_of(token, pin),
        given_by=by,
    )
    tell(Act.CARD_GIVEN, journey=journey, by=by, about=card)
    return token, pin


def pin_of(token: str, pin: str) -> str:
    return hashed("pin", f"{token} {pin}")


@transaction.atomic
def revoke_cards(*, journey: Journey, by: User) -> None:
    journey = begin(journey, seen=None)
    if stop_cards(journey.participant):
        tell(Act.CARD_REVOKED, journey=journey, by=by)


def stop_cards(person: Participant) -> int:
    cards = CardAccess.objects.active().filter(participant=person)
    return cards.update(revoked_at=timezone.now())


def card_works(token: str) -> bool:
    return _place_of(token) is not None


def _place_of(token: str) -> int | None:
    with scope.everything("a card names its territory once found"):
        cards = CardAccess.objects.active().filter(token_sha256=sha256_of(token))
        return cards.values_list("territory_id", flat=True).first()


def use_card(*, token: str, pin: str) -> User | Typed:
    """The account behind a card and its figures. Wrong ones count for this card alone."""
    if (territory_id := _place_of(token)) is None:
        return Typed.GONE
    with scope.over([territory_id]), transaction.atomic():
        cards = CardAccess.objects.active().select_for_update(of=("self",))
        card = cards.filter(token_sha256=sha256_of(token)).first()
        if card is None:
            return Typed.GONE
        now = timezone.now()
        if card.wrong_since and card.wrong_since <= now - HOUR:
            card.wrong_since, card.wrong_lately = None, 0
        if card.wrong_lately >= AN_HOUR:
            return Typed.WAIT
        if is_same(card.pin, pin_of(token, pin)):
            card.used_at = now
            card.save(update_fields=["used_at"])
            return account_of(card.participant) or Typed.GONE
        return _count_wrong(card, now)


def _count_wrong(card: CardAccess, now: datetime.datetime) -> Typed:
    card.wrong, card.wrong_lately = card.wrong + 1, card.wrong_lately + 1
    card.wrong_since = card.wrong_since or now
    if card.wrong >= IN_ALL:
        card.revoked_at = now
    card.save(update_fields=["wrong", "wrong_lately", "wrong_since", "revoked_at"])
    if card.revoked_at:
        return Typed.GONE
    return Typed.WAIT if card.wrong_lately >= AN_HOUR else Typed.WRONG


def forget_cards(*, on: datetime.date) -> int:
    """Erase the cards stopped a month ago. Returns how many. Safe to run twice."""
    day = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min))
    return CardAccess.objects.filter(revoked_at__lt=day - KEPT_FOR).delete()[0]
