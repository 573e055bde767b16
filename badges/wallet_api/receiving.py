"""A badge that a wallet puts in: verified before it is kept, as any other from outside."""

import datetime
import json
from dataclasses import dataclass
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from badges.credentials.enums import ForeignKind
from badges.credentials.models import Credential, ForeignBadge
from badges.proofs import jwt
from badges.proofs.dates import read_date
from badges.proofs.documents import identifier
from badges.proofs.errors import ProofError
from badges.verification.actions import import_foreign
from badges.wallet_api.answers import Refusal
from badges.wallet_api.models import ConnectedWallet

MOST = 1024 * 1024  # bytes of one badge
DOCUMENTS = {"application/json", "application/ld+json", "application/vc+ld+json", "application/vc"}
TOKENS = {"text/plain", "application/jwt", "application/vc+jwt"}


@dataclass(frozen=True)
class Identity:
    """What makes two credentials the same one, and which of them is newer.

    Source: Open Badges 3.0, « Credential equality and comparison algorithm ».
    """

    id: str
    issuer: str
    since: datetime.datetime

    def is_same(self, other: "Identity") -> bool:
        return (self.id, self.issuer) == (other.id, other.issuer)


def receive(request: HttpRequest, wallet: ConnectedWallet) -> HttpResponse:
    """201 for a new one, 200 for one that replaces an older, 304 for one that is there already.

    Source: Open Badges 3.0, 6.2.3. Raises Refusal with what the verification found.
    """
    text = _text(request)
    identity = _identity(text)
    if identity is None:
        raise Refusal(400, "The body is an OpenBadgeCredential, in JSON or as a compact JWS.")
    if _is_ours(wallet, identity):
        return HttpResponse(status=304)
    former = _former(wallet, identity)
    if any(identity.since <= since for _badge, since in former):
        return HttpResponse(status=304)
    _keep(wallet, text, [badge for badge, _since in former])
    return HttpResponse(text, content_type=request.content_type, status=200 if former else 201)


def _keep(wallet: ConnectedWallet, text: str, former: list[ForeignBadge]) -> None:
    """What it replaces goes once it is kept itself: verifying asks others, outside of any lock."""
    try:
        import_foreign(recipient=wallet.recipient, source=text)
    except ValidationError as error:
        status = 429 if error.code == "flood" else 400
        raise Refusal(status, " ".join(error.messages)) from None
    for badge in former:
        badge.delete()


def _text(request: HttpRequest) -> str:
    if request.content_type not in DOCUMENTS | TOKENS:
        raise Refusal(415, "Send application/json, or text/plain for a compact JWS.")
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > MOST or len(request.body) > MOST:
        raise Refusal(413, f"A badge has {MOST} bytes at most.")
    try:
        text = request.body.decode().strip()
    except UnicodeDecodeError:
        raise Refusal(400, "The body is not UTF-8.") from None
    if text.startswith("{") != (request.content_type in DOCUMENTS):
        raise Refusal(400, "The body is not what its Content-Type says.")
    return text


def _identity(text: str) -> Identity | None:
    """Read before anything is verified: it only says with which one to compare."""
    try:
        found = json.loads(text) if text.startswith("{") else jwt.peek(text)
        since = found["validFrom"]
        names = (found["id"], identifier(found["issuer"]))
        if not all(isinstance(name, str) for name in names):
            return None
        return Identity(*(unquote(name).strip() for name in names), read_date(since))
    except (ValueError, KeyError, TypeError, RecursionError, ProofError):
        return None


def _is_ours(wallet: ConnectedWallet, identity: Identity) -> bool:
    """The holder's own badge, given back to who issued it."""
    ours = Credential.objects.visible_to(wallet.recipient.user)
    rows = ours.filter(recipient=wallet.recipient_id).only("uuid")
    return identity.id in {badge.url for badge in rows}


def _former(
    wallet: ConnectedWallet, identity: Identity
) -> list[tuple[ForeignBadge, datetime.datetime]]:
    """Those of this wallet that are the same credential, with their dates."""
    rows = ForeignBadge.objects.visible_to(wallet.recipient.user)
    kept = rows.filter(recipient=wallet.recipient_id).exclude(kind=ForeignKind.OB2)
    found = [(badge, _identity(badge.raw)) for badge in kept.defer("image")]
    return [(badge, one.since) for badge, one in found if one and one.is_same(identity)]
