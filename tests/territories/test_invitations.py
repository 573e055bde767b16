"""Inviting by mail; links that open nothing; people who come back."""

import datetime
import threading

import pytest
import time_machine
from django.core import mail, signing
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rtr import due
from territories.accounts.enums import Role
from territories.members.actions.invitations import NotPending, accept
from territories.models import AccountMail, Invitation, JournalEntry, Membership, User
from tests.cast import PASSWORD, member
from tests.territories.inviting import ACCEPTED, CHOSEN, errors, invite
from tests.territories.mails import link_in, received

NEXT_YEAR = timezone.localdate() + datetime.timedelta(days=300)


# -- Coming ----------------------------------------------------------------------------------------


def test_an_invitation_opens_an_account_with_its_role(gaelle, offer, caen, le_dome):
    link = invite(gaelle, offer)
    zoe = Client()

    page = zoe.get(link).content.decode()
    assert "Référence de parcours" in page and "zoe@exemple.fr" in page
    landed = zoe.post(link, ACCEPTED, follow=True)

    user = User.objects.get(email="zoe@exemple.fr")
    assert landed.redirect_chain[-1][0] == reverse("today")
    role = user.memberships.get()
    assert (role.role, role.organisation, role.territory_ids) == ("referent", le_dome, [caen.pk])
    assert user.check_password(CHOSEN)
    assert set(JournalEntry.objects.values_list("act", flat=True)) >= {
        "invited",
        "invitation_accepted",
        "signed_in",
    }


def test_reading_the_link_opens_nothing(gaelle, offer):
    """Mail filters follow links."""
    link = invite(gaelle, offer)

    for _time in range(3):
        assert Client().get(link).status_code == 200

    assert not User.objects.filter(email="zoe@exemple.fr").exists()


def test_who_needs_a_second_factor_is_led_to_it(gaelle, offer, settings):
    link = invite(gaelle, offer | {"role": Role.COORDINATOR})
    settings.REQUIRE_SECOND_FACTOR = True

    landed = Client().post(link, ACCEPTED, follow=True)

    assert landed.redirect_chain[-1][0] == reverse("mfa_index")
    assert landed.client.get(reverse("mfa_activate_totp")).status_code == 200


def test_an_account_that_exists_accepts_once_signed_in(gaelle, offer, animator, caen):
    link = invite(gaelle, offer | {"email": animator.email})
    sacha = Client()

    assert "Connectez-vous pour accepter" in sacha.get(link).content.decode()
    assert sacha.post(link, ACCEPTED).status_code == 200
    assert animator.memberships.count() == 1
    sacha.post(reverse("account_login"), {"login": animator.email, "password": PASSWORD})
    sacha.post(link)

    assert set(animator.memberships.values_list("role", flat=True)) == {"animator", "referent"}
    assert not User.objects.get(pk=animator.pk).check_password(CHOSEN)


def test_it_is_bound_to_its_address(gaelle, offer, animator):
    link = invite(gaelle, offer)
    sacha = Client()
    sacha.force_login(animator)

    assert sacha.get(link).status_code == 403
    assert sacha.post(link, ACCEPTED).status_code == 403
    assert animator.memberships.count() == 1


def test_a_participant_is_asked_to_leave_their_space_first(gaelle, offer, caen):
    link = invite(gaelle, offer)
    theirs = Client()
    theirs.force_login(User.objects.create_user(territory=caen))

    page = theirs.get(link)

    assert page.status_code == 403
    assert "Quittez-le" in page.content.decode()


def test_a_password_that_is_too_easy_is_refused_and_the_rest_stays(gaelle, offer):
    link = invite(gaelle, offer)

    page = Client().post(link, ACCEPTED | {"password1": "azerty", "password2": "azerty"})

    assert set(errors(page)) == {"password1"}
    assert "Zoé" in page.content.decode()
    assert not User.objects.filter(email="zoe@exemple.fr").exists()


# -- Links that open nothing -----------------------------------------------------------------------


def test_a_link_serves_once(gaelle, offer):
    link = invite(gaelle, offer)
    Client().post(link, ACCEPTED)

    again = Client().post(link, ACCEPTED | {"password1": "autre", "password2": "autre"})

    assert again.status_code == 410
    assert "a déjà servi" in again.content.decode()
    assert Membership.objects.filter(user__email="zoe@exemple.fr").count() == 1


@pytest.mark.parametrize("made", ["abîme", "signed elsewhere", "of nobody"])
def test_a_link_that_is_wrong_helps(client, db, made):
    token = {
        "abîme": "abc:def:ghi",
        "signed elsewhere": signing.TimestampSigner(salt="autre").sign("0" * 32),
        "of nobody": signing.TimestampSigner(salt="rtr.invitation").sign("0" * 32),
    }[made]

    page = client.get(reverse("invitation", args=[token]))

    assert page.status_code == 404
    assert "copiez-le en entier" in page.content.decode()


def test_an_invitation_runs_out_and_is_sent_again(gaelle, offer):
    link = invite(gaelle, offer)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=15)):
        gaelle.force_login(User.objects.get(first_name="Gaelle"))
        late = Client().post(link, ACCEPTED)
        assert late.status_code == 410
        assert "elle le fait en un geste" in late.content.decode()
        assert "Expirée" in gaelle.get(reverse("accounts")).content.decode()

        gaelle.post(reverse("invitation_resend", args=[Invitation.objects.get().pk]))
        Client().post(link_in(received("zoe@exemple.fr")), ACCEPTED)

    assert User.objects.filter(email="zoe@exemple.fr").exists()


