"""A wallet reads somebody's badges, as they agreed, until they change their mind."""

import datetime
import json
from urllib.parse import urlencode

import pytest
import time_machine
from allauth.idp.oidc.models import Client as Application
from allauth.idp.oidc.models import Token
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from badges.credentials.actions import award, revoke
from badges.wallet_api.actions import forget_tokens
from badges.wallet_api.models import ConnectedWallet
from journeys.portal.actions import account_of
from journeys.recognition.holding import recipient_of
from rtr import scope
from tests.badges.factories import a_version, signed
from tests.badges.wallet import (
    API,
    BACK,
    READ,
    READ_PROFILE,
    WRITE,
    WRITE_PROFILE,
    Elsewhere,
    Wallet,
    agree,
    answer_of,
)
from tests.journeys.factories import JourneyFactory


@pytest.fixture
def holder(kiwi):
    """Kiwi, as the engine knows them."""
    with scope.over([kiwi.territory_id]):
        account_of(kiwi.participant)
        kiwi.participant.refresh_from_db()
        yield recipient_of(kiwi.participant)


@pytest.fixture
def awarded(holder, version, issuer, coordinator):
    return award(recipient=holder, version=version, issuer=issuer, by=coordinator)


@pytest.fixture
def phone(holder):
    """Kiwi's handset, where they are in."""
    handset = Client()
    handset.force_login(holder.user)
    return handset


@pytest.fixture
def wallet(db):
    return Wallet()


def told(answer) -> dict:
    """An error, whole: Imsx_StatusInfo."""
    info = answer.json()
    assert info["imsx_codeMajor"] == "failure" and info["imsx_severity"] == "error"
    (field,) = info["imsx_codeMinor"]["imsx_codeMinorField"]
    return {"status": answer.status_code, "minor": field["imsx_codeMinorFieldValue"]} | {
        "words": info["imsx_description"]
    }


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


# -- Whose badges, and which -----------------------------------------------------------------------


@pytest.fixture
def neighbour(caen, le_dome, version, issuer, coordinator):
    """Another person of Caen, who holds a badge."""
    journey = JourneyFactory(territory=caen, participant__organisation=le_dome)
    with scope.over([caen.pk]):
        account_of(journey.participant)
        recipient = recipient_of(type(journey.participant).objects.get(pk=journey.participant_id))
        badge = award(recipient=recipient, version=version, issuer=issuer, by=coordinator)
    handset = Client()
    handset.force_login(recipient.user)
    return {"phone": handset, "badge": signed(badge), "recipient": recipient}


def test_each_token_reads_one_s_own(phone, wallet, badge, neighbour):
    with scope.everything("signing"):
        theirs = Wallet().connect(neighbour["phone"]).get().json()
    ours = wallet.connect(phone).get().json()

    assert [one["id"] for one in ours["credential"]] == [badge.url]
    assert [one["id"] for one in theirs["credential"]] == [neighbour["badge"].url]


def test_one_application_and_two_people_are_two_wallets(phone, wallet, badge, neighbour):
    wallet.connect(phone)
    mine = dict(wallet.tokens)
    wallet.connect(neighbour["phone"])

    assert [one["id"] for one in wallet.get().json()["credential"]] == [neighbour["badge"].url]
    wallet.tokens = mine
    assert [one["id"] for one in wallet.get().json()["credential"]] == [badge.url]


def test_only_signed_badges_that_still_hold_are_told(phone, wallet, holder, awarded, version):
    wallet.connect(phone)
    assert wallet.get().json() == {"credential": [], "compactJwsString": []}

    badge = signed(awarded)
    assert wallet.get()["X-Total-Count"] == "1"

    revoke(credential=badge, reason="mistake", by=None)
    assert wallet.get()["X-Total-Count"] == "0"


@pytest.fixture
def five(holder, caen, le_dome, issuer, coordinator):
    versions = [a_version(caen, le_dome, code=f"geste-{number}") for number in range(5)]
    return [
        signed(award(recipient=holder, version=version, issuer=issuer, by=coordinator))
        for version in versions
    ]


def follow(wallet, relation: str, answer):
    parts = dict(
        reversed(part.strip().split("; ")) for part in answer["Link"].replace(">", "").split(",")
    )
    url = parts.get(f'rel="{relation}"')
    return url and wallet.get(url.removeprefix(f"<http://testserver{API}"))


def test_pages_follow_their_links_and_miss_nothing(phone, wallet, five):
    wallet.connect(phone)

    page, seen = wallet.get("/credentials?limit=2"), []
    first = page
    while page is not None:
        assert page["X-Total-Count"] == "5"
        assert len(page.json()["credential"]) == len(page.json()["compactJwsString"]) <= 2
        seen += [one["id"] for one in page.json()["credential"]]
        last, page = page, follow(wallet, "next", page)

    assert sorted(seen) == sorted(badge.url for badge in five) and len(seen) == 5
    assert follow(wallet, "prev", first) is None
    assert follow(wallet, "last", first).content == last.content
    assert follow(wallet, "first", last).content == first.content
    assert follow(wallet, "prev", last).json()["credential"][0]["id"] == seen[2]


def test_since_tells_what_was_signed_after(phone, wallet, five):
    wallet.connect(phone)
    third = timezone.now() - datetime.timedelta(days=2)
    for days, badge in enumerate(five):
        badge.signed_on = third + datetime.timedelta(days=days - 2)
        badge.save()

    late = wallet.get(f"/credentials?{urlencode({'since': third.isoformat(), 'limit': 1})}")

    assert late["X-Total-Count"] == "2" and "since=" in late["Link"]
    assert follow(wallet, "next", late)["X-Total-Count"] == "2"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=deux",
        "limit=1.5",
        "offset=-1",
        "offset=9999999999999999999999",
        "limit=²",
        "since=hier",
        "since=2026-01-01T00:00:00",
        "since=2026-13-01T00:00:00Z",
        "since=%00",
    ],
)
def test_a_wrong_query_is_named(phone, wallet, query):
    wallet.connect(phone)

    assert told(wallet.get(f"/credentials?{query}"))["minor"] == "invalid_query_parameter"


