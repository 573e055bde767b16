"""Data Integrity proofs, cryptosuite eddsa-rdfc-2022: the signature is a member of the document.

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2. Signed are 64 bytes: the SHA-256 of
the canonical proof options, then that of the canonical document.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from badges.proofs import canonical, keys, templates
from badges.proofs.documents import identifier, iso, read_date
from badges.proofs.errors import ProofError

SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"


def sign(
    document: dict[str, Any], *, key: Ed25519PrivateKey, method: str, created: datetime
) -> dict[str, Any]:
    """The document with its proof, `proof` being an array of one.

    Parameters: `document`, as `documents` builds them, without proof; `method`, the address of the
    public key, `<did>#<multibase>`; `created`, an aware datetime, kept to the second in UTC.
    Raises `ProofError`: those of `canonical.check`, so that nothing is left unsigned; `bad_key` if
    `method` names another key.
    """
    _check_named(method, key.public_key(), "bad_key")
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": iso(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    signature = key.sign(_signed_bytes(document, proof))
    return document | {"proof": [proof | {"proofValue": keys.base58(signature)}]}


def verify(document: object, *, public_key: Ed25519PublicKey) -> None:
    """Refuse a document whose proof is not its issuer's, made by this key over all of it.

    Parameters: `public_key`, what the caller found at `method(document)`.
    Raises `ProofError`: those of `method`; `wrong_key`, `bad_proof`, `bad_signature`; those of
    `canonical.check`. Dates and status are not looked at.
    """
    proof = _proof(document)
    _check_named(method(document), public_key, "wrong_key")
    signature = keys.from_base58(proof.get("proofValue"))
    if signature is None or len(signature) != 64:
        raise ProofError("bad_proof", "proofValue")
    unsigned = {name: held for name, held in document.items() if name != "proof"}
    options = {name: held for name, held in proof.items() if name != "proofValue"}
    canonical.check(unsigned)
    try:
        public_key.verify(signature, _signed_bytes(unsigned, options))
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


def _check_named(address: str, key: Ed25519PublicKey, code: str) -> None:
    """An address that ends with a key, as ours and those of did:key do, ends with this one."""
    _did, _sharp, named = address.partition("#")
    if named.startswith("z6Mk") and named != keys.multibase(key):
        raise ProofError(code, address[:200])


def _signed_bytes(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    """Options are read with the document's contexts (3.2.5)."""
    parts = ({"@context": document.get("@context")} | options, document)
    return b"".join(sha256(templates.canonize(part).encode()).digest() for part in parts)
