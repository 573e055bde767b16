"""People on a list, and the list as somebody reads it."""

import pytest
from django.urls import reverse

from journeys.models import EntrySituation
from tests.journeys.factories import JourneyFactory, ago, join
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


@pytest.fixture
def needs(signed_in):
    """`needs(user)["call_back"]` gives the lines of that need on the page."""

    def read(user):
        page = signed_in(user).get(reverse("today"))
        assert page.status_code == 200
        found = {}
        for group in page.context["groups"]:
            for line in group.lines:
                found.setdefault(line.need.slug, []).append(line)
        return found

    return read


@pytest.fixture
def quiet(person, referent):
    """`quiet("Kiwi")` makes a journey of which nothing is asked today."""

    def make(nickname="Kiwi", **fields):
        journey = person(nickname, **fields)
        join(journey, referent)
        if journey.entry_on:
            EntrySituation.objects.create(
                territory=journey.territory, journey=journey, completed_on=ago(1)
            )
        return journey

    return make
