"""Presences on site: a number, and no file (rule 1)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.models import Outreach
from rtr import scope
from territories.models import Place
from tests.journeys.factories import ago


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def market(caen, le_wip, animator):
    return Outreach.objects.create(
        territory=caen,
        organisation=le_wip,
        channel="presence",
        where="Marché de la Guérinière",
        on=ago(0),
        people_met=14,
        recorded_by=animator,
    )


def add(client, **typed):
    typed = {
        "on": ago(0),
        "channel": "presence",
        "where": "Pied d’immeuble",
        "people_met": 7,
    } | typed
    return client.post(reverse("outreach_add"), typed, follow=True)


def test_an_animator_notes_how_many_people_were_met(signed_in, animator, le_wip):
    page = add(signed_in(animator))

    row = Outreach.objects.get()
    assert (row.people_met, row.organisation, row.recorded_by) == (7, le_wip, animator)
    assert "une présence, sept personnes rencontrées" in _plain(page)


def test_a_known_place_is_recognised_by_its_name(signed_in, animator, caen, le_wip):
    place = Place.objects.create(territory=caen, organisation=le_wip, name="Le WIP", kind="atelier")

    add(signed_in(animator), where="le wip")

    assert Outreach.objects.get().place == place


@pytest.mark.parametrize("number", ["", "0", "-3", "2001", "beaucoup"])
def test_a_number_of_people_is_a_number(signed_in, animator, number):
    page = add(signed_in(animator), people_met=number)

    assert page.status_code == 422
    assert "Pied d’immeuble" in page.content.decode()
    assert not Outreach.objects.exists()


def test_tomorrow_is_refused(signed_in, animator):
    page = add(signed_in(animator), on=ago(-1))

    assert page.status_code == 422
    assert "aujourd’hui ou un jour passé" in page.content.decode()


def test_months_are_totalled_in_words(signed_in, coordinator, market, caen, le_wip, animator):
    last_month = timezone.localdate().replace(day=1) - datetime.timedelta(days=3)
    for people in (5, 6):
        Outreach.objects.create(
            territory=caen,
            organisation=le_wip,
            channel="mobile",
            where="Bus",
            on=last_month,
            people_met=people,
            recorded_by=animator,
        )

    page = signed_in(coordinator).get(reverse("outreach"))

    assert [(m["times"], m["people"]) for m in page.context["months"]] == [(1, 14), (2, 11)]
    assert "deux présences, onze personnes rencontrées" in _plain(page)


def test_older_months_are_a_page_away(signed_in, animator, market):
    Outreach.objects.filter(pk=market.pk).update(on=ago(300))
    client = signed_in(animator)

    page = client.get(reverse("outreach"))
    older = client.get(reverse("outreach"), {"mois": page.context["older"]})

    assert page.context["months"] == []
    assert [m["rows"] for m in older.context["months"]] == [[market]]


def test_an_animator_sees_the_presences_and_places_of_the_own_organisation_only(
    signed_in, animator, market, caen, le_dome, le_wip, coordinator
):
    Place.objects.create(territory=caen, organisation=le_wip, name="Le WIP", kind="ateliers")
    Place.objects.create(territory=caen, organisation=le_dome, name="Le Dôme", kind="fablab")
    Outreach.objects.create(
        territory=caen,
        organisation=le_dome,
        channel="evenement",
        where="Fête du quartier",
        on=ago(0),
        people_met=30,
        recorded_by=coordinator,
    )

    page = signed_in(animator).get(reverse("outreach")).content.decode()

    assert "Marché de la Guérinière" in page
    assert "Fête du quartier" not in page
    assert "Le WIP" in page
    assert "fablab" not in page.lower()


def test_a_presence_just_noted_is_taken_back_by_its_author_only(
    signed_in, animator, coordinator, market
):
    address = reverse("outreach_undo", args=[market.pk])

    signed_in(coordinator).post(address)
    assert Outreach.objects.exists()
    signed_in(animator).post(address)
    assert not Outreach.objects.exists()


def test_a_strange_month_shows_this_one(signed_in, animator, market):
    page = signed_in(animator).get(reverse("outreach"), {"mois": "demain"})

    assert [m["rows"] for m in page.context["months"]] == [[market]]


def test_an_animator_lands_on_presences(signed_in, animator):
    assert signed_in(animator).get("/").url == reverse("outreach")


def _plain(page) -> str:
    return " ".join(page.content.decode().replace("\u00a0", " ").split())
