"""Coming in with a code received by mail; mails that keep nobody waiting; attempts that are
counted."""

import datetime
import time

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from rtr import due
from rtr.lib import mail as posting
from territories.models import AccountMail
from tests.cast import PASSWORD
from tests.territories.mails import code_in, link_in, received

ASK, CONFIRM = "account_request_login_code", "account_confirm_login_code"


def ask_code(client, email):
    return client.post(reverse(ASK), {"email": email}, follow=True)


def test_six_figures_received_by_mail_let_in(client, coordinator):
    ask_code(client, coordinator.email)
    code = code_in(received(coordinator.email))

    response = client.post(reverse(CONFIRM), {"code": code}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("today")
    assert int(client.session["_auth_user_id"]) == coordinator.pk


def test_an_unknown_address_is_answered_alike(client, coordinator):
    known = ask_code(client, coordinator.email)
    client.cookies.clear()
    unknown = ask_code(client, "personne@exemple.fr")

    assert known.redirect_chain == unknown.redirect_chain
    assert known.content.decode().replace(coordinator.email, "…").count("Si un compte") == 1
    assert unknown.content.decode().count("Si un compte") == 1
    assert "aucun compte" in received("personne@exemple.fr")


def test_a_closed_account_is_answered_alike_and_gets_no_code(client, coordinator):
    coordinator.is_active = False
    coordinator.save()

    ask_code(client, coordinator.email)

    assert "aucun compte ouvert" in received(coordinator.email)


def test_three_wrong_codes_ask_for_a_new_one(client, coordinator):
    ask_code(client, coordinator.email)
    code = code_in(received(coordinator.email))
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    for _try in range(3):
        response = client.post(reverse(CONFIRM), {"code": wrong}, follow=True)

    assert response.redirect_chain[-1][0] == reverse(ASK)
    assert "Demandez un nouveau code" in response.content.decode()
    assert client.post(reverse(CONFIRM), {"code": code}).url == reverse(ASK)
    ask_code(client, coordinator.email)
    again = code_in(received(coordinator.email))
    client.post(reverse(CONFIRM), {"code": again})
    assert "_auth_user_id" in client.session


def test_a_code_serves_ten_minutes(client, coordinator):
    with time_machine.travel(timezone.now()) as clock:
        ask_code(client, coordinator.email)
        code = code_in(received(coordinator.email))
        clock.shift(datetime.timedelta(minutes=11))

        assert client.post(reverse(CONFIRM), {"code": code}).url == reverse(ASK)


def test_codes_are_not_asked_for_without_end(client, coordinator):
    for _time in range(4):
        client.cookies.clear()
        answer = ask_code(client, coordinator.email)

    assert "Trop d’essais" in answer.content.decode()
    assert AccountMail.objects.count() == 3


def test_another_code_replaces_the_first(client, coordinator):
    ask_code(client, coordinator.email)
    first = code_in(received(coordinator.email))

    client.post(reverse(CONFIRM), {"action": "resend"})
    second = code_in(received(coordinator.email))

    client.post(reverse(CONFIRM), {"code": second if first != second else ""})
    assert "_auth_user_id" in client.session


def test_passwords_are_not_tried_without_end(client, coordinator):
    wrong = {"login": coordinator.email, "password": "un autre mot de passe"}
    for _time in range(5):
        client.post(reverse("account_login"), wrong)

    right = client.post(reverse("account_login"), wrong | {"password": PASSWORD})

    assert "Trop d’essais" in right.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_requests_get_a_page_that_helps(client, db):
    for _time in range(31):
        response = client.post(reverse("account_login"), {"login": "x@exemple.fr", "password": "x"})

    assert response.status_code == 429
    assert "Attendez une minute" in response.content.decode()


# -- Mails -----------------------------------------------------------------------------------------


def test_a_mail_server_that_hangs_keeps_nobody_waiting(client, coordinator, monkeypatch):
    monkeypatch.setattr(posting, "_server", lambda: time.sleep(60))
    start = time.monotonic()

    ask_code(client, coordinator.email)
    client.post(reverse("account_reset_password"), {"email": coordinator.email})

    assert time.monotonic() - start < 5
    assert AccountMail.objects.filter(status=due.Status.DUE).count() == 2


def test_what_a_mail_said_is_forgotten_once_it_left(client, coordinator):
    ask_code(client, coordinator.email)
    assert AccountMail.objects.get().body

    received(coordinator.email)

    row = AccountMail.objects.get()
    assert (row.status, row.body) == (due.Status.DONE, "")
    assert row.sent_at is not None


def test_a_code_that_comes_too_late_does_not_leave(client, coordinator):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask_code(client, coordinator.email)
        clock.shift(datetime.timedelta(minutes=11))
        due.run_due("territories.accountmail")

        assert mail.outbox == []
        assert AccountMail.objects.get().status == due.Status.FAILED


@pytest.mark.parametrize("days", [2, 31])
def test_mails_are_forgotten_at_night(client, coordinator, days):
    ask_code(client, coordinator.email)
    AccountMail.objects.update(status=due.Status.FAILED)

    with time_machine.travel(timezone.now() + datetime.timedelta(days=days)):
        due.nights["territories.accounts.mails.forget_mails"]()

    assert list(AccountMail.objects.values_list("body", flat=True)) == [""][: days < 30]


def test_a_forgotten_password_is_chosen_again_by_mail(client, coordinator):
    client.post(reverse("account_reset_password"), {"email": coordinator.email})
    path = link_in(received(coordinator.email))

    form = client.get(path, follow=True)
    chosen = {"password1": "un chapeau de paille neuf", "password2": "un chapeau de paille neuf"}
    client.post(form.redirect_chain[-1][0], chosen)

    coordinator.refresh_from_db()
    assert coordinator.check_password("un chapeau de paille neuf")
    assert "Votre mot de passe vient d’être changé" in received(coordinator.email)
