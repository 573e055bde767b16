"""Keys and the forms they are published in.

Ed25519 signs Data Integrity proofs, RSA-2048 signs VC-JWT tokens (Open Badges 3.0, 8.2 and 8.3).
Private bytes leave here for one place only: sealed, in `IssuerKey.private_sealed`.
"""

import base64
import json
from hashlib import sha256

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)

from badges.proofs.errors import ProofError

ED25519 = b"\xed\x01"  # multicodec ed25519-pub
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PAIRS = [first + second for first in _BASE58 for second in _BASE58]
_LONGEST = 128  # characters of base 58: a signature has 88

PrivateKey = Ed25519PrivateKey | RSAPrivateKey
PublicKey = Ed25519PublicKey | RSAPublicKey


def new_ed25519() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def new_rsa() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def private_bytes(key: PrivateKey) -> bytes:
    """PKCS#8, in clear: to be sealed at once."""
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def load_private(content: bytes) -> PrivateKey:
    """What `private_bytes` gave. Raises `ProofError("bad_key")`, which says nothing of it."""
    try:
        key = serialization.load_der_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ProofError("bad_key", "a private key") from None
    if not isinstance(key, Ed25519PrivateKey | RSAPrivateKey):
        raise ProofError("bad_key", "of another kind")
    return key


def multibase(key: Ed25519PublicKey) -> str:
    """`z6Mk…`, the Multikey form (Controlled Identifiers 1.0, 2.2.2)."""
    return base58(ED25519 + key.public_bytes_raw())


def from_multibase(text: object) -> Ed25519PublicKey:
    """The inverse. Raises `ProofError("bad_key")`."""
    content = from_base58(text)
    if not content or not content.startswith(ED25519) or len(content) != len(ED25519) + 32:
        raise ProofError("bad_key", str(text)[:80])
    return Ed25519PublicKey.from_public_bytes(content[len(ED25519) :])


def jwk(key: PublicKey, *, kid: str | None = None) -> dict[str, str]:
    """The public key as a JSON Web Key (RFC 7517), with its `kid` if one is given."""
    algorithm = jwt.algorithms.RSAAlgorithm
    if isinstance(key, Ed25519PublicKey):
        algorithm = jwt.algorithms.OKPAlgorithm
    form = json.loads(algorithm.to_jwk(key))
    form.pop("key_ops", None)
    return form | ({"kid": kid} if kid else {})


def thumbprint(form: dict[str, str]) -> str:
    """The name of a JSON Web Key by its content (RFC 7638), base64url of SHA-256."""
    kept = ("e", "kty", "n") if form.get("kty") == "RSA" else ("crv", "kty", "x", "y")
    members = {name: form[name] for name in kept if name in form}
    content = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode()


def base58(content: bytes) -> str:
    """Multibase base58btc, `z` first."""
    number, pairs = int.from_bytes(content), []
    while number:
        number, rest = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[rest])
    text = "".join(reversed(pairs)).removeprefix("1")
    return "z" + "1" * (len(content) - len(content.lstrip(b"\0"))) + text


def from_base58(text: object) -> bytes | None:
    """The inverse; None for what is not such a text, or longer than a signature."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > _LONGEST:
        return None
    number = 0
    for letter in text[1:]:
        rank = _BASE58.find(letter)
        if rank < 0:
            return None
        number = number * 58 + rank
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
