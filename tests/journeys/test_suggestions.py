"""Ideas for somebody: what they like comes first, what they know or refused does not come."""

import subprocess
import sys

import pytest
from django.utils import timezone

from journeys.models import NotForMe
from journeys.suggestions import fitting, reading
from journeys.suggestions.actions import put_aside, take_back
from journeys.suggestions.scoring import Why, chosen
from journeys.suggestions.suggesting import ideas_for
from journeys.suggestions.words import likeness, stems, weighed
from rtr import scope
from territories.models import Place, User
from tests.journeys.activities import SessionFactory, enrolled, moment
from tests.journeys.factories import JourneyFactory, ago
from tests.journeys.ideas import came, crowd, found, offered, says, tells, titles


@pytest.fixture(autouse=True)
def inside(caen, vallees, marseille):
    with scope.over([caen.pk, vallees.pk, marseille.pk]):
        yield


@pytest.fixture
def offer(caen):
    return {
        name: offered(name, caen)
        for name in ("Couture", "Cuisine du monde", "Réparer un vélo", "Théâtre", "Jardin partagé")
    }


# -- Words -----------------------------------------------------------------------------------------


def test_words_meet_by_their_stem_or_their_family():
    assert stems("Coudre") == ["coudr", "famille:couture"]
    assert "famille:cuisine" in stems("Ouvrir un food-truck")
    assert not stems("Je suis là avec vous")


def test_words_on_health_religion_or_justice_are_left_out():
    assert stems("Sorti de l’hôpital, handicapé, je prie à la mosquée, j’ai fait de la prison") == [
        "sort",
        "pri",
    ]


def test_texts_are_weighed_as_scikit_learn_does(caen):
    offer = [offered("Couture et broderie, couture", caen), offered("Cuisine", caen)]
    offer = reading.offer_of(caen.pk)

    model = fitting.fit(offer, [])

    for one in offer:
        again = weighed(one.text, model.rarity)
        assert again == pytest.approx(model.weights[one.pk])
        assert likeness(again, model.weights[one.pk]) == pytest.approx(1)


# -- What comes first ------------------------------------------------------------------------------


def test_what_somebody_says_and_dreams_of_comes_first(kiwi, offer, coordinator):
    says(kiwi, "Broder", "talent")
    says(kiwi, "Ouvrir un food-truck", "dream")

    ideas = found(kiwi, coordinator)

    assert {idea.activity.title for idea in ideas[:2]} == {"Couture", "Cuisine du monde"}
    assert [part.why for idea in ideas[:2] for part in idea.parts[:1]] != [Why.SOON, Why.SOON]


def test_what_was_liked_counts_for_those_who_may_read_it(kiwi, offer, coordinator, caen):
    person = _account(kiwi)
    tells(kiwi, "Le club", person, reader="me", liked="Réparer des vélos avec les autres")

    assert titles(kiwi, person)[0] == "Réparer un vélo"
    assert all(part.why != Why.LIKED for idea in found(kiwi, coordinator) for part in idea.parts)


def _account(journey) -> User:
    journey.participant.user = User.objects.create_user(territory=journey.territory)
    journey.participant.save(update_fields=["user"])
    return journey.participant.user


def test_places_and_hours_where_one_already_comes_count(kiwi, caen, coordinator, le_dome):
    room = Place.objects.create(territory=caen, name="Le fablab")
    usual = offered("Impression", caen, place=room, days=7, hour=10)
    offered("Broderie d’ailleurs", caen, days=6, hour=15)
    past = offered("Sport", caen, days=0, place=room)
    came(kiwi, past, days=119, hour=10)  # the same weekday

    first = found(kiwi, coordinator)[0]

    assert first.activity.pk == usual.pk
    assert {Why.PLACE, Why.TIME} <= {part.why for part in first.parts}


