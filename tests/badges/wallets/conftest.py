"""Kiwi, who holds a badge; a neighbour; a wallet."""

import pytest
from django.test import Client

from badges.credentials.actions import award
from journeys.portal.actions import account_of
from journeys.recognition.holding import recipient_of
from rtr import scope
from tests.badges.factories import signed
from tests.badges.wallet import (
    Wallet,
)
from tests.journeys.factories import JourneyFactory


@pytest.fixture
def holder(kiwi):
    """Kiwi, as the engine knows them."""
    with scope.over([kiwi.territory_id]):
        account_of(kiwi.participant)
        kiwi.participant.refresh_from_db()
        yield recipient_of(kiwi.participant)


@pytest.fixture
def awarded(holder, version, issuer, coordinator):
    return award(recipient=holder, version=version, issuer=issuer, by=coordinator)


@pytest.fixture
def phone(holder):
    """Kiwi's handset, where they are in."""
    handset = Client()
    handset.force_login(holder.user)
    return handset


@pytest.fixture
def wallet(db):
    return Wallet()


@pytest.fixture
def neighbour(caen, le_dome, version, issuer, coordinator):
    """Another person of Caen, who holds a badge."""
    journey = JourneyFactory(territory=caen, participant__organisation=le_dome)
    with scope.over([caen.pk]):
        account_of(journey.participant)
        recipient = recipient_of(type(journey.participant).objects.get(pk=journey.participant_id))
        badge = award(recipient=recipient, version=version, issuer=issuer, by=coordinator)
    handset = Client()
    handset.force_login(recipient.user)
    return {"phone": handset, "badge": signed(badge), "recipient": recipient}
