"""Was it withdrawn? The issuer's list says.

Sources: Bitstring Status List 1.0, 3.2; 1EdTech Revocation List Status Method 1.0 (older badges).
"""

from datetime import datetime
from typing import Any

from badges.proofs import dates
from badges.proofs import status as bits
from badges.proofs.documents import identifier
from badges.proofs.errors import ProofError
from badges.verification import proving
from badges.verification.desk import Desk
from badges.verification.refusals import Refusal

WITHDRAWS = {"revocation": "revoked", "suspension": "suspended"}
BITS, REVOCATIONS, REFRESH = (
    "BitstringStatusListEntry",
    "1EdTechRevocationList",
    "1EdTechCredentialRefresh",
)
MOST = 4  # statuses of one badge


def check(document: dict[str, Any], desk: Desk, *, now: datetime) -> bool:
    """Refuse what its issuer withdrew. False when it keeps no list of it.

    Raises ProofError or Refusal.
    """
    held = document.get("credentialStatus")
    entries = held if isinstance(held, list) else [] if held is None else [held]
    if len(entries) > MOST or not all(isinstance(one, dict) for one in entries):
        raise ProofError("bad_status")
    kept = [_is_good(document, one, desk, now) for one in entries]  # all of them are looked at
    return any(kept)


def _is_good(document: dict[str, Any], entry: dict[str, Any], desk: Desk, now: datetime) -> bool:
    kinds = entry.get("type")
    kind = kinds[0] if isinstance(kinds, list) and len(kinds) == 1 else kinds
    if kind == REFRESH or kind == BITS and entry.get("statusPurpose") not in WITHDRAWS:
        return False
    if kind == REVOCATIONS:
        _check_named(document, entry, desk)
    elif kind == BITS:
        _check_bit(document, entry, desk, now)
    else:
        raise Refusal("unknown_status", str(kind)[:80])
    return True


def _check_bit(document: dict[str, Any], entry: dict[str, Any], desk: Desk, now: datetime) -> None:
    bits.index_of(entry)
    signed = proving.given(desk.read(entry["statusListCredential"]))
    found = proving.document_of(signed)
    if identifier(found.get("issuer")) != identifier(document.get("issuer")):
        raise ProofError("status_of_another")
    kinds = found.get("type")
    if not isinstance(kinds, list) or "BitstringStatusListCredential" not in kinds:
        raise ProofError("bad_status", "type")
    proving.proven(signed, desk, now=now)
    try:
        dates.check_dates(found, now=now)
    except ProofError as error:
        raise Refusal("list_expired", error.code) from error
    try:
        bits.check(document | {"credentialStatus": entry}, found)
    except ProofError as error:
        if error.code != "revoked":
            raise
        raise Refusal(WITHDRAWS[entry["statusPurpose"]]) from error


def _check_named(document: dict[str, Any], entry: dict[str, Any], desk: Desk) -> None:
    url = entry.get("id")
    if not isinstance(url, str):
        raise ProofError("bad_status", "id")
    found = desk.document(url)
    named = found.get("revokedCredential", [])
    if identifier(found.get("issuer")) != identifier(document.get("issuer")):
        raise ProofError("status_of_another")
    if not isinstance(named, list):
        raise ProofError("bad_status", "revokedCredential")
    if document.get("id") in [identifier(one) for one in named]:
        raise Refusal("revoked")
