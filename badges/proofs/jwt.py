"""VC-JWT: the badge as a signed token, RS256.

Source: Open Badges 3.0, 8.2 (JSON Web Token Proof Format). The payload is the credential itself
with `iss`, `sub`, `jti`, `nbf` and, if it expires, `exp`.
"""

from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from badges.proofs import keys
from badges.proofs.canonical import SIZE
from badges.proofs.dates import read_date
from badges.proofs.documents import identifier
from badges.proofs.errors import ProofError

HEADER = {"alg", "kid", "jwk", "typ"}
PUBLIC = ("kty", "crv", "n", "e", "x", "y")
CLAIMS = {"iss", "sub", "jti", "nbf", "exp", "iat"}
# The kind of the key decides: a header that could would choose HS256, the public key as its secret.
ALGORITHMS = {("RSA", None): "RS256", ("OKP", "Ed25519"): "EdDSA", ("EC", "P-256"): "ES256"}


def sign(document: dict[str, Any], *, key: RSAPrivateKey, kid: str) -> str:
    """The document as a compact token.

    Parameters: `document`, without proof, whose subject has an `id`; `kid`, the address of the
    public key, `<did>#<thumbprint>`.
    Raises `ProofError`: `bad_date` or `wrong_claims` if a date or an identifier is missing.
    """
    header = {"typ": "JWT", "kid": kid}
    return jwt.encode(document | claims(document), key, algorithm="RS256", headers=header)


def claims(document: dict[str, Any]) -> dict[str, Any]:
    """What the token says again of its document (8.2.4.1); instants in seconds since 1970."""
    said = {
        "iss": identifier(document.get("issuer")),
        "sub": identifier(document.get("credentialSubject")),
        "jti": document.get("id"),
        "nbf": int(read_date(document.get("validFrom")).timestamp()),
    }
    if not all(said.values()):
        raise ProofError("wrong_claims", "an identifier is missing")
    if "validUntil" in document:
        said["exp"] = int(read_date(document["validUntil"]).timestamp())
    return said


def header(token: object) -> dict[str, Any]:
    """The header, unverified: which key to look for.

    Raises `ProofError`: `too_big`, `bad_token`, `alg_none`, `bad_header`.
    """
    if not isinstance(token, str) or not token.isascii():
        raise ProofError("bad_token")
    if len(token) > 2 * SIZE:
        raise ProofError("too_big")
    try:
        found = jwt.get_unverified_header(token)
    except (jwt.InvalidTokenError, ValueError, RecursionError) as error:
        raise ProofError("bad_token", str(error)[:80]) from error
    if isinstance(found.get("alg"), str) and found["alg"].lower() == "none":
        raise ProofError("alg_none")
    if extra := found.keys() - HEADER:
        raise ProofError("bad_header", ", ".join(sorted(extra))[:80])
    return found


def peek(token: object) -> dict[str, Any]:
    """The document of a token, unverified: whose key to look for. Raises as `header` does."""
    header(token)
    return _payload(token, options={"verify_signature": False})


def verify(token: object, *, public_jwk: dict[str, Any]) -> dict[str, Any]:
    """The document of a token that this key signed.

    Parameters: `public_jwk`, what the caller found for `header(token)["kid"]`, at the issuer's.
    Raises `ProofError`: those of `header`; `bad_key`, `wrong_alg`, `wrong_kid`, `wrong_key`,
    `bad_signature`, `wrong_claims`, `bad_date`. Dates and status are not looked at.
    """
    found = header(token)
    kind = (public_jwk.get("kty"), public_jwk.get("crv"))
    if kind not in list(ALGORITHMS):  # compared, not hashed: strangers write anything
        raise ProofError("bad_key", str(kind[0])[:20])
    algorithm = ALGORITHMS[kind]
    if found.get("alg") != algorithm:
        raise ProofError("wrong_alg", str(found.get("alg"))[:20])
    if "kid" in public_jwk and found.get("kid", public_jwk["kid"]) != public_jwk["kid"]:
        raise ProofError("wrong_kid", str(found["kid"])[:200])
    inside = found.get("jwk", public_jwk)
    if not isinstance(inside, dict) or keys.thumbprint(inside) != keys.thumbprint(public_jwk):
        raise ProofError("wrong_key", "jwk")
    payload = _payload(token, key=_public(public_jwk), algorithms=[algorithm])
    document = {name: held for name, held in payload.items() if name not in CLAIMS}
    if {name: payload[name] for name in CLAIMS - {"iat"} if name in payload} != claims(document):
        raise ProofError("wrong_claims")
    return document


def _public(form: dict[str, Any]) -> jwt.PyJWK:
    """RFC 7518, 3.3: an RSA key has 2048 bits or more."""
    try:
        key = jwt.PyJWK({name: form[name] for name in PUBLIC if name in form})
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise ProofError("bad_key") from error
    if getattr(key.key, "key_size", 2048) < 2048 and form["kty"] == "RSA":
        raise ProofError("bad_key", "short")
    return key


def _payload(token: str, *, options: dict[str, Any] | None = None, **how: Any) -> dict[str, Any]:
    unread = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
    try:
        return jwt.decode(token, options=unread | (options or {}), **how)
    except jwt.InvalidSignatureError:
        raise ProofError("bad_signature") from None
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise ProofError("bad_token", str(error)[:80]) from error
