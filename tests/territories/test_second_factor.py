"""A second factor: set up, asked, required of some, lost; and sessions that it closes."""

import json
import os
import secrets
import subprocess
import sys
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from cryptography.fernet import InvalidToken
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from rtr.lib import sealed
from territories.accounts.sessions import NOWHERE, device
from territories.models import JournalEntry
from tests.cast import PASSWORD
from tests.territories.mails import link_in, received


def figures_of(secret: str, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def sign_in(client, user):
    data = {"login": user.email, "password": PASSWORD}
    return client.post(reverse("account_login"), data)


def set_up(client) -> str:
    """Install an application of codes, just after signing in. Returns its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": figures_of(secret)})
    cache.clear()  # a code serves once; the next one would come in thirty seconds
    return secret


@pytest.fixture
def secret(client, coordinator, django_capture_on_commit_callbacks):
    sign_in(client, coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        return set_up(client)


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def test_an_application_of_codes_is_asked_at_the_next_visit(client, coordinator, secret):
    client.post(reverse("account_logout"))

    first = sign_in(client, coordinator)
    assert first.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    second = client.post(first.url, {"code": figures_of(secret)}, follow=True)

    assert second.redirect_chain[-1][0] == reverse("today")


def test_a_wrong_code_stays_outside(client, coordinator, secret):
    client.post(reverse("account_logout"))
    sign_in(client, coordinator)

    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert "Ce code n’est pas le bon" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_serves_once(client, coordinator, secret):
    client.post(reverse("account_logout"))
    code = figures_of(secret)
    sign_in(client, coordinator)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))

    sign_in(client, coordinator)
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once(client, coordinator, secret):
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert "codes-de-secours.txt" in file.headers["Content-Disposition"]
    assert file.content.decode().split()[-10:] == codes
    for expected in (True, False):
        client.post(reverse("account_logout"))
        sign_in(client, coordinator)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in client.session) is expected


def test_secrets_are_not_readable_in_the_database(client, coordinator, secret):
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in stored
    sealed_secret = Authenticator.objects.get(type="totp").data["secret"]
    assert sealed.unseal(sealed_secret) == secret


def test_a_new_key_reads_what_the_former_wrote(settings):
    written = sealed.seal("un secret")

    settings.ENCRYPTION_KEYS = ["une clé neuve", *settings.ENCRYPTION_KEYS]
    assert sealed.unseal(written) == "un secret"
    settings.ENCRYPTION_KEYS = ["une clé neuve"]
    with pytest.raises(InvalidToken):
        sealed.unseal(written)


def test_its_owner_is_told_by_mail(client, coordinator, secret):
    assert "Une application donne maintenant les codes" in received(coordinator.email)


# -- Required --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["coordinator", "manager"])
def test_who_opens_many_files_is_led_to_it_first(request, client, required, who):
    sign_in(client, request.getfixturevalue(who))

    for name in ("home", "today", "participants"):
        assert client.get(reverse(name)).url == reverse("mfa_index")
    page = client.get(reverse("mfa_index"))
    assert "choisissez une seconde preuve" in page.content.decode()


def test_once_it_is_there_the_pages_open(client, coordinator, required):
    sign_in(client, coordinator)

    set_up(client)

    assert client.get(reverse("today")).status_code == 200


def test_a_part_of_a_page_leads_there_whole(client, coordinator, required):
    sign_in(client, coordinator)

    answer = client.get(reverse("participants"), headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == reverse("mfa_index")


def test_others_are_not_asked(client, referent, required):
    sign_in(client, referent)

    assert client.get(reverse("today")).status_code == 200


def test_taking_the_last_one_away_leads_back_to_it(client, coordinator, required):
    sign_in(client, coordinator)
    set_up(client)
    client.get(reverse("today"))

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert client.get(reverse("today")).url == reverse("mfa_index")


@pytest.mark.parametrize(("demo", "said"), [("", "True"), ("1", "False")])
def test_production_requires_it_and_a_demonstration_does_not(demo, said):
    environment = {"PATH": os.environ["PATH"], "RTR_DEMO": demo, "DJANGO_SETTINGS_MODULE": ""}
    environment |= {"SECRET_KEY": secrets.token_urlsafe(50), "DATABASE_URL": "postgres://x@y/z"}
    code = "from rtr import settings; print(settings.REQUIRE_SECOND_FACTOR)"

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.stdout.strip() == said, done.stderr


# -- Sessions --------------------------------------------------------------------------------------


def test_setting_it_up_closes_the_other_sessions(
    client, coordinator, django_capture_on_commit_callbacks
):
    other = Client()
    sign_in(other, coordinator)
    sign_in(client, coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)

    assert other.get(reverse("today")).status_code == 302
    assert client.get(reverse("today")).status_code == 200


def test_another_password_closes_the_other_sessions(client, coordinator):
    other = Client()
    sign_in(other, coordinator)
    sign_in(client, coordinator)
    new = "un chapeau de paille neuf"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert other.get(reverse("today")).status_code == 302
    assert client.get(reverse("today")).status_code == 200
    assert UserSession.objects.count() == 1


def test_one_sees_and_closes_ones_sessions(client, coordinator):
    other = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    sign_in(other, coordinator)
    sign_in(client, coordinator)

    page = client.get(reverse("my_sessions")).content.decode()
    assert "Firefox sur Linux" in page
    assert set(UserSession.objects.values_list("ip", flat=True)) == {NOWHERE}
    row = UserSession.objects.get(user_agent__contains="Firefox")
    client.post(reverse("my_session_end", args=[row.pk]))

    assert other.get(reverse("today")).status_code == 302
    assert client.get(reverse("today")).status_code == 200


def test_all_the_others_close_at_once(client, coordinator):
    others = [Client(), Client()]
    for each in (*others, client):
        sign_in(each, coordinator)

    client.post(reverse("my_sessions"))

    assert [each.get(reverse("today")).status_code for each in (*others, client)] == [302, 302, 200]


def test_nobody_closes_a_session_of_somebody_else(client, coordinator, referent):
    other = Client()
    sign_in(other, referent)
    sign_in(client, coordinator)

    row = UserSession.objects.get(user=referent)

    assert client.post(reverse("my_session_end", args=[row.pk])).status_code == 404
    assert other.get(reverse("today")).status_code == 200


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130", "Edge sur Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604", "Safari sur iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25 Chrome/121",
            "Samsung Internet sur Android",
        ),
        ("curl/8", "Un appareil que nous ne reconnaissons pas"),
    ],
)
def test_a_device_is_named_in_words(said, words):
    assert device(said) == words


# -- My account ------------------------------------------------------------------------------------


def test_ones_address_changes_once_the_new_one_is_confirmed(client, coordinator):
    sign_in(client, coordinator)
    client.post(reverse("account_email"), {"email": "nouvelle@exemple.fr", "action_add": ""})
    coordinator.refresh_from_db()
    assert coordinator.email == "nadia@exemple.fr"

    path = link_in(received("nouvelle@exemple.fr"))
    assert client.get(path).status_code == 200
    client.post(path)

    coordinator.refresh_from_db()
    assert coordinator.email == "nouvelle@exemple.fr"
    assert "L’adresse de votre compte" in received("nadia@exemple.fr")
    client.post(reverse("account_logout"))
    assert sign_in(client, coordinator).url == reverse("home")


def test_an_address_of_somebody_else_is_not_taken(client, coordinator, referent):
    sign_in(client, coordinator)

    client.post(reverse("account_email"), {"email": referent.email, "action_add": ""})
    path = link_in(received(referent.email))
    told = client.post(path, follow=True)

    assert "sert déjà à un autre compte" in told.content.decode()
    coordinator.refresh_from_db()
    assert coordinator.email == "nadia@exemple.fr"


def test_an_account_tells_who_one_is_and_corrects_it(client, coordinator):
    sign_in(client, coordinator)
    assert "Le Dôme" in client.get(reverse("my_account")).content.decode()

    client.post(reverse("my_name"), {"first_name": "Nadja", "last_name": "Exemple"})

    coordinator.refresh_from_db()
    assert coordinator.first_name == "Nadja"


# -- Lost ------------------------------------------------------------------------------------------


def test_a_manager_takes_a_lost_one_away(client, coordinator, manager, secret):
    assert client.get(reverse("today")).status_code == 200
    theirs = Client()
    theirs.force_login(manager)

    page = theirs.get(reverse("second_factor_reset", args=[coordinator.pk]))
    assert "appelez-la" in page.content.decode()
    theirs.post(reverse("second_factor_reset", args=[coordinator.pk]))

    assert not Authenticator.objects.exists()
    assert client.get(reverse("today")).status_code == 302
    line = JournalEntry.objects.get(act="second_factor_reset")
    assert (line.actor, line.object_id) == (manager, coordinator.pk)
    assert manager.get_full_name() in received(coordinator.email)


def test_nobody_takes_their_own_away_so(client, manager):
    client.force_login(manager)

    assert client.post(reverse("second_factor_reset", args=[manager.pk])).status_code == 403
