"""A card printed for the person: a drawing, and four figures apart from it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journeys.models import Absence, CardAccess
from journeys.portal.actions import forget_cards, give_card, revoke_cards
from rtr import scope
from tests.journeys.entering import is_in, later
from tests.journeys.factories import JourneyFactory, ago
from tests.journeys.phones import said


@pytest.fixture
def card(kiwi, coordinator):
    with scope.over([kiwi.territory_id]):
        return give_card(journey=kiwi, by=coordinator)


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10_000:04}"


def types(card, pin="", client=None):
    client = client or Client()
    return client.post(reverse("portal_card", args=[card[0]]), {"pin": pin or card[1]})


def test_a_card_is_shown_once_with_a_nickname_alone(signed_in, coordinator, kiwi):
    client, address = signed_in(coordinator), reverse("card_give", args=[kiwi.pk])

    asked, given = client.get(address), client.post(address)

    pin = given.context["pin"]
    printed = said(given).split('<div class="ticket')[1]
    assert not asked.context["link"] and len(pin) == 4
    with scope.over([kiwi.territory_id]):
        assert "Kiwi" in printed and kiwi.participant.code not in printed
        row = CardAccess.objects.get()
    assert row.pin != pin and given.context["link"].rsplit("/", 2)[1] != row.token_sha256
    assert given["Cache-Control"] == "no-store"


def test_the_drawing_asks_for_the_figures_and_names_nobody(client, card):
    page = client.get(reverse("portal_card", args=[card[0]]))

    assert "Vos quatre chiffres" in said(page) and "Kiwi" not in said(page)


def test_the_figures_open_as_often_as_one_likes(card):
    for _time in range(2):
        client = Client()
        assert types(card, client=client).url == reverse("portal_phone")
        assert is_in(client)


def test_a_new_card_stops_the_one_before(card, kiwi, coordinator):
    with scope.over([kiwi.territory_id]):
        give_card(journey=kiwi, by=coordinator)

        assert CardAccess.objects.active().count() == 1
    page = types(card)
    assert page.status_code == 404 and "Demandez une autre carte" in said(page)


def test_the_team_stops_a_card(signed_in, coordinator, card, kiwi):
    client = signed_in(coordinator)

    listed = said(client.get(reverse("card_give", args=[kiwi.pk])))
    client.post(reverse("card_revoke", args=[kiwi.pk]))

    assert "Sa carte actuelle" in listed
    assert types(card).status_code == 404


def test_five_wrong_an_hour_then_one_waits_with_this_card_alone(card, caen, le_dome, cache):
    with scope.over([caen.pk]):
        other = JourneyFactory(territory=caen, participant__organisation=le_dome)
        other = give_card(journey=other, by=None)

    pages = [types(card, wrong(card[1])) for _try in range(5)]
    right = types(card)

    assert "Essayez encore" in said(pages[0]) and "Attendez une heure" in said(pages[4])
    assert "Attendez une heure" in said(right)
    assert types(other).url == reverse("portal_phone"), "nobody else is kept out"
    with later(minutes=61):
        assert types(card).url == reverse("portal_phone")


def test_after_fifteen_wrong_in_all_the_card_works_no_more(card, cache):
    for hour in range(3):
        with later(hours=2 * hour):
            pages = [types(card, wrong(card[1])) for _try in range(5)]

    assert "Cette carte ne marche plus" in said(pages[-1])
    assert "bloqu" not in said(pages[-1])
    with later(hours=8):
        assert types(card).status_code == 404


@pytest.mark.parametrize("pin", ["", "12", "12345", "abcd"])
def test_what_is_no_four_figures_is_not_counted(card, pin):
    page = Client().post(reverse("portal_card", args=[card[0]]), {"pin": pin})

    assert page.status_code == 422
    with scope.everything("test"):
        assert CardAccess.objects.get().wrong == 0


def test_an_unknown_card_and_a_stopped_one_say_the_same(client, card, kiwi, coordinator):
    unknown = client.get(reverse("portal_card", args=["inconnue"]))
    with scope.over([kiwi.territory_id]):
        revoke_cards(journey=kiwi, by=coordinator)
    stopped = client.get(reverse("portal_card", args=[card[0]]))

    assert said(unknown).replace("inconnue", card[0]) == said(stopped)


def test_a_card_opens_nothing_after_a_death(card, kiwi, signed_in, coordinator):
    with scope.over([kiwi.territory_id]):
        Absence.objects.create(
            territory=kiwi.territory, journey=kiwi, kind="exit", from_on=ago(1), exit_kind="deces"
        )

    assert types(card).status_code == 404
    again = signed_in(coordinator).post(reverse("card_give", args=[kiwi.pk]))
    assert "décès" in said(again)


def test_cards_stopped_long_ago_are_forgotten(card, kiwi, coordinator):
    later_on = timezone.localdate() + datetime.timedelta(days=40)
    with scope.over([kiwi.territory_id]):
        revoke_cards(journey=kiwi, by=coordinator)

        assert (forget_cards(on=timezone.localdate()), forget_cards(on=later_on)) == (0, 1)
