"""A person agrees, or not; each wrong step is refused; the agreement is taken back at once."""

import datetime
import json
from urllib.parse import urlencode

import pytest
import time_machine
from allauth.idp.oidc.models import Token
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from badges.wallet_api.models import ConnectedWallet
from tests.badges.wallet import (
    API,
    BACK,
    READ,
    READ_PROFILE,
    WRITE,
    WRITE_PROFILE,
    Wallet,
    agree,
    answer_of,
    told,
)

# -- The whole of it -------------------------------------------------------------------------------


@pytest.mark.parametrize("is_public", [True, False])
def test_a_wallet_reads_what_the_person_agreed_to(phone, badge, is_public):
    wallet = Wallet(is_public=is_public).connect(phone)

    answer = wallet.get()

    assert answer.status_code == 200
    assert answer["X-Total-Count"] == "1"
    assert answer["Access-Control-Allow-Origin"] == "*" and answer["Cache-Control"] == "no-store"
    assert badge.document in answer.content.decode()  # the very text that was signed
    assert answer.json() == {
        "credential": [json.loads(badge.document)],
        "compactJwsString": [badge.token],
    }


def test_the_page_says_who_asks_and_what_it_would_read(phone, wallet):
    page = phone.get(wallet.address(f"{READ} {READ_PROFILE}"))

    said = page.content.decode()
    for words in ("Mon Classeur", "wallet.example", "tous vos badges", "sans votre nom"):
        assert words in said
    assert "ranger ici" not in said
    assert "form-action 'self' https://wallet.example" in page["Content-Security-Policy"]
    assert not Token.objects.exists()


def test_no_is_said_to_the_application_and_nothing_is_kept(phone, wallet, holder):
    answer = answer_of(agree(phone, wallet.address(), action="deny"))

    assert answer == {"error": "access_denied", "state": "etat"}
    assert not holder.wallets.exists()


def test_the_agreement_is_kept_with_its_words_and_the_journal_says_it(phone, wallet, holder):
    wallet.connect(phone)

    (agreed,) = holder.wallets.all()
    assert (agreed.name, agreed.host, agreed.scopes) == ("Mon Classeur", "wallet.example", [READ])
    assert "Elle lit tous vos badges." in agreed.words


def test_somebody_not_in_comes_in_first_then_reads_the_question(kiwi, wallet, phone, holder):
    handset = Client()
    door = handset.get(wallet.address())
    assert door.url == reverse("portal_enter_help")
    handset.force_login(holder.user)

    after = handset.post(reverse("portal_phone"), {"own": "no"})

    assert after.url == wallet.address()
    assert "Mon Classeur" in handset.get(after.url).content.decode()
    assert handset.post(reverse("portal_phone"), {"own": "no"}).url == reverse("portal")


def test_a_colleague_agrees_for_nobody(client, coordinator, wallet):
    client.force_login(coordinator)

    assert client.get(wallet.address()).status_code == 403
    assert client.post(wallet.address(), {"action": "grant"}).status_code == 403


def test_an_answer_without_the_token_of_the_page_is_refused(holder, wallet):
    handset = Client(enforce_csrf_checks=True)
    handset.force_login(holder.user)
    page = handset.get(wallet.address())
    asked = page.context["form"]["request"].value()

    assert handset.post(wallet.address(), {"request": asked, "action": "grant"}).status_code == 403
    assert not Token.objects.exists()


# -- Each wrong step -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"scope": "openid"}, "invalid_scope"),
        ({"scope": f"{READ} email"}, "invalid_scope"),
        ({"response_type": "token"}, "unauthorized_client"),
    ],
)
@pytest.mark.parametrize("is_public", [True, False])
def test_a_wrong_request_goes_back_with_its_reason(phone, db, changed, error, is_public):
    wallet = Wallet(is_public=is_public)

    answer = phone.get(wallet.address(**changed))

    assert answer.status_code == 302 and answer["Location"].startswith(BACK)
    assert error in answer["Location"]
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "personne"},
        {"redirect_uri": "https://voleur.example/retour"},
        {"redirect_uri": f"{BACK}?plus=1"},
        {"redirect_uri": "http://wallet.example/retour"},
        {"redirect_uri": None},
        {"response_type": None, "client_id": None},
    ],
)
def test_an_unknown_application_or_address_is_answered_here(phone, wallet, changed):
    answer = phone.get(wallet.address(**changed))

    assert answer.status_code == 400
    assert "ne la connaissons pas" in answer.content.decode()


