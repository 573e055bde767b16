"""Giving and ending roles, somebody who leaves, and the list of accounts."""

import datetime
import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from territories.accounts.enums import Role
from territories.models import Invitation, Membership, User
from tests.cast import PASSWORD, member
from tests.territories.inviting import errors, invite

NEXT_YEAR = timezone.localdate() + datetime.timedelta(days=300)


# -- Roles -----------------------------------------------------------------------------------------


def test_ending_a_role_today_closes_the_next_page(gaelle, referent):
    theirs = Client()
    theirs.post(reverse("account_login"), {"login": referent.email, "password": PASSWORD})
    assert theirs.get(reverse("today")).status_code == 200
    role = referent.memberships.get()

    end = {"on": timezone.localdate(), "reason": "mission"}
    gaelle.post(reverse("role_end", args=[role.pk]), end)

    assert theirs.get(reverse("today")).status_code == 302
    role.refresh_from_db()
    assert (role.until_on, role.end_reason) == (timezone.localdate(), "mission")


def test_a_role_may_end_later(gaelle, referent):
    role = referent.memberships.get()

    gaelle.post(reverse("role_end", args=[role.pk]), {"on": NEXT_YEAR, "reason": "mission"})

    assert User.objects.get(pk=referent.pk).may("journeys.act")


def test_a_role_does_not_end_in_the_past(gaelle, referent):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    role = referent.memberships.get()

    page = gaelle.post(reverse("role_end", args=[role.pk]), {"on": yesterday, "reason": "mission"})

    assert "on" in errors(page)


def test_a_role_is_extended(gaelle, referent):
    role = referent.memberships.get()
    Membership.objects.filter(pk=role.pk).update(until_on=NEXT_YEAR)
    later = NEXT_YEAR + datetime.timedelta(days=10)

    too_early = {"until_on": NEXT_YEAR - datetime.timedelta(days=10)}
    assert "until_on" in errors(gaelle.post(reverse("role_extend", args=[role.pk]), too_early))
    gaelle.post(reverse("role_extend", args=[role.pk]), {"until_on": later})

    role.refresh_from_db()
    assert role.until_on == later


def test_one_more_role_serves_at_once(gaelle, animator, caen, le_dome):
    role = {"role": Role.REFERENT, "organisation": le_dome.pk, "territories": [caen.pk]}

    gaelle.post(reverse("role_add", args=[animator.pk]), role)

    assert User.objects.get(pk=animator.pk).may("journeys.act", caen.pk)


def test_a_programme_keeps_somebody_who_manages_it(gaelle, manager, caen, vallees, le_dome):
    role, end = manager.memberships.get(), {"on": timezone.localdate(), "reason": "left"}

    refused = gaelle.post(reverse("role_end", args=[role.pk]), end)
    assert "Plus personne ne gérerait Territoires Partagés" in str(errors(refused))
    member("Lise", Role.MANAGER, le_dome, caen, vallees)
    gaelle.post(reverse("role_end", args=[role.pk]), end)

    assert not User.objects.get(pk=manager.pk).roles


def test_two_managers_who_end_each_other_at_once_leave_one(
    transactional_db, manager, caen, vallees, le_dome
):
    lise = member("Lise", Role.MANAGER, le_dome, caen, vallees)
    pairs = [(manager, lise), (lise, manager)]
    end = {"on": timezone.localdate(), "reason": "left"}

    def send_away(by, other):
        client = Client()
        client.force_login(by)
        client.post(reverse("role_end", args=[other.memberships.get().pk]), end)
        connection.close()

    threads = [threading.Thread(target=send_away, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Membership.objects.active().filter(role=Role.MANAGER).count() == 1


# -- Leaving ---------------------------------------------------------------------------------------


def test_somebody_who_leaves_is_out_at_once_everywhere(gaelle, offer, referent):
    theirs = Client()
    theirs.post(reverse("account_login"), {"login": referent.email, "password": PASSWORD})
    Authenticator.objects.create(user=referent, type="webauthn", data={})
    invite(gaelle, offer | {"email": referent.email, "role": Role.COORDINATOR})

    page = gaelle.get(reverse("account_close", args=[referent.pk])).content.decode()
    assert "se ferment aussitôt" in page
    gaelle.post(reverse("account_close", args=[referent.pk]))

    assert theirs.get(reverse("today")).status_code == 302
    fresh = User.objects.get(pk=referent.pk)
    assert not fresh.is_active and not fresh.roles
    assert not Authenticator.objects.exists()
    assert not Invitation.objects.open().exists()
    again = theirs.post(
        reverse("account_login"), {"login": referent.email, "password": PASSWORD}, follow=True
    )
    assert "Ce compte est fermé" in again.content.decode()


def test_an_account_that_serves_another_programme_stays_open(gaelle, referent, marseille, comptoir):
    role = Membership.objects.create(
        user=referent, programme=marseille.programme, organisation=comptoir, role=Role.REFERENT
    )
    role.territories.set([marseille])

    gaelle.post(reverse("account_close", args=[referent.pk]))

    fresh = User.objects.get(pk=referent.pk)
    assert fresh.is_active
    assert [each.programme for each in fresh.roles] == [marseille.programme]


def test_nobody_notes_their_own_leaving(gaelle, manager):
    assert gaelle.post(reverse("account_close", args=[manager.pk])).status_code == 403


def test_an_account_of_another_programme_does_not_exist(gaelle, coordinator_of_marseille):
    for name in ("account", "role_add", "account_close", "second_factor_reset"):
        url = reverse(name, args=[coordinator_of_marseille.pk])
        assert gaelle.get(url).status_code == 404


# -- The list --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"Nadia", "Karim", "Lucie", "Gaelle"}),
        ("?q=kar", {"Karim"}),
        ("?q=exemple+nadia", {"Nadia"}),
        ("?role=referent", {"Karim"}),
        ("?state=over", {"Ancien"}),
        ("?state=invited", set()),
    ],
)
def test_the_list_finds_people(
    gaelle, coordinator, referent, activity_referent, caen, le_dome, asked, found
):
    gone = member("Ancien", Role.REFERENT, le_dome, caen)
    gone.memberships.update(until_on=timezone.localdate())

    page = gaelle.get(reverse("accounts") + asked)

    assert {row["person"].first_name for row in page.context["rows"]} == found


def test_the_list_narrows_to_a_place_and_says_so(gaelle, coordinator, referent, vallees, le_dome):
    page = gaelle.get(reverse("accounts"), {"territories": vallees.pk, "organisation": le_dome.pk})

    assert {row["person"].first_name for row in page.context["rows"]} == {"Gaelle", "Nadia"}
    assert "Territoire : Vallées" in page.content.decode()


def test_the_list_asks_as_much_for_many_as_for_few(
    gaelle, coordinator, caen, le_dome, django_assert_max_num_queries
):
    gaelle.get(reverse("accounts"))
    for number in range(12):
        member(f"P{number}", Role.REFERENT, le_dome, caen)

    with django_assert_max_num_queries(15):
        gaelle.get(reverse("accounts"))
