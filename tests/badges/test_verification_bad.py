"""Bad input: each has its check and its sentence; whatever is given, a Report comes back."""

import base64
import hmac
import json
import struct
import zlib

import jwt as pyjwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badges.proofs import baking, documents, jwt
from rtr.lib.public_web import Refused
from tests.badges import proofs, strangers
from tests.badges.factories import DRAWING
from tests.badges.strangers import (
    PNG,
    Web,
    as_text,
    badge,
    le_dome,
    looked_at,
    outcome,
    token,
)

pytestmark = pytest.mark.django_db


# -- Bad input ------------------------------------------------------------------------------------


def changed(**members):
    return badge() | members


def inline():
    one = badge()
    return one | {"@context": [*one["@context"], {"name": "https://schema.org/description"}]}


def inline_token():
    unsigned = proofs.badge()
    unsigned["@context"].append({"name": "https://schema.org/description"})
    return jwt.sign(unsigned, key=proofs.rsa(), kid=proofs.public_jwk()["kid"])


def unsigned_token():
    payload = proofs.badge() | jwt.claims(proofs.badge())
    return pyjwt.encode(payload, None, algorithm="none", headers={"kid": "x"})


def hs256():
    """The public key as the secret of another algorithm."""
    unsigned = token().rpartition(".")[0].partition(".")[2]
    head = json.dumps({"alg": "HS256", "typ": "JWT", "kid": proofs.public_jwk()["kid"]})
    said = f"{encoded(head.encode())}.{unsigned}"
    digest = hmac.digest(proofs.pem(proofs.rsa()), said.encode(), "sha256")
    return f"{said}.{encoded(digest)}"


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def bomb():
    """A kilobyte that inflates to hundreds of megabytes."""
    held = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b" " * 50_000_000, 9)
    return PNG[:-12] + chunk(b"iTXt", held) + PNG[-12:]


def private(host: str):
    did = f"did:web:{host}"
    return strangers.signed(proofs.badge(issuer=documents.profile(id=did, name="X")), did=did)


def elsewhere():
    return badge(status=documents.status_entry(list_url=f"{strangers.HOST}/others/1", index=1))