def test_what_was_signed_here_cannot_be_written_elsewhere(phone, wallet):
    answer = phone.post(wallet.address(), {"request": "eyJhIjoxfQ:faux", "action": "grant"})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": None},
        {"code_verifier": "v" * 60},
        {"redirect_uri": "https://voleur.example/retour"},
        {"redirect_uri": None},
        {"code": "un-autre-code"},
        {"grant_type": "password", "username": "kiwi", "password": "kiwi"},
        {"grant_type": "client_credentials"},
    ],
)
@pytest.mark.parametrize("is_public", [True, False])
def test_a_code_is_traded_by_who_asked_for_it_as_they_asked(phone, db, changed, is_public):
    wallet = Wallet(is_public=is_public)
    code = wallet.code(phone)

    answer = wallet.trade(code, **changed)

    assert answer.status_code in (400, 401), answer.content
    assert "access_token" not in answer.json()


def test_a_verifier_that_is_its_own_challenge_is_refused(phone, wallet):
    """« plain » by another door."""
    code = answer_of(agree(phone, wallet.address(code_challenge=wallet.verifier)))["code"]

    assert wallet.trade(code).status_code == 400


def test_a_code_used_twice_takes_back_what_it_gave(
    phone, wallet, django_capture_on_commit_callbacks
):
    code = wallet.code(phone)
    with django_capture_on_commit_callbacks(execute=True):
        wallet.tokens = wallet.trade(code).json()
    assert wallet.get().status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        again = wallet.trade(code)

    assert again.json()["error"] == "invalid_grant"
    assert told(wallet.get())["status"] == 401


def test_another_application_cannot_trade_the_code(phone, wallet):
    code, other = wallet.code(phone), Wallet()
    other.verifier = wallet.verifier

    assert other.trade(code).json()["error"] == "invalid_grant"


def test_a_secret_is_asked_of_who_has_one(phone, db):
    wallet = Wallet(is_public=False)
    code = wallet.code(phone)
    wallet.secret = "faux"

    assert wallet.trade(code).status_code == 401


def test_codes_and_tokens_are_over_in_time(phone, wallet):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        late = wallet.code(phone)
        clock.shift(61)
        assert wallet.trade(late).json()["error"] == "invalid_grant"
        wallet.connect(phone)
        clock.shift(3600)
        assert told(wallet.get())["minor"] == "unauthorizedrequest"
        wallet.tokens = wallet.refresh().json()
        assert wallet.get().status_code == 200
        clock.shift(datetime.timedelta(days=91))
        assert wallet.refresh().json()["error"] == "invalid_grant"


def test_a_refresh_token_serves_once(phone, wallet):
    wallet.connect(phone)
    former = dict(wallet.tokens)

    assert wallet.refresh().status_code == 200
    assert wallet.tokens == former and wallet.refresh().json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("method", "path", "missing"),
    [
        ("GET", "/credentials", READ),
        ("POST", "/credentials", WRITE),
        ("GET", "/profile", READ_PROFILE),
        ("PUT", "/profile", WRITE_PROFILE),
    ],
)
def test_each_scope_opens_its_own_door_and_no_other(phone, wallet, method, path, missing):
    every = {READ, WRITE, READ_PROFILE, WRITE_PROFILE}
    wallet.connect(phone, " ".join(sorted(every - {missing})))

    answer = wallet.call(method, path, "{}", CONTENT_TYPE="application/json")

    assert told(answer)["status"] == 403 and missing in told(answer)["words"]
    assert "insufficient_scope" in answer["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer faux", "Basic eDp5", "Bearer ey.a.b"])
