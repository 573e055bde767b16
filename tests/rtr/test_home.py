"""Where each role lands once signed in."""

import pytest
from django.urls import reverse

from journeys.models import Participant
from territories.accounts.enums import Role
from territories.models import User
from tests.cast import member


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("coordinator", "today"),
        ("manager", "programme"),
        ("referent", "today"),
        ("activity_referent", "today"),
        ("animator", "outreach"),
        ("evaluator", "evaluation"),
        ("prescriber", "my_referrals"),
    ],
)
def test_each_role_lands_on_its_first_page(request, signed_in, role, page):
    client = signed_in(request.getfixturevalue(role))

    landed = client.get(reverse("home"), follow=True)

    assert landed.redirect_chain == [(reverse(page), 302)]
    assert landed.status_code == 200


@pytest.mark.parametrize("role", Role)
def test_the_menu_has_seven_words_at_most(signed_in, caen, le_dome, role):
    page = signed_in(member("Léo", role, le_dome, caen)).get(reverse("home"), follow=True)

    assert 1 <= len(page.context["frame"].menu) <= 7


def test_the_menu_of_the_account_leads_to_ones_account(signed_in, coordinator):
    page = signed_in(coordinator).get(reverse("today")).content.decode()

    assert f'href="{reverse("my_account")}"' in page


def test_a_participant_lands_on_their_portal(signed_in, kiwi, everywhere):
    user = User.objects.create(territory=kiwi.territory)
    Participant.objects.filter(pk=kiwi.participant_id).update(user=user)

    assert signed_in(user).get(reverse("home")).url == reverse("portal")


def test_a_volunteer_lands_on_the_registers_of_the_day(signed_in, caen, le_dome):
    brice = member("Brice", Role.VOLUNTEER, le_dome, caen)

    assert signed_in(brice).get(reverse("home")).url == reverse("registers")


@pytest.mark.parametrize("role", Role)
def test_no_role_lands_nowhere(signed_in, caen, le_dome, role):
    page = signed_in(member("Léo", role, le_dome, caen)).get(reverse("home"), follow=True)

    assert page.status_code == 200 and page.redirect_chain


def test_who_keeps_the_catalogue_lands_on_badges(signed_in, caen, le_dome):
    flore = member("Flore", Role.BADGE_STEWARD, le_dome, caen)

    assert signed_in(flore).get(reverse("home")).url == reverse("our_badges")


def test_an_account_without_role_is_told_so(signed_in, db):
    user = User.objects.create_user(email="ancien@exemple.fr", first_name="Ancien")

    page = signed_in(user).get(reverse("home"))

    assert "n’a plus de rôle en cours" in page.content.decode()


def test_a_stranger_with_a_wrong_address_reads_no_word_of_the_house(client, signed_in, coordinator):
    assert "territoires" not in client.get("/partage/inconnu").content.decode()

    page = signed_in(coordinator).get("/partage/inconnu")

    assert (page.status_code, "vos territoires" in page.content.decode()) == (404, True)
