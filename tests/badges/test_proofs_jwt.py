"""Badges as tokens: others verify ours, and each forgery is refused for its own reason."""

import base64
import hmac
import json
from datetime import UTC, datetime

import jwt as pyjwt
import pytest
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from badges.proofs import documents, jwt, keys, status
from tests.badges.proofs import (
    DID,
    HOST,
    LIST,
    THEN,
    badge,
    ed25519,
    pem,
    public_jwk,
    rsa,
    signed_support,
)
from tests.badges.test_proofs_documents import refused


def token(document=None, name="le-dome", **changes):
    return jwt.sign(document or badge(**changes), key=rsa(name), kid=public_jwk()["kid"])


def packed(part) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def forged(header, payload=None, sign=lambda text: ""):
    text = f"{packed(header)}.{packed(payload or badge() | jwt.claims(badge()))}"
    return f"{text}.{sign(text)}"


def test_a_token_says_its_document_and_nothing_more():
    document = badge(endorsements=[signed_support()])
    signed = token(document)

    assert jwt.verify(signed, public_jwk=public_jwk()) == document
    assert jwt.peek(signed).items() >= document.items()
    assert pyjwt.get_unverified_header(signed) == {
        "alg": "RS256",
        "kid": public_jwk()["kid"],
        "typ": "JWT",
    }
    assert jwt.claims(document) == {
        "iss": DID,
        "sub": document["credentialSubject"]["id"],
        "jti": document["id"],
        "nbf": int(THEN.timestamp()),
        "exp": int(datetime(2126, 3, 1, tzinfo=UTC).timestamp()),
    }


@pytest.mark.parametrize("changes", [{}, {"valid_until": None, "identity": None}])
def test_another_verifier_accepts_our_tokens(changes):
    """openbadgeslib, with our keys and list where it looks for them."""
    did = documents.did_document(
        did=DID, multibases=[keys.multibase(ed25519().public_key())], jwks=[public_jwk()]
    )
    listed = documents.status_list(id=LIST, issuer=DID, encoded=status.encode([1]), valid_from=THEN)
    pages = {
        f"{HOST}/orgs/le-dome/did.json": json.dumps(did).encode(),
        LIST: token(listed).encode(),
    }
    verifier = OB3Verifier.for_issuer_did(DID, download=pages.__getitem__)
    # It verifies the list with the key it found first: ours are Ed25519 then RSA.
    verifier.pubkey_pem = pem(rsa())

    verifier.verify(token(**changes), check_status=True, download=pages.__getitem__)

    pages[LIST] = token(
        listed
        | {
            "credentialSubject": listed["credentialSubject"]
            | {"encodedList": status.encode([4711])}
        }
    ).encode()
    with pytest.raises(OB3VerificationError, match="is set"):
        verifier.verify(token(**changes), check_status=True, download=pages.__getitem__)


def test_another_verifier_refuses_another_key():
    with pytest.raises(OB3VerificationError, match="signature"):
        OB3Verifier(pem(rsa())).verify(token(name="thief"))


@pytest.mark.parametrize("alg", ["none", "None", "NONE"])
def test_a_token_that_says_it_is_not_signed_is_refused(alg):
    with refused("alg_none"):
        jwt.verify(forged({"alg": alg, "typ": "JWT"}), public_jwk=public_jwk())


def test_the_public_key_is_no_secret():
    """HS256 with the public key as its secret: the kind of the key decides, not the header."""

    def sign(text):
        digest = hmac.digest(pem(rsa()), text.encode(), "sha256")
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    with refused("wrong_alg"):
        jwt.verify(
            forged({"alg": "HS256", "kid": public_jwk()["kid"]}, sign=sign), public_jwk=public_jwk()
        )


@pytest.mark.parametrize("alg", ["RS512", "PS256", "ES256", "EdDSA", None, 5, ["RS256"]])
def test_another_algorithm_than_the_key_s_is_refused(alg):
    with refused("wrong_alg"):
        jwt.verify(forged({"alg": alg}), public_jwk=public_jwk())


