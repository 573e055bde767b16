"""Who supports the badge, and whether they do: each is a credential of its own."""

from datetime import datetime
from itertools import islice
from typing import Any

from badges.endorsements.enums import Identity, State
from badges.proofs import dates
from badges.proofs.documents import identifier
from badges.proofs.errors import ProofError
from badges.verification import own, proving, status
from badges.verification.desk import Desk
from badges.verification.keys import host_of
from badges.verification.refusals import Refusal
from badges.verification.report import Endorsement
from badges.verification.telling import NAME, part, text

MOST = 10


def supports(badge: dict[str, Any], desk: Desk, *, now: datetime) -> list[Endorsement]:
    """Those inside of a badge, of its achievement and of its issuer, each checked."""
    return [_checked(one, badge, desk, now) for one in islice(_signed(badge), MOST)]


def _signed(badge: dict[str, Any]):
    subject = part(badge.get("credentialSubject"))
    for holder in (badge, part(subject.get("achievement")), part(badge.get("issuer"))):
        for name, kind in (("endorsement", dict), ("endorsementJwt", str)):
            held = holder.get(name)
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, kind):
                    yield one


def _checked(signed: proving.Given, badge: dict[str, Any], desk: Desk, now: datetime):
    said: dict[str, Any] = {}
    why = ""
    try:
        said = proving.document_of(signed)
        _check(signed, said, badge, desk, now)
    except (ProofError, Refusal) as error:
        why = error.code
    issuer = identifier(said.get("issuer"))
    row = own.endorsement_of(said.get("id"), issuer)
    if row and not why and row.state == State.WITHDRAWN or row and why == "revoked":
        why = "withdrawn"
    return Endorsement(
        name=text(part(said.get("issuer")).get("name"), NAME) or host_of(issuer),
        comment=text(part(said.get("credentialSubject")).get("endorsementComment")),
        host=host_of(issuer),
        why=why,
        is_identified=row.identity != Identity.NONE if row else None,
    )


def _check(signed, said: dict[str, Any], badge: dict[str, Any], desk: Desk, now: datetime) -> None:
    kinds = said.get("type")
    subject = part(badge.get("credentialSubject"))
    about = [badge, subject, part(subject.get("achievement")), badge.get("issuer")]
    if not isinstance(kinds, list) or "EndorsementCredential" not in kinds:
        raise ProofError("wrong_type")
    endorsed = identifier(said.get("credentialSubject"))
    if endorsed is None or endorsed not in [identifier(one) for one in about]:
        raise Refusal("endorses_another")
    if identifier(said.get("issuer")) == identifier(badge.get("issuer")):
        raise Refusal("self_endorsed")
    proving.proven(signed, desk, now=now)
    dates.check_dates(said, now=now)
    status.check(said, desk, now=now)
