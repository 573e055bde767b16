"""Reasons are true: each is among the largest parts of its score, which falls without it."""

from collections import Counter
from dataclasses import replace

import pytest
from django.utils import timezone

from journeys.pathway.models import Journey
from journeys.suggestions import fitting, reading
from journeys.suggestions.saying import because, because_of, moment, reasons
from journeys.suggestions.scoring import SAYS, Item, Part, Profile, Scorer, Why
from rtr import scope
from territories.models import Place
from tests.figures import figure
from tests.journeys.factories import JourneyFactory, ago, join
from tests.journeys.ideas import came, crowd, found, offered, says, tells


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def people(kiwi, caen, le_dome, coordinator) -> list[Journey]:
    """Some whose reasons are of every kind."""
    room = Place.objects.create(
        territory=caen, name="Le fablab", commune=caen.communes.create(name="Colombelles")
    )
    near = Place.objects.create(territory=caen, name="Le WIP", commune=room.commune)
    titles = ("Couture", "Cuisine du monde", "Réparer un vélo", "Théâtre", "Jardin partagé")
    offer = [offered(title, caen, place=room, hour=9 + rank) for rank, title in enumerate(titles)]
    offer += [
        offered("Ciné-club", caen, place=near, languages=["fr", "uk"], hour=15),
        offered("Atelier", caen, published_on=ago(3), organisation=le_dome, days=20),
    ]
    past = offered("Tricot et couture", caen, days=0, place=room)
    crowd([past, offer[3]], 6, le_dome)
    others = [
        JourneyFactory(territory=caen, participant__organisation=le_dome) for _one in range(5)
    ]
    says(kiwi, "Broder", "dream")
    join(others[1], coordinator, "coordinator")
    says(others[0], "Jouer dans un spectacle")
    says(others[0], "Un potager à moi", "lived")
    tells(others[1], "Le club", coordinator, liked="Le vélo", learnt="À faire pousser des tomates")
    came(others[2], past, days=119, hour=9)
    came(others[3], offered("Échecs", caen, days=0, place=near), days=119, hour=15)
    return [kiwi, *others]


def without(profile: Profile, part: Part) -> Profile:
    """The person as they would be without what the part comes from."""
    if part.why in SAYS:
        return replace(profile, said=tuple(one for one in profile.said if one != part.source))
    if part.why in (Why.RESEMBLES, Why.ALIKE):
        return replace(profile, came=_less(profile.came, part.source))
    held = {Why.PLACE: "places", Why.COMMUNE: "communes", Why.TIME: "slots"}
    if part.why in held:
        name = held[part.why]
        return replace(profile, **{name: _less(getattr(profile, name), part.source)})
    if part.why == Why.HOUSE:
        return replace(profile, house=None)
    return replace(profile, language="") if part.why == Why.LANGUAGE else profile


def _less(counter: Counter, key) -> Counter:
    return Counter({one: count for one, count in counter.items() if one != key})


def without_item(item: Item, part: Part) -> Item:
    """The activity as it would be, were it neither new nor soon."""
    later = {Why.NEW: {"published_on": ago(400)}, Why.SOON: {"on": ago(-400)}}
    return replace(item, **later.get(part.why, {}))


def test_each_reason_is_a_largest_part_and_the_score_falls_without_it(people, coordinator):
    checked: Counter[Why] = Counter()
    today = timezone.localdate()
    for journey in people:
        offer = reading.offer_of(journey.territory_id)
        model = fitting.model_of(journey.territory_id, offer, today)
        profile = reading.profile_of(
            reading.visits_of(journey),
            reading.said_by(journey, coordinator),
            house=journey.participant.organisation_id,
        )
        for idea in found(journey, coordinator):
            item = reading.item_of(idea.activity, idea.session.starts_at)
            parts = Scorer(model, profile, today).parts(item)
            assert parts == idea.parts  # recomputed
            score = sum(part.value for part in parts)
            named = reasons(parts)
            assert named
            for part in named:
                assert sum(other.value > part.value for other in parts) < len(named)
                less = Scorer(model, without(profile, part), today)
                assert less.score(without_item(item, part)) < score - 1e-9
                checked[part.why] += 1

    assert {Why.DREAM, Why.STRENGTH, Why.LIKED, Why.RESEMBLES, Why.ALIKE, Why.PLACE} <= set(checked)
    figure("raisons dites, recalculées", sum(checked.values()), "toutes vraies")


def test_reasons_are_easy_sentences_to_the_person_and_one_sentence_to_the_team():
    parts = [
        Part(Why.DREAM, 1.0, "Ouvrir un food-truck"),
        Part(Why.TIME, 0.5, (1, "morning")),
        Part(Why.SOON, 0.4),
    ]

    assert because(parts).replace("\u00a0", " ") == (
        "Vous avez dit : « Ouvrir un food-truck ». Vous venez déjà à ce moment : mardi matin."
    )
    assert because_of(parts, "Inès").replace("\u00a0", " ") == (
        "Parce qu’Inès a dit « Ouvrir un food-truck » et que c’est le mardi matin,"
        " comme d’autres fois."
    )


def test_two_things_said_are_one_reason():
    parts = [Part(Why.DREAM, 1.0, "Coudre"), Part(Why.STRENGTH, 0.9, "Broder")]

    assert because(parts).replace("\u00a0", " ") == ("Vous avez dit : « Coudre » et « Broder ».")


def test_what_weighs_little_is_not_named():
    parts = [Part(Why.DREAM, 1.0, "Coudre"), Part(Why.SOON, 0.05)]

    assert reasons(parts) == parts[:1]
    assert moment((5, "afternoon")) == "samedi après-midi"


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_words(why):
    about = {Why.TIME: (0, "morning"), Why.LANGUAGE: "uk"}.get(why, "Le Dôme")

    parts = [Part(why, 1.0, about)]

    assert because_of(parts, "Kiwi").startswith("Parce ")
    assert because(parts).endswith(".")
    assert "%" not in because(parts) + because_of(parts, "Kiwi")