BAD = {
    "tampered": (lambda: changed(name="Autre badge"), "false", "bad_signature"),
    "tampered token": (lambda: token()[:-6] + "AAAAAA", "false", "bad_signature"),
    "a member more": (lambda: changed(grade="A"), "false", "unknown_term"),
    "truncated": (lambda: as_text(badge())[:-40], "unreadable", "not_a_document"),
    "truncated token": (lambda: token().rpartition(".")[0], "unreadable", "not_a_document"),
    "truncated image": (
        lambda: baking.bake_png(PNG, token())[:-30],
        "unreadable",
        "not_an_image",
    ),
    "in latin 1": (
        lambda: as_text(badge()).replace("📦", "").encode("latin-1", "ignore"),
        "unreadable",
        "bad_encoding",
    ),
    "accents taken apart": (
        lambda: json.loads(as_text(badge()).replace("é", "e\u0301")),
        "false",
        "bad_signature",
    ),
    "oversized": (lambda: b"{" + b" " * 6_000_000, "unreadable", "too_big"),
    "oversized text": (lambda: changed(name="x" * 300_000), "unreadable", "too_big"),
    "nested": (lambda: '{"a":' * 100 + "1" + "}" * 100, "unreadable", "too_big"),
    "deeper than C reads": (lambda: "[" * 200_000, "unreadable", "not_a_document"),
    "inline context": (inline, "false", "inline_context"),
    "inline context in a token": (inline_token, "false", "inline_context"),
    "unknown context": (
        lambda: changed(**{"@context": [*badge()["@context"], "https://evil.example/c"]}),
        "unknown",
        "unknown_context",
    ),
    "alg none": (unsigned_token, "false", "alg_none"),
    "HS256": (hs256, "false", "wrong_alg"),
    "wrong kid": (
        lambda: jwt.sign(proofs.badge(), key=proofs.rsa(), kid=f"{proofs.DID}#other"),
        "false",
        "key_not_found",
    ),
    "wrong key": (
        lambda: jwt.sign(proofs.badge(), key=proofs.rsa("other"), kid=proofs.public_jwk()["kid"]),
        "false",
        "bad_signature",
    ),
    "another's proof": (
        lambda: strangers.signed(proofs.badge(), did=proofs.ACME),
        "false",
        "wrong_method",
    ),
    "a key never published": (
        lambda: strangers.signed(proofs.badge(), name="other"),
        "false",
        "key_not_found",
    ),
    "not signed": (proofs.badge, "false", "no_proof"),
    "in the future": (lambda: badge(valid_from=strangers.days(2)), "early", "not_yet_valid"),
    "expired": (lambda: badge(valid_until=strangers.days(-2)), "expired", "expired"),
    "list of another": (elsewhere, "false", "status_of_another"),
    "did of a private name": (lambda: private("intranet.example"), "unknown", "private_address"),
    "did of nowhere": (lambda: private("nowhere.example"), "unknown", "unreachable"),
    "did of another method": (
        lambda: strangers.signed(
            proofs.badge(issuer=documents.profile(id="did:ion:abc", name="X")), did="did:ion:abc"
        ),
        "unknown",
        "unknown_did",
    ),
    "redirected for ever": (lambda: f"{strangers.HOST}/loop", "unknown", "redirected"),
    "an image of a phone": (lambda: PNG, "unreadable", "no_badge"),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0JFIF", "unreadable", "no_badge"),
    "a bomb in an image": (bomb, "unreadable", "too_big"),
    "an active drawing": (
        lambda: DRAWING.replace("</svg>", "<script>alert(1)</script></svg>"),
        "unreadable",
        "active_image",
    ),
    "an endorsement alone": (proofs.signed_support, "unreadable", "wrong_type"),
    "nothing": (lambda: "  \n", "unreadable", "nothing"),
    "some words": (lambda: "Bonjour", "unreadable", "not_a_document"),
    "an array": (lambda: "[1]", "unreadable", "not_a_document"),
    "a member twice": (lambda: '{"type": 1, "type": 2}', "unreadable", "not_a_document"),
    "half a character": (lambda: '{"name": "\\ud800"}', "unreadable", "not_a_document"),
    "two badges": (
        lambda: {"type": ["VerifiablePresentation"], "verifiableCredential": [badge(), badge()]},
        "unreadable",
        "several",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_each_bad_input_has_its_check_and_its_sentence(what):
    make, verdict, reason = BAD[what]
    web = (
        le_dome()
        .put("https://intranet.example/.well-known/did.json", Refused("private_address"))
        .put(f"{strangers.HOST}/loop", Refused("redirected"))
        .put(
            f"{strangers.HOST}/others/1",
            strangers.status_list(id=f"{strangers.HOST}/others/1", issuer=proofs.ACME),
        )
    )

    report = looked_at(make(), web)

    assert outcome(report) == (verdict, reason)
    (check,) = [one for one in report.checks if one.ok is False]
    assert check.words == report.words and check.words.endswith(".")


# -- Anything at all ------------------------------------------------------------------------------

values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text())
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_is_changed_a_report_comes_back(data):
    one = json.loads(as_text(badge(endorsements=[proofs.signed_support()])))
    for _time in range(data.draw(st.integers(1, 3))):
        node = one
        while isinstance(node, dict | list) and node:
            places = sorted(node) if isinstance(node, dict) else range(len(node))
            place = data.draw(st.sampled_from(places))
            if not isinstance(node[place], dict | list) or data.draw(st.booleans()):
                node[place] = data.draw(st.one_of(values, st.just({}), st.just(one["proof"])))
                break
            node = node[place]

    report = looked_at(one)

    assert report.title and report.reason != "failed"
    assert [check.words for check in report.checks]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_bytes_are_changed_a_report_comes_back(data):
    kinds = [as_text(badge()).encode(), token().encode(), baking.bake_png(PNG, token())]
    content = bytearray(data.draw(st.sampled_from(kinds)))
    for _time in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert looked_at(bytes(content)).reason != "failed"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.binary(), st.text()))
def test_whatever_is_given_a_report_comes_back(source):
    report = looked_at(source, Web())

    assert not report.is_genuine and report.reason != "failed"
