"""Lieux: how to come, what makes them easy, what is in them."""

import pytest
from django.urls import reverse

from journeys.models import Outreach
from rtr import scope
from territories.models import Commune, Equipment, JournalEntry, Organisation, Place
from tests.journeys.factories import ago
from tests.territories.network import text, undo_url

HALL = {"name": "La halle", "kind": "fablab", "postcode": "14000", "accessibility": ["calme"]}


@pytest.fixture
def places(caen, vallees, le_dome, le_wip):
    town = Commune.objects.create(territory=caen, name="Hérouville")
    Place.objects.create(territory=caen, name="Le potager", kind="jardin", commune=town)
    dome = Place.objects.create(
        territory=caen, name="Le fablab", organisation=le_dome, accessibility=["calme", "boucle"]
    )
    dome.equipment.create(name="Découpe laser", needs_briefing=True)
    Place.objects.create(territory=vallees, name="Les écuries")
    return dome


def shown(page) -> list[str]:
    return [row.it.name for row in page.context["rows"]]


# -- The list --------------------------------------------------------------------------------------


def test_the_list_is_that_of_ones_territories(places, signed_in, animator, coordinator):
    mine = signed_in(animator).get(reverse("places"))
    assert shown(mine) == ["Le fablab", "Le potager"]
    assert "Deux lieux" in text(mine)

    both = signed_in(coordinator).get(reverse("places"))
    assert shown(both) == ["Le fablab", "Le potager", "Les écuries"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "herou"}, ["Le potager"]),
        ({"q": "DOME"}, ["Le fablab"]),
        ({"accessibility": "boucle"}, ["Le fablab"]),
        ({"accessibility": "inconnu"}, ["Le fablab", "Le potager"]),
        ({"equipped": "on"}, ["Le fablab"]),
        ({"q": "introuvable"}, []),
    ],
)
def test_the_list_narrows(query, expected, places, signed_in, animator):
    assert shown(signed_in(animator).get(reverse("places"), query)) == expected


def test_the_list_narrows_by_commune(places, signed_in, animator):
    town = Commune.objects.get(name="Hérouville")

    assert shown(signed_in(animator).get(reverse("places"), {"commune": town.pk})) == ["Le potager"]


def test_pages_cost_the_same_with_few_and_many(
    places, signed_in, coordinator, caen, django_assert_max_num_queries
):
    client = signed_in(coordinator)
    urls = [reverse("places"), reverse("place", args=[places.pk])]
    counts = []
    for url in urls:
        client.get(url)
        with django_assert_max_num_queries(12) as few:
            client.get(url)
        counts.append(len(few))
    for number in range(20):
        Place.objects.create(territory=caen, name=f"Lieu {number}").equipment.create(name="Four")
        places.equipment.create(name=f"Machine {number}")

    for url, count in zip(urls, counts, strict=True):
        with django_assert_max_num_queries(count):
            client.get(url)


# -- One of them -----------------------------------------------------------------------------------


def test_the_page_says_how_to_come_and_what_is_in_it(places, signed_in, animator):
    Place.objects.filter(pk=places.pk).update(how_to_come="Tram A", opening="De 10 h à 18 h")

    page = text(signed_in(animator).get(reverse("place", args=[places.pk])))

    for said in (
        "Tram A",
        "De 10 h à 18 h",
        "Pièce calme",
        "Découpe laser",
        "Consigne de sécurité",
    ):
        assert said in page
    assert "Modifier" not in page


def test_a_coordinator_notes_a_place_and_takes_it_back(
    places, signed_in, coordinator, caen, le_dome
):
    client = signed_in(coordinator)

    done = client.post(
        reverse("place_add"), HALL | {"territory": caen.pk, "organisation": le_dome.pk}, follow=True
    )

    made = Place.objects.get(name="La halle")
    assert (made.territory, made.organisation, made.accessibility) == (caen, le_dome, ["calme"])
    with scope.over([caen.pk]):
        entry = JournalEntry.objects.filter(act="place_changed").latest("pk")
    assert (entry.actor, entry.territory, entry.object_id) == (coordinator, caen, made.pk)
    client.post(undo_url(done))
    assert not Place.objects.filter(name="La halle").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "le POTAGER"}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"accessibility": ["calme", "piscine"]}, "accessibility"),
        ({"postcode": "1"}, "postcode"),
        ({"how_to_come": "x" * 10_000}, "how_to_come"),
    ],
)
def test_bad_input_is_refused_beside_its_field(change, field, places, signed_in, coordinator, caen):
    page = signed_in(coordinator).post(reverse("place_add"), HALL | {"territory": caen.pk} | change)

    assert page.status_code == 422 and page.context["form"].errors[field]
    assert not Place.objects.filter(kind="fablab").exists()