def test_what_people_alike_chose_counts_from_five_of_them(kiwi, offer, caen, coordinator, le_dome):
    past = offered("Sport", caen, days=0)
    came(kiwi, past)
    crowd([past, offer["Théâtre"]], 4, le_dome)
    alone = {part.why for idea in found(kiwi, coordinator) for part in idea.parts}

    crowd([past, offer["Théâtre"]], 1, le_dome)
    fitting.cache.clear()
    first = found(kiwi, coordinator)[0]

    assert Why.ALIKE not in alone
    assert first.activity.title == "Théâtre"
    assert first.parts[0].why == Why.ALIKE


def test_a_crowd_does_not_hide_what_somebody_likes(kiwi, offer, coordinator, le_dome):
    says(kiwi, "Coudre")
    crowd([offer["Jardin partagé"]], 12, le_dome)

    assert titles(kiwi, coordinator)[0] == "Couture"


def test_a_new_activity_has_its_chance(kiwi, offer, caen, coordinator):
    offered("Tout neuf", caen, days=30, published_on=ago(2))

    assert titles(kiwi, coordinator)[0] == "Tout neuf"


def test_at_most_two_of_a_kind_and_two_of_a_house(kiwi, caen, coordinator, le_dome):
    for number in range(4):
        offered(f"Coudre {number}", caen, organisation=le_dome, kind="workshop")
        offered(f"Broder {number}", caen, kind="repair")
    for number, kind in enumerate(["sport", "culture", "citizen", "image"]):
        offered(f"Autre {number}", caen, kind=kind)
    says(kiwi, "Coudre et broder")

    ideas = found(kiwi, coordinator)

    assert len(ideas) == 5
    for taken in ("kind", "house"):
        held = [getattr(idea.activity, taken) for idea in ideas]
        assert max(map(held.count, held)) <= 2


def test_where_there_is_one_house_it_may_take_all_the_room(kiwi, caen, coordinator, le_dome):
    for number, kind in enumerate(["sport", "culture", "citizen", "image", "repair"]):
        offered(f"Autre {number}", caen, kind=kind, organisation=le_dome)

    assert len(found(kiwi, coordinator)) == 5
    assert chosen([]) == []


def test_the_same_day_gives_the_same_ideas(kiwi, offer, coordinator):
    says(kiwi, "Coudre")
    first = found(kiwi, coordinator)
    fitting.cache.clear()

    assert found(kiwi, coordinator) == first


# -- What does not come ----------------------------------------------------------------------------


def test_nothing_that_is_known_full_cancelled_far_off_or_refused(kiwi, caen, coordinator):
    now = timezone.now()
    enrolled(offered("Inscrite", caen).sessions.get(), kiwi.participant)
    came(kiwi, offered("Connue", caen, days=9), days=20)
    full = offered("Complète", caen, days=10, places=1).sessions.get()
    enrolled(full, "Zaza")
    offered("Annulée", caen, days=11).sessions.update(cancelled_at=now)
    offered("Lointaine", caen, days=50)
    offered("Passée", caen, days=0)
    offered("Pas publiée", caen, published_on=None)
    offered("Arrêtée", caen, closed_on=ago(1))
    offered("Immersion", caen, frame="immersion", kind="immersion")
    put_aside(journey=kiwi, by=coordinator, activity=offered("Refusée", caen))
    offered("Libre", caen, days=12)

    assert titles(kiwi, coordinator) == ["Libre"]


def test_nothing_at_the_hour_of_another_session(kiwi, caen, coordinator):
    enrolled(offered("Prise", caen, days=7, hour=14).sessions.get(), kiwi.participant)
    same = offered("Même heure", caen, days=7, hour=14)
    assert titles(kiwi, coordinator) == []

    SessionFactory(activity=same, starts_at=moment(8), ends_at=moment(8, 16))
    (idea,) = found(kiwi, coordinator)

    assert timezone.localdate(idea.session.starts_at) == moment(8).date()


def test_nothing_of_another_territory(kiwi, offer, marseille, vallees, coordinator):
    offered("Couture à Marseille", marseille)
    offered("Couture dans les vallées", vallees)
    says(kiwi, "Coudre")

    assert set(titles(kiwi, coordinator)) == set(offer)


