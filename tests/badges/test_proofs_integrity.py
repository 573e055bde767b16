"""Embedded proofs: others verify ours, and each forgery is refused for its own reason."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import OB3VerificationError
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

from badges.proofs import contexts, documents, integrity, keys, status, templates
from badges.proofs.errors import ProofError
from tests.badges.proofs import (
    DID,
    LIST,
    THEN,
    badge,
    ed25519,
    le_dome,
    method,
    pem,
    public_jwk,
    signed_support,
)
from tests.badges.test_proofs_documents import refused


def signed(document=None, **changes):
    return integrity.sign(
        document or badge(**changes), key=ed25519(), method=method(), created=THEN
    )


def verify(document):
    integrity.verify(document, public_key=ed25519().public_key())


def published(*lists) -> dict[str, bytes]:
    """What is at each address, for openbadgeslib."""
    did = documents.did_document(
        did=DID,
        multibases=[keys.multibase(ed25519("old").public_key()), method().partition("#")[2]],
        jwks=[public_jwk()],
    )
    pages = {"https://badges.example/orgs/le-dome/did.json": did}
    pages |= {each["id"]: each for each in lists}
    return {url: json.dumps(page).encode() for url, page in pages.items()}


def status_list(*revoked, **changes):
    given = {"id": LIST, "issuer": DID, "encoded": status.encode(revoked), "valid_from": THEN}
    return signed(documents.status_list(**given | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"endorsements": [signed_support()]},
        {"identity": None, "evidence": [], "valid_until": None},
        {
            "evidence": [
                documents.evidence(narrative="🧵", url="https://photo.example/é"),
                documents.evidence(narrative="🪡"),
            ]
        },
        {"name": 'نادية\u202e %s \\ "', "narrative": "é" * 9_000},
    ],
)
def test_another_verifier_accepts_our_badges(changes):
    """openbadgeslib, with our keys and list where it looks for them.

    It verifies only lists that are tokens (test_proofs_jwt): of this one it reads the bit.
    """
    pages = published(status_list(12, 4712))

    found = OB3LdpVerifier.for_issuer_did(DID).verify(
        json.dumps(signed(**changes)),
        check_status=True,
        download=pages.__getitem__,
        verify_status_list=False,
    )

    assert found.issuer.id == DID


@pytest.mark.parametrize("document", [signed_support, status_list])
def test_another_verifier_accepts_our_endorsements_and_lists(document):
    verify_data_integrity_proof(document(), pem(ed25519()))
    verify(document())


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("revoked", "is set"),
        ("expired", "expired"),
        ("tampered", "Invalid|signature"),
        ("another key", "Invalid|signature"),
    ],
)
def test_another_verifier_refuses_what_we_refuse(when, said):
    pages = published(status_list(4711 if when == "revoked" else 12))
    document = signed(valid_until=THEN + timedelta(hours=1)) if when == "expired" else signed()
    if when == "tampered":
        document["name"] = "Autre"
    if when == "another key":
        document = integrity.sign(badge(), key=ed25519("thief"), method=method(), created=THEN)

    with pytest.raises(OB3VerificationError, match=said):
        OB3LdpVerifier.for_issuer_did(DID).verify(
            json.dumps(document),
            check_status=True,
            download=pages.__getitem__,
            verify_status_list=False,
        )


def test_ours_accepts_what_it_signed():
    document = signed(endorsements=[signed_support()])

    verify(document)
    verify(json.loads(json.dumps(document)))
    verify(document | {"proof": document["proof"][0]})  # others write it so
    assert integrity.method(document) == method()


def test_the_document_given_is_left_as_it_was():
    document = badge()

    signed(document)

    assert document == badge()


@pytest.mark.parametrize(
    ("code", "path", "value"),
    [
        ("bad_signature", ["name"], "Autre"),
        ("bad_signature", ["validUntil"], "2999-01-01T00:00:00Z"),
        ("bad_signature", ["credentialSubject", "id"], "urn:uuid:5"),
        ("bad_signature", ["credentialSubject", "achievement", "criteria", "narrative"], "Rien"),
        ("bad_signature", ["credentialStatus", "statusListIndex"], "1"),
        ("bad_signature", ["proof", 0, "created"], "2024-03-02T00:00:00Z"),
        ("bad_signature", ["description"], "Un ajout"),
        ("unsigned_value", ["targetName"], "Un ajout ailleurs"),
        ("unknown_term", ["expirationDate"], "2999-01-01T00:00:00Z"),
        ("inline_context", ["@context", 1], {"validUntil": "https://x.example/"}),
        ("unknown_context", ["@context", 1], "https://x.example/context.json"),
        ("no_proof", ["proof"], []),
        ("many_proofs", ["proof"], [{}, {}]),
        ("bad_proof", ["proof"], ["z"]),
        ("bad_proof", ["proof", 0, "@context"], [contexts.CREDENTIALS]),
        ("bad_proof", ["proof", 0, "proofValue"], "z" + "1" * 40),
        ("bad_proof", ["proof", 0, "proofValue"], "uAAAA"),
        ("bad_proof", ["proof", 0, "proofValue"], "z0OIl"),
        ("bad_proof", ["proof", 0, "verificationMethod"], None),
        ("bad_date", ["proof", 0, "created"], "hier"),
        ("unknown_suite", ["proof", 0, "cryptosuite"], "eddsa-jcs-2022"),
        ("wrong_purpose", ["proof", 0, "proofPurpose"], "authentication"),
        ("wrong_method", ["proof", 0, "verificationMethod"], "did:web:thief.example:orgs:x#key"),
        ("wrong_method", ["issuer", "id"], "did:web:thief.example:orgs:x"),
    ],
)
def test_each_forgery_has_its_own_reason(code, path, value):
    document = deepcopy(signed())
    part = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value

    with refused(code):
        verify(document)


def test_another_key_than_the_one_named_is_said_so():
    with refused("wrong_key"):
        integrity.verify(signed(), public_key=ed25519("thief").public_key())


def test_a_badge_signed_by_another_key_in_the_issuer_s_name_is_refused():
    forged = integrity.sign(badge(), key=ed25519("thief"), method=method(), created=THEN)

    with refused("bad_signature"):
        verify(forged)


def test_a_proof_cannot_be_moved_to_another_badge():
    other = signed(subject="urn:uuid:other") | {"proof": signed()["proof"]}

    with refused("bad_signature"):
        verify(other)


@pytest.mark.parametrize("document", [None, [], "{}", 7])
def test_what_is_no_document_is_refused(document):
    with refused("not_a_document"):
        verify(document)


def test_what_would_travel_unsigned_is_not_signed():
    with refused("unknown_term"):
        signed(badge() | {"programme": "x"})


def test_nothing_of_a_stranger_s_document_is_kept():
    document = signed(issuer=le_dome() | {"description": "Jamais vu"})
    templates._templates.clear()

    verify(document)

    assert not templates._templates


def test_the_vector_of_the_specification_gives_the_same_bytes(monkeypatch):
    """VC Data Integrity EdDSA Cryptosuites 1.0, appendix B.1: its key, its document, its proof."""
    examples = "https://www.w3.org/ns/credentials/examples/v2"
    load, terms = contexts.load, contexts.terms()
    monkeypatch.setattr(
        contexts,
        "load",
        lambda url: (
            {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
            if url == examples
            else load(url)
        ),
    )
    monkeypatch.setattr(contexts, "terms", lambda: terms | {"AlumniCredential", "alumniOf"})
    private = keys.from_base58("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
    key = Ed25519PrivateKey.from_private_bytes(private[2:])
    named = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    document = {
        "@context": [contexts.CREDENTIALS, examples],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    }

    proof = integrity.sign(
        document,
        key=key,
        method=f"did:key:{named}#{named}",
        created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
    )["proof"][0]

    assert keys.multibase(key.public_key()) == named
    assert proof["proofValue"] == (
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
    )


# -- Status ---------------------------------------------------------------------------------------


def test_a_withdrawn_badge_is_refused_and_its_neighbours_are_not():
    document = signed()

    status.check(document, status_list(4710, 4712))
    with refused("revoked"):
        status.check(document, status_list(4711))
    status.check(badge(status=None), status_list(4711))


def test_a_list_may_serve_several_purposes():
    several = status_list(4711)
    several["credentialSubject"]["statusPurpose"] = ["suspension", "revocation"]
    with refused("revoked"):
        status.check(badge(), several)

    several["credentialSubject"]["statusPurpose"] = ["suspension"]
    with refused("status_of_another"):
        status.check(badge(), several)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("status_of_another", {"issuer": "did:web:thief.example:orgs:x"}),
        ("status_of_another", {"id": f"{LIST}0"}),
        ("bad_status", {"encoded": "AAAA"}),
        ("bad_status", {"encoded": "u!!!"}),
        ("bad_status", {"encoded": "uAAAA"}),
    ],
)
def test_a_status_list_that_cannot_say_is_refused(code, changes):
    with refused(code):
        status.check(badge(), status_list(**changes))


@pytest.mark.parametrize(
    "entry",
    [
        {"statusListIndex": 4711},
        {"statusListIndex": "-1"},
        {"statusListIndex": "٤"},
        {"statusListIndex": "9999999"},
        {"statusListIndex": "9" * 5_000},
        {"type": "1EdTechRevocationList"},
        {"statusSize": 2},
    ],
)
def test_a_status_that_cannot_be_read_is_refused(entry):
    document = badge()
    document["credentialStatus"] |= entry

    with refused("bad_status"):
        status.check(document, status_list())


def test_a_status_list_says_which_are_set():
    encoded = status.encode([0, 7, 8, 131_071])
    bits = status.decode(encoded)

    assert encoded == status.encode([131_071, 8, 7, 0])
    assert (bits[0], bits[1], bits[-1], len(bits)) == (0x81, 0x80, 1, 131_072 // 8)
    for wrong in ({"indices": [131_072]}, {"indices": [], "size": 8}):
        with pytest.raises(ValueError, match="list"):
            status.encode(**wrong)


def test_a_status_list_does_not_inflate_without_end():
    with refused("too_big"):
        status.decode(status.encode([], size=(status.MOST + 1) * 8))


# -- Keys -----------------------------------------------------------------------------------------


def test_a_key_keeps_its_forms():
    key, other = ed25519(), keys.new_rsa()

    assert keys.load_private(keys.private_bytes(key)).private_bytes_raw() == key.private_bytes_raw()
    assert keys.load_private(keys.private_bytes(other)).private_numbers() == other.private_numbers()
    assert keys.from_multibase(keys.multibase(key.public_key())) == key.public_key()
    assert set(keys.jwk(other.public_key())) == {"kty", "n", "e"}
    assert set(keys.jwk(key.public_key())) == {"kty", "crv", "x"}


def test_a_thumbprint_is_that_of_the_rfc():
    """RFC 7638, section 3.1."""
    form = {
        "kty": "RSA",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tS"
        "oc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0"
        "_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4"
        "vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        "e": "AQAB",
        "alg": "RS256",
        "kid": "2011-04-29",
    }

    assert keys.thumbprint(form) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize("text", [None, "", "z", "zz", "z6Mk", "z" + "2" * 500, "z6Mk0OIl", 5])
def test_what_is_no_key_is_refused(text):
    with refused("bad_key"):
        keys.from_multibase(text)


def test_a_private_key_that_cannot_be_read_says_nothing_of_itself():
    content = keys.private_bytes(ed25519())[:-1]

    with pytest.raises(ProofError) as error:
        keys.load_private(content)
    assert content.hex()[20:] not in str(error.value) + repr(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize("content", [b"", b"\0", b"\0\0a", b"a" * 64])
def test_base_58_goes_and_comes_back(content):
    assert keys.from_base58(keys.base58(content)) == content