def test_a_cancelled_one_opens_nothing(gaelle, offer):
    link = invite(gaelle, offer)

    gaelle.post(reverse("invitation_cancel", args=[Invitation.objects.get().pk]))

    assert Client().post(link, ACCEPTED).status_code == 410
    assert "annulée" in Client().get(link).content.decode()


def test_a_mail_that_has_not_left_does_not_leave_once_cancelled(gaelle, offer):
    gaelle.post(reverse("invite"), offer)
    gaelle.post(reverse("invitation_cancel", args=[Invitation.objects.get().pk]))

    due.run_due("territories.accountmail")

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("refusal", "word"),
    [(due.Refused("SMTP 550"), "Adresse refusée"), (TimeoutError(), "Arrivée incertaine")],
)
def test_what_became_of_its_mail_is_seen(gaelle, offer, monkeypatch, refusal, word):
    def refuse(**message):
        raise refusal

    gaelle.post(reverse("invite"), offer)
    assert "Part bientôt" in gaelle.get(reverse("accounts")).content.decode()
    monkeypatch.setattr("territories.accounts.mails.send", refuse)
    due.run_due("territories.accountmail")

    assert word in gaelle.get(reverse("accounts")).content.decode()
    assert AccountMail.objects.get().attempts == 1


# -- Twice, come back, beyond one's right ----------------------------------------------------------


def test_a_second_invitation_to_the_same_role_names_the_first(gaelle, offer):
    invite(gaelle, offer)

    found = errors(gaelle.post(reverse("invite"), offer | {"email": "ZOE@exemple.fr"}))

    assert "Gaelle Exemple a déjà invité cette adresse" in found["email"][0]
    assert Invitation.objects.count() == 1


def test_a_role_somebody_has_is_not_offered_again(gaelle, offer, referent):
    found = errors(gaelle.post(reverse("invite"), offer | {"email": referent.email}))

    assert "Karim Exemple a déjà ce rôle" in found["__all__"][0]


def test_a_leaver_comes_back_knowingly(gaelle, offer, referent):
    gaelle.post(reverse("account_close", args=[referent.pk]))
    back = offer | {"email": referent.email}

    asked = gaelle.post(reverse("invite"), back)
    assert "Cochez pour le rouvrir" in errors(asked)["reopens"][0]
    assert 'type="checkbox" name="reopens"' in asked.content.decode()
    link = invite(gaelle, back | {"reopens": "on"})
    Client().post(link, ACCEPTED | {"first_name": "Karim"})

    fresh = User.objects.get(pk=referent.pk)
    assert fresh.is_active and fresh.check_password(CHOSEN)
    assert len(fresh.roles) == 1


def test_a_role_for_a_time_wants_its_end(gaelle, offer):
    for role in (Role.VOLUNTEER, Role.PRESCRIBER, Role.EVALUATOR):
        found = errors(gaelle.post(reverse("invite"), offer | {"role": role}))
        assert "notez sa fin" in found["until_on"][0]

    invite(gaelle, offer | {"role": Role.VOLUNTEER, "until_on": NEXT_YEAR})


def test_nobody_gives_beyond_their_programme(gaelle, offer, marseille, caen):
    for territories in ([marseille.pk], [caen.pk, marseille.pk]):
        found = errors(gaelle.post(reverse("invite"), offer | {"territories": territories}))
        assert "territories" in found
    assert not Invitation.objects.exists()


def test_a_manager_of_one_territory_gives_nothing_in_the_other(
    client, offer, caen, vallees, le_dome
):
    client.force_login(member("Lise", Role.MANAGER, le_dome, caen))

    found = errors(client.post(reverse("invite"), offer | {"territories": [vallees.pk]}))

    assert "territories" in found


def test_two_who_accept_at_once_make_one_account(transactional_db, offer, manager, caen, le_dome):
    invitation = Invitation.objects.create(
        email="zoe@exemple.fr",
        first_name="Zoé",
        last_name="Martin",
        role=Role.REFERENT,
        organisation=le_dome,
        programme=caen.programme,
        invited_by=manager,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    told = []

    def say_yes():
        names = {"first_name": "Zoé", "last_name": "Martin"}
        try:
            accept(by=None, invitation=invitation, names=names, password=CHOSEN)
            told.append("yes")
        except NotPending:
            told.append("no")
        finally:
            connection.close()

    threads = [threading.Thread(target=say_yes) for _each in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["no"] * 4 + ["yes"]
    assert Membership.objects.filter(user__email="zoe@exemple.fr").count() == 1


def test_the_first_manager_is_invited_from_the_machine(caen, le_dome):
    call_command("invite_manager", "territoires-partages", "zoe@exemple.fr", "Zoé", "M", "le-dome")

    Client().post(link_in(received("zoe@exemple.fr")), ACCEPTED)

    assert User.objects.get(email="zoe@exemple.fr").may("programme.manage", caen.pk)
    with pytest.raises(CommandError, match="déjà quelqu’un"):
        call_command("invite_manager", "territoires-partages", "x@exemple.fr", "X", "M", "le-dome")


def test_old_invitations_are_forgotten(gaelle, offer):
    invite(gaelle, offer)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=120)):
        due.nights["territories.members.actions.invitations.forget_invitations"]()

    assert not Invitation.objects.exists()