def test_what_tells_of_money_health_or_home_is_never_suggested(kiwi, caen, coordinator):
    for number, theme in enumerate(sorted(reading.THEMES.codes)):
        if reading.is_closed(theme):
            offered(f"Fermée {number}", caen, theme=theme)

    assert titles(kiwi, coordinator) == []


def test_not_for_me_is_remembered_once_and_taken_back(kiwi, offer, coordinator):
    for _tap in range(2):
        put_aside(journey=kiwi, by=coordinator, activity=offer["Couture"])
    assert NotForMe.objects.count() == 1
    assert "Couture" not in titles(kiwi, coordinator)

    for _tap in range(2):
        take_back(journey=kiwi, by=coordinator, activity=offer["Couture"])

    assert "Couture" in titles(kiwi, coordinator)


# -- Somebody nobody knows yet ---------------------------------------------------------------------


def test_of_somebody_unknown_what_is_near_and_soon_is_shown(kiwi, caen, coordinator, le_dome):
    offered("Plus tard", caen, days=20)
    offered("Bientôt", caen, days=2)
    offered("Au Dôme", caen, days=25, organisation=le_dome)

    ideas = ideas_for(kiwi, reader=coordinator, refused=())

    assert ideas.is_blank
    assert [idea.activity.title for idea in ideas.ideas] == ["Au Dôme", "Bientôt", "Plus tard"]


def test_a_territory_without_offer_nor_words_has_no_idea(kiwi, caen, coordinator):
    assert titles(kiwi, coordinator) == []
    offered("12", caen)  # a title without a word to learn
    assert titles(kiwi, coordinator) == ["12"]


# -- The model -------------------------------------------------------------------------------------


def test_the_model_is_kept_until_a_word_of_the_offer_changes(
    kiwi, offer, coordinator, django_assert_max_num_queries, monkeypatch
):
    made = []
    fit = fitting.fit
    monkeypatch.setattr(fitting, "fit", lambda *args: made.append(1) or fit(*args))
    found(kiwi, coordinator)
    with django_assert_max_num_queries(10):
        found(kiwi, coordinator)
    assert len(made) == 1

    offer["Couture"].title = "Broderie"
    offer["Couture"].save()
    says(kiwi, "Broder")

    assert titles(kiwi, coordinator)[0] == "Broderie"
    assert len(made) == 2


def test_what_is_kept_says_nothing_of_anybody(kiwi, offer, caen, coordinator, le_dome):
    says(kiwi, "Surnomxq de Kiwi")
    crowd([offer["Couture"], offer["Théâtre"]], 5, le_dome)

    model = fitting.model_of(caen.pk, reading.offer_of(caen.pk), timezone.localdate())

    assert "surnomxq" not in repr(model)
    assert model.alike[offer["Couture"].pk].keys() == {offer["Théâtre"].pk}
    assert all(0 < value <= 1 for row in model.alike.values() for value in row.values())


def test_models_are_made_at_night(offer, caen, monkeypatch):
    fitting.fit_all()
    monkeypatch.setattr(fitting, "fit", None)  # nothing is left to learn

    assert fitting.model_of(caen.pk, reading.offer_of(caen.pk), timezone.localdate()).rarity


def test_pages_do_not_wait_for_scikit_learn(tmp_path):
    """Only what learns imports it."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'rtr.settings';"
            "django.setup(); import rtr.urls;"
            "print([name for name in ('sklearn', 'scipy', 'numpy') if name in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip().endswith("[]")


def test_others_are_never_named(kiwi, offer, caen, coordinator, le_dome):
    """What another person said or told weighs nothing."""
    other = JourneyFactory(territory=caen, participant__organisation=le_dome)
    before = found(kiwi, coordinator)
    says(other, "Coudre")
    tells(other, "Le secret", coordinator, liked="coudre")

    assert found(kiwi, coordinator) == before
