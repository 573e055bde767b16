"""What a wallet reads and puts in, page by page."""

import datetime
import json
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from badges.credentials.actions import award, revoke
from rtr import scope
from tests.badges.factories import a_version, signed
from tests.badges.wallet import (
    API,
    READ,
    READ_PROFILE,
    WRITE,
    WRITE_PROFILE,
    Elsewhere,
    Wallet,
    told,
)

# -- Whose badges, and which -----------------------------------------------------------------------


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


@pytest.fixture
def elsewhere(monkeypatch):
    return Elsewhere(monkeypatch)


# -- Badges of others, put in ----------------------------------------------------------------------


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
    document = elsewhere.document(days=-2)
    assert put(filing, document).status_code == 201

    same = put(filing, document)
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


def test_too_many_in_an_hour_are_told_to_wait(filing, elsewhere, holder, monkeypatch):
    monkeypatch.setattr("badges.verification.actions.MOST", 0)

    assert told(put(filing, elsewhere.document()))["status"] == 429
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
