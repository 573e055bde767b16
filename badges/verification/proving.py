"""A credential whose proof is its issuer's: a badge, an endorsement, a status list."""

from datetime import datetime
from typing import Any

from badges.proofs import canonical, contexts, integrity, jwt
from badges.proofs.documents import identifier
from badges.verification import keys
from badges.verification.desk import Desk, bounded, parsed
from badges.verification.refusals import Refusal

Document = dict[str, Any]
Given = Document | str  # a document with its proof, or a token


def is_token(text: str) -> bool:
    return text.startswith("ey") and text.count(".") == 2


def given(content: bytes) -> Given:
    """What an address served, as a token or a document. Raises Refusal."""
    text = content.decode("ascii", "replace").strip()
    return text if is_token(text) else parsed(content)


def document_of(signed: Given) -> Document:
    """What it says, unverified. Raises ProofError or Refusal."""
    if isinstance(signed, dict):
        return signed
    claimed = bounded(jwt.peek(signed))
    return {name: held for name, held in claimed.items() if name not in jwt.CLAIMS}


def check_form(document: Document, *, is_signed_whole: bool) -> None:
    """Refuse what would not mean what it seems to.

    Parameters: `is_signed_whole`, a token covers every character; a document only what its
    contexts define. Raises ProofError.
    """
    if not is_signed_whole:
        canonical.check({name: held for name, held in document.items() if name != "proof"})
        return
    contexts.listed(document.get("@context"))
    for _depth, node in canonical.objects(document):
        if "@context" in node:
            contexts.listed(node["@context"])


def key_of(signed: Given, desk: Desk, *, now: datetime) -> keys.Jwk:
    """The key that it names, found at its issuer. Raises ProofError or Refusal."""
    issuer = identifier(document_of(signed).get("issuer"))
    if isinstance(signed, dict):
        return keys.at(integrity.method(signed), desk, now=now)
    if issuer is None:
        raise Refusal("bad_did")
    return keys.of_token(jwt.header(signed), issuer, desk, now=now)


def check_signature(signed: Given, key: keys.Jwk) -> None:
    """Raises ProofError."""
    if isinstance(signed, dict):
        integrity.verify(signed, public_key=keys.public(key))
        return
    kid = jwt.header(signed).get("kid")
    jwt.verify(signed, public_jwk=key | {"kid": kid} if isinstance(kid, str) else key)


def proven(signed: Given, desk: Desk, *, now: datetime) -> Document:
    """The document of a credential, proven. Raises ProofError or Refusal."""
    document = document_of(signed)
    check_form(document, is_signed_whole=isinstance(signed, str))
    check_signature(signed, key_of(signed, desk, now=now))
    return document
