"""Is it genuine? Badges of others, each thing that can be wrong refused for its own reason."""

import json
import warnings

import jwt as pyjwt
import pytest

from badges.proofs import baking, documents, jwt, keys
from badges.proofs.errors import CODES
from badges.verification import Verdict, refusals, telling
from rtr.lib.public_web import Refused
from tests.badges import proofs, strangers
from tests.badges.factories import DRAWING
from tests.badges.strangers import (
    PNG,
    Web,
    as_text,
    assertion,
    badge,
    le_dome,
    looked_at,
    old_web,
    outcome,
    token,
)

pytestmark = pytest.mark.django_db


# -- Genuine ---------------------------------------------------------------------------------------

FORMS = {
    "document": badge,
    "json": lambda: as_text(badge()),
    "bytes": lambda: as_text(badge()).encode(),
    "with a mark of order": lambda: as_text(badge()).encode("utf-8-sig"),
    "token": token,
    "token as a file": lambda: token().encode() + b"\n",
    "png": lambda: baking.bake_png(PNG, as_text(badge())),
    "png of a token": lambda: baking.bake_png(PNG, token()),
    "svg": lambda: baking.bake_svg(DRAWING, badge()),
    "svg of a token": lambda: baking.bake_svg(DRAWING, token()).encode(),
    "presentation": lambda: {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [badge()],
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_a_genuine_badge_is_said_so_in_each_form(form):
    report = looked_at(FORMS[form]())

    assert outcome(report) == (Verdict.GENUINE, "")
    assert report.title == "Ce badge est authentique"
    assert [check.ok for check in report.checks] == [True] * 6
    assert report.told.name == "J’ai utilisé la découpe laser"
    assert (report.issuer, report.told.host) == ("Le Dôme", "badges.example")


def test_a_link_is_followed_to_its_badge():
    web = le_dome().put(f"{strangers.HOST}/b/1", badge())

    assert looked_at(f"  {strangers.HOST}/b/1\n", web).is_genuine
    assert web.asked[0] == f"{strangers.HOST}/b/1"


def test_each_address_is_read_once_and_contexts_never(socket_disabled):
    web = le_dome()
    looked_at(badge(endorsements=[proofs.signed_support()]), web)

    assert sorted(web.asked) == sorted(set(web.asked))
    assert {url.split("/")[2] for url in web.asked} == {"badges.example"}


def test_without_fetching_nobody_can_say():
    web = le_dome()

    assert outcome(looked_at(badge(), web, fetch=False)) == (Verdict.UNKNOWN, "not_asked")
    assert web.asked == []


def test_a_list_as_a_token_is_read_too():
    web = le_dome().put(proofs.LIST, strangers.status_list(as_token=True))

    assert looked_at(badge(), web).is_genuine
    web.put(proofs.LIST, strangers.status_list(4711, as_token=True))
    assert looked_at(badge(), web).verdict == Verdict.REVOKED


def test_a_key_without_an_address_proves_nobody():
    """did:key: whoever made the key may call themselves as they please."""
    did = "did:key:" + keys.multibase(proofs.ed25519().public_key())
    unsigned = proofs.badge(issuer=documents.profile(id=did, name="Université"), status=None)

    report = looked_at(strangers.signed(unsigned, did=did), Web())

    assert outcome(report) == (Verdict.INTACT, "")
    assert "Rien ne dit à qui elle est" in report.words


# -- Keys of tokens -------------------------------------------------------------------------------


def by(key, kid, *, alg: str, issuer: str = proofs.DID, **header) -> str:
    unsigned = proofs.badge(
        issuer=documents.profile(id=issuer, name="École"), status=None, endorsements=()
    )
    payload = unsigned | jwt.claims(unsigned)
    return pyjwt.encode(payload, key, algorithm=alg, headers={"kid": kid, "typ": "JWT"} | header)


def test_a_token_by_ed25519_is_verified():
    assert looked_at(by(proofs.ed25519(), proofs.method(), alg="EdDSA")).is_genuine


def test_a_token_by_p256_is_verified():
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    form = json.loads(pyjwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
    did = documents.did_document(did=proofs.DID, jwks=[form | {"kid": f"{proofs.DID}#p"}])
    web = Web().put(strangers.DID_JSON, did)

    assert looked_at(by(key, f"{proofs.DID}#p", alg="ES256"), web).is_genuine


ISSUER = "https://school.example/issuer"
KEYS = "https://school.example/.well-known/jwks.json"


def public(**more):
    return keys.jwk(proofs.rsa().public_key()) | more


@pytest.mark.parametrize(
    "kid, url, served",
    [
        ("k1", KEYS, {"keys": [public(kid="k0", n="AQAB"), public(kid="k1")]}),
        ("k1", KEYS, {"keys": [public(kid="k1", iss=ISSUER)]}),
        ("https://school.example/k/1", "https://school.example/k/1", public()),
        ("https://school.example/k#1", "https://school.example/k", {"keys": [public(kid="1")]}),
    ],
)
def test_keys_of_an_issuer_at_an_address_are_found(kid, url, served):
    signed = by(proofs.rsa(), kid, alg="RS256", issuer=ISSUER)

    assert looked_at(signed, Web().put(url, served)).is_genuine


@pytest.mark.parametrize(
    "kid, url, served, reason",
    [
        ("k1", KEYS, {"keys": [public(kid="k2")]}, "key_not_found"),
        ("k1", KEYS, {"keys": [public(kid="k1", iss="https://other.example")]}, "key_not_found"),
        ("https://evil.example/k/1", "https://evil.example/k/1", public(), "wrong_method"),
        (f"{proofs.DID}#1", strangers.DID_JSON, strangers.did_json, "wrong_method"),
    ],
)
def test_a_key_that_is_not_the_issuers_proves_nothing(kid, url, served, reason):
    signed = by(proofs.rsa(), kid, alg="RS256", issuer=ISSUER)
    web = Web().put(url, served() if callable(served) else served)

    assert outcome(looked_at(signed, web)) == (Verdict.FALSE, reason)


# -- Status, keys, texts ------------------------------------------------------------------------


def test_every_refusal_has_words():
    assert set(refusals.WORDS) >= set(CODES)


@pytest.mark.parametrize(
    "list_changes, verdict, reason",
    [
        ({"valid_until": strangers.days(-1)}, "unknown", "list_expired"),
        ({"encoded": "uAAAA"}, "unknown", "bad_status"),
        ({"id": f"{strangers.HOST}/another"}, "false", "status_of_another"),
    ],
)
def test_a_list_that_says_nothing_is_told(list_changes, verdict, reason):
    assert outcome(looked_at(badge(), le_dome(**list_changes))) == (verdict, reason)


def test_a_list_that_was_changed_is_not_believed():
    web = le_dome()
    web.pages[proofs.LIST] |= {"validFrom": "2020-01-01T00:00:00Z"}

    report = looked_at(badge(), web)

    assert report.reason == "bad_signature" and not report.is_genuine


def test_revoked_speaks_before_expired():
    report = looked_at(badge(valid_until=strangers.days(-2)), le_dome(4711))

    assert outcome(report) == (Verdict.REVOKED, "revoked")
    assert [check.why for check in report.checks if check.ok is False] == ["expired", "revoked"]


@pytest.mark.parametrize("named, verdict", [([], "genuine"), (["id"], "revoked")])
def test_older_lists_of_revocations_are_read(named, verdict):
    url = f"{strangers.HOST}/revocations"
    one = badge(status={"id": url, "type": "1EdTechRevocationList"})
    listed = {"issuer": proofs.DID, "revokedCredential": [{"id": one[name]} for name in named]}

    assert looked_at(one, le_dome().put(url, listed)).verdict == verdict


def test_a_revoked_key_of_an_issuer_is_said():
    document = strangers.did_json()
    document["verificationMethod"][0]["revoked"] = "2025-01-01T00:00:00Z"

    assert looked_at(badge(), Web().put(strangers.DID_JSON, document)).reason == "key_revoked"


def test_a_did_document_of_another_is_not_believed():
    web = Web().put(strangers.DID_JSON, strangers.did_json(proofs.ACME))

    assert looked_at(badge(), web).reason == "wrong_method"


def test_texts_that_mislead_are_shown_without_what_misleads():
    unsigned = proofs.badge()
    achievement = unsigned["credentialSubject"]["achievement"]
    achievement["name"] = "Sou\u202eder 🔥" + "x" * 10_000
    achievement["description"] = "A\x1b[31m\u2066b"

    report = looked_at(strangers.signed(unsigned))

    assert report.is_genuine
    assert report.told.name.startswith("Souder 🔥x") and len(report.told.name) == 200
    assert report.told.description == "A[31mb"


def test_letters_that_grow_once_composed_are_shown_cut():
    unsigned = proofs.badge()
    unsigned["credentialSubject"]["achievement"]["name"] = "\ufb2c" * 900  # three letters each

    report = looked_at(strangers.signed(unsigned))

    assert report.is_genuine
    assert len(report.told.name) == 200


# -- Endorsements ---------------------------------------------------------------------------------


def supported(**changes):
    one = proofs.support(**changes)
    did = one["issuer"]["id"]
    return badge(endorsements=[strangers.signed(one, did=did)])


def test_endorsements_are_verified_one_by_one():
    (one,) = looked_at(supported()).endorsements

    assert (one.name, one.ok, one.comment) == ("ACME", True, "Vu à l’œuvre dans notre atelier.")


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"subject": "urn:uuid:0f0e8a7c-0000-4f6b-b9a3-2f3f1d6c9b55"}, "endorses_another"),
        ({"issuer": documents.profile(id=proofs.DID, name="Le Dôme")}, "self_endorsed"),
        ({"valid_until": strangers.days(-1)}, "expired"),
    ],
)
def test_an_endorsement_that_does_not_count_does_not_harm_the_badge(changes, why):
    report = looked_at(supported(**changes))

    assert report.is_genuine and [one.why for one in report.endorsements] == [why]


