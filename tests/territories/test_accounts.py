"""Signing in, landing on one's page, and what a role gives."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from territories.accounts.enums import Role
from territories.models import JournalEntry, Membership, User
from tests.cast import PASSWORD


@pytest.mark.parametrize(
    ("who", "lands_on"),
    [
        ("coordinator", "today"),
        ("referent", "today"),
        ("manager", "programme"),
        ("animator", "outreach"),
        ("evaluator", "evaluation"),
    ],
)
def test_each_role_lands_on_its_page(request, client, who, lands_on):
    user = request.getfixturevalue(who)

    response = client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True
    )

    assert response.redirect_chain[-1][0] == reverse(lands_on)
    assert response.status_code == 200


def test_signing_in_is_in_the_journal(client, coordinator):
    client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})

    assert JournalEntry.objects.get().act == "signed_in"


def test_wrong_password_says_nothing_of_the_account(client, coordinator):
    bodies = []
    for email in (coordinator.email, "personne@exemple.fr"):
        response = client.post(
            reverse("account_login"), {"login": email, "password": "un autre mot de passe"}
        )
        bodies.append(list(response.context["form"].non_field_errors()))

    assert bodies[0] == bodies[1] != []


def test_nobody_signs_up_by_themselves(client, db):
    client.post(
        reverse("account_signup"),
        {"email": "x@exemple.fr", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not User.objects.exists()


def test_a_role_that_ended_gives_nothing(coordinator):
    Membership.objects.filter(user=coordinator).update(until_on=timezone.localdate())

    fresh = type(coordinator).objects.get(pk=coordinator.pk)

    assert fresh.roles == [] and fresh.territory_ids == set()


def test_a_role_to_come_gives_nothing_yet(referent, caen):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Membership.objects.filter(user=referent).update(from_on=tomorrow)

    fresh = type(referent).objects.get(pk=referent.pk)

    assert not fresh.may("journeys.act")


def test_permission_is_held_where_the_role_is(coordinator, caen, marseille):
    assert coordinator.may("journeys.act", caen.pk)
    assert not coordinator.may("journeys.act", marseille.pk)
    assert Role.COORDINATOR in {role.role for role in coordinator.roles}
