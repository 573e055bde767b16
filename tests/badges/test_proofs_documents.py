"""What builders write, and what they refuse."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft201909Validator

from badges.proofs import canonical, contexts, dates, documents, integrity
from badges.proofs.errors import CODES, ProofError
from tests.badges.proofs import (
    DID,
    HOST,
    THEN,
    badge,
    ed25519,
    laser,
    le_dome,
    method,
    schema,
    signed_support,
    support,
)


def refused(code: str):
    """`with refused("expired"):`"""
    return pytest.raises(ProofError, match=f"^{code}:")


@pytest.mark.parametrize("url", contexts.vendored())
def test_a_context_is_the_file_that_was_pinned(url):
    entry = contexts.vendored()[url]

    assert contexts.load(url)
    assert entry["source"] and entry["licence"]


def test_a_context_that_changed_is_not_used(monkeypatch):
    entry = contexts.vendored()[contexts.CREDENTIALS] | {"sha256": "0" * 64}
    monkeypatch.setattr(contexts, "vendored", lambda: {contexts.CREDENTIALS: entry})

    with pytest.raises(RuntimeError):
        contexts.load.__wrapped__(contexts.CREDENTIALS)


def test_each_refusal_has_a_code_of_the_list():
    with pytest.raises(KeyError):
        ProofError("because")
    assert all(ProofError(code).code == code for code in CODES)


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("ob_v3p0_achievementcredential_schema", badge),
        ("strict_2024_achievementcredential_schema", badge),
        ("ob_v3p0_endorsementcredential_schema", support),
    ],
)
def test_documents_pass_the_schemas_of_1edtech(name, document):
    given = {"endorsements": [signed_support()]} if document is badge else {}
    signed = integrity.sign(document(**given), key=ed25519(), method=method(), created=THEN)

    assert not [error.message for error in Draft201909Validator(schema(name)).iter_errors(signed)]


def test_a_profile_passes_the_schema_of_1edtech():
    found = Draft201909Validator(schema("ob_v3p0_profile_schema")).iter_errors(
        documents.hosted(le_dome())
    )

    assert not [error.message for error in found]


def test_a_small_badge_has_no_empty_member():
    small = documents.credential(
        id=f"{HOST}/credentials/1",
        issuer=documents.profile(id=DID, name="Le Dôme"),
        subject="urn:uuid:1",
        achievement=documents.achievement(
            id=f"{HOST}/badges/1", name="Jardin", description="Planter", criteria="Un rang"
        ),
        valid_from=THEN,
    )

    assert all(
        value not in ("", None, [], {})
        for _depth, node in canonical.objects(small)
        for value in node.values()
    )
    canonical.check(small)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301te\u0301", "été"),
        ("a\tb\r\nc\u2028d", "a b\nc\nd"),
        ("\u202egnp.exe\u2066", "gnp.exe"),
        ("\x00nom\x7f\ufffe\ud800", "nom"),
        ("مرحبا\u200f", "مرحبا\u200f"),
        ("👩‍🔧", "👩‍🔧"),
    ],
)
def test_a_text_is_cleaned_of_what_misleads(typed, kept):
    assert documents.clean(typed) == kept


@given(st.text())
def test_a_cleaned_text_is_clean(text):
    once = documents.clean(text)

    assert documents.clean(once) == once


def test_a_text_too_long_is_refused_whole():
    assert documents.clean("é" * 120, 120)
    with refused("too_long"):
        documents.clean("é" * 121, 120)


def test_instants_are_whole_seconds_in_utc():
    paris = timezone(timedelta(hours=1))

    assert dates.iso(datetime(2026, 1, 1, 0, 30, 5, 999, tzinfo=paris)) == "2025-12-31T23:30:05Z"
    with refused("bad_date"):
        dates.iso(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text", ["2026-01-01", "2026-13-01T00:00:00Z", "demain", None, 5, "٢٠٢٦-01-01T00:00:00Z"]
)
def test_a_date_that_is_none_is_refused(text):
    with refused("bad_date"):
        dates.read_date(text)


def test_a_badge_of_tomorrow_and_one_of_yesterday_are_refused():
    ends = THEN + timedelta(days=1)
    dated = badge(valid_until=ends)

    dates.check_dates(dated, now=THEN - dates.SKEW)
    with refused("not_yet_valid"):
        dates.check_dates(dated, now=THEN - dates.SKEW - timedelta(seconds=1))
    with refused("expired"):
        dates.check_dates(dated, now=ends)


@pytest.mark.parametrize("many", [True, False])
def test_a_proof_may_end_before_what_it_proves(many):
    proof = {"type": "DataIntegrityProof", "expires": "2027-01-01T00:00:00Z"}
    dated = badge() | {"proof": [proof] if many else proof}

    dates.check_dates(dated, now=datetime(2026, 12, 31, tzinfo=UTC))
    with refused("expired"):
        dates.check_dates(dated, now=datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("base", "did"),
    [
        ("https://rtr.example", "did:web:rtr.example:orgs:le-dome"),
        ("http://localhost:8000/", "did:web:localhost%3A8000:orgs:le-dome"),
        ("https://rtr.example/sous/chemin", "did:web:rtr.example:sous:chemin:orgs:le-dome"),
    ],
)
def test_an_issuer_is_named_by_where_its_keys_are(base, did):
    assert documents.did_web(base, "orgs", "le-dome") == did


def test_an_address_becomes_an_identifier():
    assert documents.address("https://é.example/à b?c=ù#d") == (
        "https://xn--9ca.example/%C3%A0%20b?c=%C3%B9#d"
    )
    assert documents.address("https://a.example/100%?q=%C3%A9%") == (
        "https://a.example/100%25?q=%C3%A9%25"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "//ledome.example",
        "ledome.example",
        "https:///x",
        "ftp://ledome.example/",
        "https://é..fr/",
        f"https://{'é' * 62}.fr/",
        "https://[2001:db8::1",
        "https://[2001:db8::1]/",
        "https://jo:secret@ledome.example/",
        "https://le_dome.example/",
    ],
)
def test_an_address_that_nothing_would_sign_is_refused_at_once(url):
    with refused("bad_iri"):
        documents.address(url)


def test_an_e_mail_is_only_there_as_a_salted_hash():
    one, two = documents.identity("Nadia@example.org"), documents.identity("nadia@example.org")

    assert "nadia" not in str(one).lower()
    assert one["identityHash"] != two["identityHash"]
    again = documents.identity("NADIA@example.org", salt=one["salt"])
    assert again == one


def test_two_documents_of_one_badge_share_no_object_with_others():
    assert badge() == badge()
    assert laser() is not laser()
    assert badge()["validFrom"] == dates.iso(THEN.astimezone(UTC))
