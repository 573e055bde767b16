"""Coming in by a link given once, or by the figures of the team's screen."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from journeys.messages.models import OutboundMessage
from journeys.models import PortalLink
from journeys.portal.actions import give_link, give_screen_code
from journeys.portal.actions import links as link_actions
from rtr import scope
from tests.journeys.entering import E164, is_in, later, shows
from tests.journeys.phones import said, wrong

# -- A link ----------------------------------------------------------------------------------------


def test_robots_that_preview_a_link_use_nothing(numbered, coordinator):
    with scope.over([numbered.territory_id]):
        token = give_link(journey=numbered, by=coordinator)
    address = reverse("portal_enter", args=[token])
    robot, person, late = Client(), Client(), Client()

    looked = [robot.get(address), robot.head(address)]
    entered, again = person.post(address), late.post(address)

    assert [page.status_code for page in looked] == [200, 200]
    assert entered.url == reverse("portal_phone")
    assert again.status_code == 404 and "Demandez un autre lien" in said(again)


def test_guessing_links_is_hopeless_with_or_without_a_cache(client, numbered, coordinator, cache):
    """256 bits: the length is the bound, and nothing is counted that could lock anybody out."""
    with scope.over([numbered.territory_id]):
        token = give_link(journey=numbered, by=coordinator)
    tries = [client.post(reverse("portal_enter", args=["x" * 40 + str(n)])) for n in range(30)]

    assert {page.status_code for page in tries} == {404}
    assert len(token) >= 43
    assert client.post(reverse("portal_enter", args=[token])).url == reverse("portal_phone")


def test_a_link_leaves_by_message_to_the_person_s_number(signed_in, coordinator, numbered):
    client, address = signed_in(coordinator), reverse("portal_link_give", args=[numbered.pk])

    page, sent = client.get(address), client.post(address, {"send": "1"})

    assert "Envoyer par SMS" in said(page)
    assert sent.url == reverse("journey", args=[numbered.pk])
    with scope.everything("test"):
        message = OutboundMessage.objects.get()
    link = re.search(r"https?://\S+", message.body)[0]
    assert message.to == E164 and message.is_secret
    assert Client().post("/" + link.split("/", 3)[3]).url == reverse("portal_phone")


def test_without_a_number_no_message_is_offered(signed_in, coordinator, kiwi):
    page = signed_in(coordinator).get(reverse("portal_link_give", args=[kiwi.pk]))

    assert "Envoyer par SMS" not in said(page)


# -- A code on the screen --------------------------------------------------------------------------


@pytest.fixture
def figures(numbered, coordinator):
    with scope.over([numbered.territory_id]):
        found, _token = give_screen_code(journey=numbered, by=coordinator)
    return found


def test_the_screen_shows_figures_and_a_drawing_once(signed_in, coordinator, numbered):
    address = reverse("screen_give", args=[numbered.pk])
    client = signed_in(coordinator)

    asked, shown = client.get(address), client.post(address)

    figures = shown.context["figures"]
    assert not asked.context["link"] and re.fullmatch(r"\d{4} \d{4}", figures)
    assert figures.replace(" ", "") not in str(PortalLink.objects.values())
    phone = Client()
    assert shows(phone, figures).url == reverse("portal_phone")
    assert is_in(phone)
    token = shown.context["link"].rstrip("/").rsplit("/", 1)[1]
    assert Client().post(reverse("portal_enter", args=[token])).status_code == 404


def test_a_screen_code_lasts_ten_minutes(client, figures):
    with later(minutes=11):
        assert "Ce code ne marche pas" in said(shows(client, figures))
        assert not is_in(client)


def test_codes_of_a_screen_are_bounded_by_code_and_by_network(figures, cache):
    near = figures[:4] + wrong(figures[2:])[2:]
    for n in range(link_actions.OF_A_CODE):
        assert shows(Client(), near, REMOTE_ADDR=f"10.3.0.{n}").status_code == 422
    assert shows(Client(), figures, REMOTE_ADDR="10.3.1.1").status_code == 422, "worn"

    for _try in range(link_actions.OF_A_NETWORK):
        shows(Client(), "00000000", REMOTE_ADDR="10.4.0.1")
    page = shows(Client(), "00000000", REMOTE_ADDR="10.4.0.1")
    assert "Attendez une heure" in said(page)
    assert "Attendez une heure" not in said(shows(Client(), "00000000", REMOTE_ADDR="10.4.0.2"))


def test_a_stranger_s_wrong_codes_do_not_stop_anybody_elsewhere(figures):
    for _try in range(link_actions.OF_A_NETWORK + 1):
        shows(Client(), "00000000", REMOTE_ADDR="10.5.0.1")

    assert shows(Client(), figures, REMOTE_ADDR="10.5.0.2").url == reverse("portal_phone")


def test_somebody_of_the_team_does_not_lose_their_session(signed_in, coordinator, figures):
    client = signed_in(coordinator)

    page = shows(client, figures)

    assert page.status_code == 403 and client.get(reverse("today")).status_code == 200