def test_without_a_true_token_nothing_is_read(client, db, header):
    more = {"HTTP_AUTHORIZATION": header} if header else {}

    answer = client.get(f"{API}/credentials", **more)

    assert told(answer) | {"words": ""} == {
        "status": 401,
        "minor": "unauthorizedrequest",
        "words": "",
    }
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_token_in_the_address_is_not_one(phone, wallet, badge):
    wallet.connect(phone)

    query = urlencode({"access_token": wallet.tokens["access_token"]})
    assert wallet.http.get(f"{API}/credentials?{query}").status_code == 401


def test_the_session_of_the_person_opens_nothing_here(phone, badge):
    assert phone.get(f"{API}/credentials").status_code == 401


def test_a_refresh_token_or_a_code_reads_nothing(phone, wallet, badge):
    code = wallet.code(phone)
    wallet.connect(phone)

    for false in (code, wallet.tokens["refresh_token"]):
        wallet.tokens["access_token"] = false
        assert wallet.get().status_code == 401


# -- Immediate revocation ------------------------------------------------------------------------


def test_removed_on_the_portal_it_reads_nothing_from_that_second(phone, wallet, badge, holder):
    wallet.connect(phone)
    page = phone.get(reverse("portal_wallets")).content.decode()
    assert "Mon Classeur" in page and "wallet.example" in page
    pk = holder.wallets.get().pk

    phone.post(reverse("portal_wallet_remove"), {"pk": pk})

    assert told(wallet.get())["status"] == 401
    assert wallet.refresh().json()["error"] == "invalid_grant"
    assert "Mon Classeur" not in phone.get(reverse("portal_wallets")).content.decode()
    assert not Token.objects.exclude(type=Token.Type.AUTHORIZATION_CODE).exists()


def test_an_agreement_taken_back_holds_even_if_a_token_were_left(phone, wallet, holder):
    wallet.connect(phone)
    holder.wallets.update(withdrawn_on=timezone.now())

    assert wallet.get().status_code == 401


def test_nobody_removes_another_s(phone, wallet, neighbour, holder):
    wallet.connect(phone)
    pk = holder.wallets.get().pk

    answer = neighbour["phone"].post(reverse("portal_wallet_remove"), {"pk": pk})

    assert answer.status_code == 404 and wallet.get().status_code == 200


def test_the_team_does_not_know_where_somebody_keeps_their_badges(
    phone, wallet, coordinator, holder
):
    wallet.connect(phone)

    assert not ConnectedWallet.objects.visible_to(coordinator).exists()
    assert ConnectedWallet.objects.visible_to(holder.user).count() == 1


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_an_application_may_give_its_token_back(phone, wallet, which):
    wallet.connect(phone)

    assert wallet.revoke(which).status_code == 200
    assert wallet.get().status_code == 401
    assert Wallet().connect(phone).get().status_code == 200


def test_an_application_gives_back_its_own_only(phone, wallet):
    wallet.connect(phone)
    other = Wallet()
    other.tokens = wallet.tokens

    other.revoke()

    assert wallet.get().status_code == 200


def test_a_closed_account_is_closed_here_too(phone, wallet, holder):
    wallet.connect(phone)
    holder.user.is_active = False
    holder.user.save()

    assert wallet.get().status_code == 401
    assert wallet.refresh().status_code == 400


def test_agreeing_again_replaces_the_agreement(phone, wallet, holder):
    wallet.connect(phone)
    wallet.connect(phone, f"{READ} {READ_PROFILE}")

    assert holder.wallets.open().count() == 1 and holder.wallets.count() == 2


def test_agreeing_again_for_less_holds_for_tokens_of_before(phone, wallet):
    before = wallet.connect(phone, f"{READ} {READ_PROFILE}").tokens
    wallet.connect(phone)
    wallet.tokens = before

    assert wallet.get().status_code == 200
    assert wallet.get("/profile").status_code == 403
