"""Applications register; the service describes itself."""

import datetime

import pytest
import time_machine
from allauth.idp.oidc.models import Client as Application
from django.urls import reverse
from django.utils import timezone

from badges.wallet_api.actions import forget_tokens
from tests.badges.wallet import (
    API,
    BACK,
    READ,
    READ_PROFILE,
    WRITE,
    WRITE_PROFILE,
    Wallet,
    told,
)

# -- Registration, discovery -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uris": ["http://wallet.example/retour"]},
        {"redirect_uris": ["https://*.example/retour"]},
        {"redirect_uris": ["https://a@wallet.example/retour"]},
        {"redirect_uris": ["https://wallet.example/#x"]},
        {"redirect_uris": ["javascript:alert(1)"]},
        {"redirect_uris": ["https://wallet.example/" + "a" * 400]},
        {"redirect_uris": [f"{BACK}{number}" for number in range(6)]},
        {"redirect_uris": [1]},
        {"redirect_uris": []},
        {"client_name": ""},
        {"client_name": "n" * 61},
        {"client_name": "<b>"},
        {"response_types": ["token"]},
        {"response_types": ["code", "id_token"]},
        {"grant_types": ["client_credentials"]},
        {"grant_types": ["authorization_code", "client_credentials"]},
        {"grant_types": ["refresh_token"]},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"scope": "openid email"},
    ],
)
def test_what_an_application_may_not_register(wallet, wrong):
    answer = wallet.register(**wrong)

    assert answer.status_code == 400, answer.content
    assert answer.json()["error"].startswith("invalid_")
    assert Application.objects.count() == 1


def test_scopes_that_do_not_exist_here_are_left_out(wallet):
    assert "openid" not in wallet.register(scope=f"openid {READ}").json()["scope"]
    assert WRITE_PROFILE in wallet.register(scope="").json()["scope"]


def test_a_name_that_misleads_is_cleaned(wallet):
    named = wallet.register(client_name="Mon\u202e  Classeur\n").json()

    assert named["client_name"] == "Mon Classeur"


def test_registrations_are_counted_and_old_unused_ones_go(phone, wallet, monkeypatch):
    wallet.connect(phone)
    Wallet()
    monkeypatch.setattr("badges.wallet_api.adapter.MOST_A_DAY", 2)
    assert wallet.register().status_code == 429
    assert wallet.register(client_name="n" * 30_000).status_code == 413

    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        forget_tokens()

    assert [one.pk for one in Application.objects.all()] == [wallet.client_id]


def test_the_service_describes_itself_to_anybody(client, db):
    answer = client.get(f"{API}/discovery")

    scheme = answer.json()["components"]["securitySchemes"]["OAuth2ACG"]
    flow = scheme["flows"]["authorizationCode"]
    assert answer.json()["openapi"].startswith("3.0")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert scheme["x-imssf-registrationUrl"].endswith(reverse("oauth_register"))
    assert flow["authorizationUrl"].endswith(reverse("portal_wallet_ask"))
    assert flow["tokenUrl"] == flow["refreshUrl"]
    assert {READ, WRITE, READ_PROFILE, WRITE_PROFILE} <= set(flow["scopes"])
    assert set(answer.json()["paths"]) == {"/credentials", "/profile", "/discovery"}
    known = client.get("/.well-known/oauth-authorization-server").json()
    assert known["token_endpoint"] == flow["tokenUrl"]
    assert known["code_challenge_methods_supported"] == ["S256"]


@pytest.mark.parametrize("path", ["/credentials", "/profile", "/discovery", "/oauth/token"])
def test_a_browser_of_any_site_may_ask_first(client, db, path):
    answer = client.options(
        f"{API}{path}",
        HTTP_ORIGIN="https://wallet.example",
        HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET",
        HTTP_ACCESS_CONTROL_REQUEST_HEADERS="authorization",
    )

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


def test_other_methods_are_refused_in_the_same_words(client, db):
    for path in ("/credentials", "/profile", "/discovery"):
        assert told(client.delete(f"{API}{path}"))["minor"] == "not_allowed"


@pytest.mark.parametrize("who", ["nobody", "participant", "referent"])
def test_empty_requests_are_answered_whoever_calls(client, kiwi, holder, referent, who):
    """As the table of addresses says."""
    if who != "nobody":
        client.force_login(holder.user if who == "participant" else referent)

    for name, of_get, of_post in [
        ("oauth_server", 200, 405),
        ("wallet_credentials", 401, 401),
        ("wallet_profile", 401, 405),
        ("wallet_discovery", 200, 405),
        ("oauth_token", 405, 400),
        ("oauth_revoke", 405, 400),
        ("oauth_register", 405, 400),
    ]:
        url = reverse(name)
        assert (client.get(url).status_code, client.post(url).status_code) == (of_get, of_post), url
    asked = reverse("portal_wallet_ask")
    expected = {"nobody": 302, "participant": 400, "referent": 403}[who]
    assert client.get(asked).status_code == client.post(asked).status_code == expected