def test_ids_of_elsewhere_are_refused(places, signed_in, coordinator, vallees, marseille, caen):
    foreign = Organisation.objects.create(name="Ailleurs", slug="ailleurs", kind="association")
    foreign.noted_in.add(marseille.programme)
    far = Commune.objects.create(territory=marseille, name="Aubagne")
    near = Commune.objects.create(territory=vallees, name="Évrecy")
    client = signed_in(coordinator)

    for field, row in {
        "territory": marseille,
        "organisation": foreign,
        "commune": far,
    }.items():
        page = client.post(reverse("place_add"), HALL | {"territory": caen.pk, field: row.pk})
        assert field in page.context["form"].errors

    page = client.post(reverse("place_add"), HALL | {"territory": caen.pk, "commune": near.pk})
    assert "pas dans ce territoire" in text(page)


def test_a_place_does_not_change_territory(places, signed_in, coordinator, caen, vallees):
    signed_in(coordinator).post(
        reverse("place_edit", args=[places.pk]), HALL | {"territory": vallees.pk}
    )

    places.refresh_from_db()
    assert (places.name, places.territory) == ("La halle", caen)


def test_a_place_that_served_is_closed_and_reopened_not_removed(
    places, signed_in, coordinator, caen, le_dome
):
    with scope.over([caen.pk]):
        Outreach.objects.create(
            territory=caen,
            organisation=le_dome,
            channel="presence",
            place=places,
            where=places.name,
            on=ago(1),
            people_met=3,
            recorded_by=coordinator,
        )
    client = signed_in(coordinator)

    refused = client.post(reverse("place_remove", args=[places.pk]))
    assert refused.status_code == 422 and "fermez-le plutôt" in text(refused)

    client.post(reverse("place_close", args=[places.pk]), {"on": ago(1), "because": "shut"})
    assert "Le fablab" not in shown(client.get(reverse("places")))

    client.post(reverse("place_reopen", args=[places.pk]))
    assert "Le fablab" in shown(client.get(reverse("places")))


def test_equipment_is_added_corrected_withdrawn_and_put_back(places, signed_in, coordinator):
    client = signed_in(coordinator)
    client.post(reverse("equipment_add", args=[places.pk]), {"name": "Four", "quantity": 2})
    oven = places.equipment.get(name="Four")
    client.post(
        reverse("equipment_edit", args=[oven.pk]),
        {"name": "Four", "quantity": 2, "needs_briefing": "on", "out_of_service_on": ago(1)},
    )
    oven.refresh_from_db()
    assert (oven.needs_briefing, oven.out_of_service_on) == (True, ago(1))

    done = client.post(reverse("equipment_withdraw", args=[oven.pk]), follow=True)
    assert not places.equipment.kept().filter(pk=oven.pk).exists()
    assert "Four : c’est retiré." in text(done)

    client.post(undo_url(done))
    assert places.equipment.kept().filter(pk=oven.pk).exists()


@pytest.mark.parametrize(
    "posted",
    [
        {"name": "découpe LASER", "quantity": 1},
        {"name": "Four", "quantity": 0},
        {"name": "Four", "quantity": 99999999},
        {"name": "", "quantity": 1},
    ],
)
def test_equipment_that_makes_no_sense_is_refused(posted, places, signed_in, coordinator):
    page = signed_in(coordinator).post(reverse("equipment_add", args=[places.pk]), posted)

    assert page.status_code == 422
    assert Equipment.objects.count() == 1


def test_a_right_that_went_meanwhile_undoes_nothing(places, signed_in, coordinator):
    client = signed_in(coordinator)
    oven = places.equipment.get()
    done = client.post(reverse("equipment_withdraw", args=[oven.pk]), follow=True)
    coordinator.memberships.update(role="animator")

    assert client.post(undo_url(done)).status_code == 403
    oven.refresh_from_db()
    assert oven.withdrawn_on


def test_what_took_its_place_meanwhile_is_said(places, signed_in, coordinator):
    client, laser = signed_in(coordinator), places.equipment.get()
    done = client.post(reverse("equipment_withdraw", args=[laser.pk]), follow=True)
    places.equipment.create(name=laser.name)

    page = client.post(undo_url(done), follow=True)

    assert "Cet équipement est déjà noté dans ce lieu." in text(page)
    assert places.equipment.kept().count() == 1
