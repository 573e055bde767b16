"""People on a list, and the list as somebody reads it."""

import pytest
from django.urls import reverse

from tests.journeys.factories import JourneyFactory
from tests.journeys.lists import nicknames


@pytest.fixture
def person(caen, le_dome):
    """`person("Kiwi")` makes a journey in Caen, with that nickname."""

    def make(nickname, territory=caen, **fields):
        details = {f"participant__{k}": v for k, v in fields.pop("participant", {}).items()}
        details.setdefault("participant__organisation", le_dome)
        return JourneyFactory(
            territory=territory, participant__nickname=nickname, **details, **fields
        )

    return make


@pytest.fixture
def shown(signed_in):
    """`shown(user, phase="insertion")` gives the nicknames on the page, in order."""

    def read(user, **query):
        page = signed_in(user).get(reverse("participants"), query, follow=True)
        assert page.status_code == 200
        return nicknames(page)

    return read