def test_a_withdrawn_endorsement_does_not_count():
    url = f"{strangers.HOST}/endorsers/acme/status/1"
    entry = documents.status_entry(list_url=url, index=7)
    web = le_dome().put(url, strangers.status_list(7, id=url, issuer=proofs.ACME))

    report = looked_at(supported(status=entry), web)

    assert report.is_genuine and [one.why for one in report.endorsements] == ["revoked"]


# -- Open Badges 2.0 ------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [assertion, lambda: "https://old.example/assertions/1"])
def test_a_hosted_badge_of_version_2_is_verified_at_its_address(given):
    report = looked_at(given(), old_web())

    assert outcome(report) == (Verdict.GENUINE, "")
    assert (report.kind, report.told.name, report.issuer) == ("ob2", "Souder", "Vieille école")


HOSTED_BADLY = {
    "changed": (assertion(issuedOn="2021-01-01T00:00:00Z"), old_web, "hosted_elsewhere"),
    "revoked": (assertion(), lambda: old_web(assertion(revoked=True)), "revoked"),
    "gone": (
        assertion(),
        lambda: old_web().put("https://old.example/assertions/1", Refused("gone")),
        "revoked",
    ),
    "expired": (
        assertion(),
        lambda: old_web(assertion(expires="2021-01-01T00:00:00Z")),
        "expired",
    ),
    "signed": (assertion(verification={"type": "signed"}), old_web, "signed_v2"),
    "inline": (
        assertion(**{"@context": ["https://w3id.org/openbadges/v2", {"a": "b"}]}),
        old_web,
        "inline_context",
    ),
    "issuer elsewhere": (
        assertion(),
        lambda: old_web(verification={"allowedOrigins": ["new.example"]}),
        "issuer_elsewhere",
    ),
}


@pytest.mark.parametrize("what", HOSTED_BADLY)
def test_a_hosted_badge_of_version_2_is_refused_for_its_reason(what):
    given, web, reason = HOSTED_BADLY[what]

    assert looked_at(given, web()).reason == reason


def test_a_badge_published_elsewhere_than_at_its_issuer_is_refused():
    web = old_web()
    web.pages["https://old.example/badges/1"] |= {"issuer": "https://known.example/issuer"}
    web.put(
        "https://known.example/issuer",
        {"type": "Issuer", "id": "https://known.example/issuer", "name": "École connue"},
    )

    assert looked_at(assertion(), web).reason == "issuer_elsewhere"


def test_drawing_an_image_again_changes_nothing_for_other_threads(monkeypatch):
    """Filters of warnings are of the whole process."""
    during, before = [], warnings.filters
    opened = telling.Image.open
    monkeypatch.setattr(
        telling.Image,
        "open",
        lambda *given, **how: during.append(warnings.filters) or opened(*given, **how),
    )

    assert telling.drawn_again(PNG)
    assert during[0] is before
