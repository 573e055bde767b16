"""Data Integrity proofs, cryptosuite eddsa-rdfc-2022: the signature is a member of the document.

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2. Signed are 64 bytes: the SHA-256 of
the canonical proof options, then that of the canonical document.
"""

import json
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from badges.proofs import keys, templates
from badges.proofs.dates import iso, read_date
from badges.proofs.documents import identifier
from badges.proofs.errors import ProofError

SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"


def sign(
    document: dict[str, Any], *, key: Ed25519PrivateKey, method: str, created: datetime
) -> dict[str, Any]:
    """The document with its proof, `proof` being an array of one.

    Parameters: `document`, as `documents` builds them, without proof; `method`, the address of the
    public key, `<did>#<multibase>`; `created`, an aware datetime, kept to the second in UTC.
    Raises `ProofError`: those of `canonical.check`, so that nothing is left unsigned.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": iso(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    options = json.dumps({"@context": document.get("@context")} | proof)
    signature = key.sign(_options_digest(options) + _digest(document))
    return document | {"proof": [proof | {"proofValue": keys.base58(signature)}]}


def verify(document: object, *, public_key: Ed25519PublicKey) -> None:
    """Refuse a document whose proof is not its issuer's, made by this key over all of it.

    Parameters: `public_key`, what the caller found at `method(document)`.
    Raises `ProofError`: those of `method`; `wrong_key`, `bad_proof`, `bad_signature`; those of
    `canonical.check`. Dates and status are not looked at.
    """
    proof = _proof(document)
    _did, _sharp, named = method(document).partition("#")
    if named.startswith("z6Mk") and named != keys.multibase(public_key):
        raise ProofError("wrong_key", named[:80])  # addresses that end with their key
    signature = keys.from_base58(proof.get("proofValue"))
    if signature is None or len(signature) != 64:
        raise ProofError("bad_proof", "proofValue")
    unsigned = {name: held for name, held in document.items() if name != "proof"}
    options = {name: held for name, held in proof.items() if name != "proofValue"}
    options["@context"] = document.get("@context")  # read with the document's contexts (3.2.5)
    forms = [templates.canonize_once(part) for part in (options, unsigned)]
    try:
        public_key.verify(signature, b"".join(sha256(form.encode()).digest() for form in forms))
    except InvalidSignature:
        raise ProofError("bad_signature") from None


def method(document: object) -> str:
    """The address of the key that a document says it is signed with; the issuer's own.

    Raises `ProofError`: `not_a_document`, `no_proof`, `many_proofs`, `unknown_suite`,
    `wrong_purpose`, `bad_proof`, `bad_date`, `wrong_method`.
    """
    proof = _proof(document)
    address = proof.get("verificationMethod")
    if not isinstance(address, str):
        raise ProofError("bad_proof", "verificationMethod")
    for name in ("created", "expires"):
        if name in proof:
            read_date(proof[name])
    if address.partition("#")[0] != identifier(document.get("issuer")):
        raise ProofError("wrong_method", address[:200])
    return address


def _proof(document: object) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise ProofError("not_a_document")
    found = document.get("proof", [])
    proofs = found if isinstance(found, list) else [found]
    if not proofs:
        raise ProofError("no_proof")
    if len(proofs) > 1:
        raise ProofError("many_proofs")
    proof = proofs[0]
    if not isinstance(proof, dict) or "@context" in proof:
        raise ProofError("bad_proof")
    if (proof.get("type"), proof.get("cryptosuite")) != ("DataIntegrityProof", SUITE):
        raise ProofError("unknown_suite", str(proof.get("cryptosuite"))[:80])
    if proof.get("proofPurpose") != PURPOSE:
        raise ProofError("wrong_purpose", str(proof.get("proofPurpose"))[:80])
    return proof


def _digest(document: dict[str, Any]) -> bytes:
    return sha256(templates.canonize(document).encode()).digest()


@lru_cache(maxsize=64)
def _options_digest(text: str) -> bytes:
    """The same for all that is signed in one second with one key."""
    return _digest(json.loads(text))