def test_the_address_of_another_key_is_refused():
    other = jwt.sign(badge(), key=rsa(), kid=f"{DID}#other")

    with refused("wrong_kid"):
        jwt.verify(other, public_jwk=public_jwk())


def test_a_key_in_the_header_does_not_replace_the_issuer_s():
    inside = keys.jwk(rsa("thief").public_key())
    stolen = pyjwt.encode(
        badge() | jwt.claims(badge()), rsa("thief"), algorithm="RS256", headers={"jwk": inside}
    )

    with refused("wrong_key"):
        jwt.verify(stolen, public_jwk=public_jwk())


def test_a_key_in_the_header_may_be_the_issuer_s():
    inside = pyjwt.encode(
        badge() | jwt.claims(badge()), rsa(), algorithm="RS256", headers={"jwk": public_jwk()}
    )

    assert jwt.verify(inside, public_jwk=public_jwk()) == badge()


@pytest.mark.parametrize("member", ["jku", "x5u", "x5c", "b64", "cty"])
def test_a_header_that_points_elsewhere_is_refused(member):
    with refused("bad_header"):
        jwt.verify(forged({"alg": "RS256", member: []}), public_jwk=public_jwk())


def test_a_changed_or_usurped_token_is_refused():
    start, payload, end = token().split(".")
    other = packed(badge(subject="urn:uuid:5") | jwt.claims(badge(subject="urn:uuid:5")))

    with refused("bad_signature"):
        jwt.verify(f"{start}.{other}.{end}", public_jwk=public_jwk())
    with refused("bad_signature"):
        jwt.verify(token(name="thief"), public_jwk=public_jwk())
    assert jwt.verify(f"{start}.{payload}.{end}", public_jwk=public_jwk())


@pytest.mark.parametrize(
    "said",
    [
        {"iss": "did:web:x.example:o"},
        {"sub": "urn:uuid:5"},
        {"jti": "urn:uuid:5"},
        {"nbf": 1},
        {"exp": 1},
        {"exp": None},
    ],
)
def test_claims_that_contradict_the_badge_are_refused(said):
    claimed = {
        name: held for name, held in (jwt.claims(badge()) | said).items() if held is not None
    }
    signed = pyjwt.encode(badge() | claimed, rsa(), algorithm="RS256")

    with refused("wrong_claims"):
        jwt.verify(signed, public_jwk=public_jwk())


def test_a_badge_without_a_holder_makes_no_token():
    document = badge()
    del document["credentialSubject"]["id"]

    with refused("wrong_claims"):
        token(document)


@pytest.mark.parametrize(
    "text",
    [
        None,
        5,
        "",
        "a",
        "a.b",
        "a.b.c",
        "é.é.é",
        "..",
        "e30.e30.",
        "[].[].[]",
        "eyJhbGciOiJSUzI1NiJ9.W10.AAAA",
    ],
)
def test_what_is_no_token_is_refused(text):
    with pytest.raises(ValueError, match="bad_token|wrong_alg|bad_signature"):
        jwt.verify(text, public_jwk=public_jwk())


def test_a_token_larger_than_any_badge_is_not_read():
    with refused("too_big"):
        jwt.header("a" * 1_000_000)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "EC", "crv": "secp256k1"},
        {"kty": ["RSA"]},
        {"kty": "RSA", "crv": {}},
    ],
)
def test_a_key_of_another_kind_is_refused(form):
    with refused("bad_key"):
        jwt.verify(token(), public_jwk=form)


@pytest.mark.parametrize(
    "form",
    [{"kty": "RSA"}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "RSA", "n": 5, "e": None}],
)
def test_a_key_that_cannot_be_read_is_refused(form):
    with refused("bad_key"):
        jwt.verify(token(), public_jwk=form)


def test_tokens_of_others_may_be_signed_with_ed25519():
    signed = pyjwt.encode(badge() | jwt.claims(badge()), ed25519(), algorithm="EdDSA")

    assert jwt.verify(signed, public_jwk=keys.jwk(ed25519().public_key())) == badge()