def test_past_the_end_there_is_nothing(phone, wallet, badge):
    wallet.connect(phone)

    assert wallet.get("/credentials?offset=900&limit=5000").json()["credential"] == []


def test_a_large_wallet_asks_no_more_of_the_database(
    phone, wallet, badge, five, django_assert_max_num_queries
):
    wallet.connect(phone)

    with django_assert_max_num_queries(9):
        assert wallet.get()["X-Total-Count"] == "6"


# -- Profile -------------------------------------------------------------------------------------


def test_a_profile_is_a_number_that_two_wallets_do_not_share(phone, wallet, kiwi, holder):
    mine = wallet.connect(phone, READ_PROFILE).get("/profile")
    other = Wallet().connect(phone, READ_PROFILE).get("/profile").json()

    assert set(mine.json()) == {"@context", "id", "type"}
    assert mine.json()["id"] != other["id"]
    assert str(holder.uuid) not in mine.content.decode()
    assert wallet.get("/profile").content == mine.content


def test_what_a_wallet_would_change_is_refused_by_name(phone, wallet):
    wallet.connect(phone, f"{READ_PROFILE} {WRITE_PROFILE}")
    own = wallet.get("/profile").json()

    def put(body):
        text = body if isinstance(body, str) else json.dumps(body)
        return wallet.call("PUT", "/profile", text, CONTENT_TYPE="application/json")

    assert put(own).json() == own
    assert put(own | {"type": "Profile"}).status_code == 200
    wrong = told(put(own | {"name": "Kiwi", "email": "kiwi@mail.example"}))
    assert wrong["status"] == 400 and "email, name" in wrong["words"]
    for body in ("", "[]", "{", '"profil"', {}):
        assert told(put(body))["status"] == 400


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


# -- Badges of others, put in ----------------------------------------------------------------------


@pytest.fixture
def elsewhere(monkeypatch):
    return Elsewhere(monkeypatch)


@pytest.fixture
def filing(phone, wallet):
    return wallet.connect(phone, f"{READ} {WRITE}")


def put(wallet, body, kind: str = "application/json"):
    text = body if isinstance(body, str) else json.dumps(body)
    return wallet.call("POST", "/credentials", text, CONTENT_TYPE=kind)


def test_a_badge_of_others_is_verified_kept_and_told_with_ours(filing, elsewhere, badge, holder):
    given = elsewhere.document()

    answer = put(filing, given, "application/vc+ld+json")

    assert (answer.status_code, answer.json()) == (201, given), answer.content
    assert answer["Content-Type"] == "application/vc+ld+json"
    assert holder.foreign_badges.get().name == "Souder"
    told_all = filing.get().json()
    assert [one["id"] for one in told_all["credential"]] == [badge.url, given["id"]]


def test_a_token_is_kept_as_a_token(filing, elsewhere):
    token = elsewhere.token()

    answer = put(filing, token, "text/plain")

    assert (answer.status_code, answer.content.decode()) == (201, token), answer.content
    assert filing.get().json() == {"credential": [], "compactJwsString": [token]}


def test_the_same_is_there_already_a_newer_one_replaces_it_an_older_one_does_not(
    filing, elsewhere, holder
):
    assert put(filing, elsewhere.document(days=-2)).status_code == 201

    same = put(filing, elsewhere.document(days=-2))
    older = put(filing, elsewhere.document(days=-3))
    newer = put(filing, elsewhere.document(days=-1, name="Souder mieux"))

    assert [one.status_code for one in (same, older, newer)] == [304, 304, 200]
    assert same.content == b""
    assert holder.foreign_badges.get().name == "Souder mieux"


def test_one_s_own_badge_given_back_is_there_already(filing, badge, holder):
    assert put(filing, badge.document).status_code == 304
    assert put(filing, badge.token, "text/plain").status_code == 304
    assert not holder.foreign_badges.exists()


def test_a_badge_that_we_gave_to_somebody_else_is_not_taken(filing, neighbour, holder):
    assert told(put(filing, neighbour["badge"].document))["status"] == 400
    assert not holder.foreign_badges.exists()


def test_a_false_badge_is_refused_with_its_reason(filing, elsewhere, holder):
    false = elsewhere.document() | {"name": "Autre chose"}
    expired = elsewhere.document(until=-1)

    assert "signature" in told(put(filing, false))["words"]
    assert told(put(filing, expired))["status"] == 400
    assert not holder.foreign_badges.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("", "application/json", 400),
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("{}", "application/json", 400),
        ('{"id": 1, "issuer": [], "validFrom": {}}', "application/json", 400),
        ("[" * 50_000, "application/json", 400),
        ('{"a":' * 50_000, "application/json", 400),
        ("a.b.c", "text/plain", 400),
        ("https://autre.example/badge", "text/plain", 400),
        ("{}", "text/plain", 400),
        ("a.b.c", "application/json", 400),
        ("<svg/>", "image/svg+xml", 415),
        ("{}", "", 415),
        ('{"a":"' + "x" * 1_100_000 + '"}', "application/json", 413),
    ],
)
def test_what_is_no_badge_is_refused(filing, body, kind, status):
    assert told(put(filing, body, kind))["status"] == status
