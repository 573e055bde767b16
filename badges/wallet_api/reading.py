"""The badges of one person, page by page: ours that are signed and live, and those of others."""

import datetime
import json
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.db.models import F, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from badges.credentials.enums import ForeignKind
from badges.credentials.models import Credential, ForeignBadge
from badges.proofs.documents import Document, hosted
from badges.wallet_api.answers import Refusal
from badges.wallet_api.models import ConnectedWallet

PAGE, LONGEST_PAGE = 50, 100  # badges
MOST = 1_000_000  # no wallet has more
OURS, OTHERS = 0, 1


@dataclass(frozen=True)
class Asked:
    """Which page. `since`, only what was signed, or came, after that moment."""

    limit: int
    offset: int
    since: datetime.datetime | None


@dataclass(frozen=True)
class Page:
    """`documents`, texts of JSON as they were signed; `tokens`, the same as compact JWS."""

    documents: list[str]
    tokens: list[str]
    total: int

    def written(self) -> str:
        """Source: Open Badges 3.0, GetOpenBadgeCredentialsResponse. Signed texts stay as signed."""
        tokens = json.dumps(self.tokens, separators=(",", ":"))
        return f'{{"credential":[{",".join(self.documents)}],"compactJwsString":{tokens}}}'


def asked(request: HttpRequest) -> Asked:
    """The query, checked: `limit` (1 to LONGEST_PAGE badges), `offset` (badges from 0), `since` (an
    instant with its zone). Raises Refusal, `invalid_query_parameter`.

    Source: Open Badges 3.0, 6.2.2.
    """
    since = request.GET.get("since", "")
    try:
        moment = parse_datetime(since.replace(" ", "+")) if since else None
    except ValueError:
        moment = None
    if since and (moment is None or timezone.is_naive(moment)):
        raise _wrong("since is a moment with its zone, as 2026-03-01T08:30:00Z.")
    limit = _number(request, "limit", PAGE, least=1)
    return Asked(min(limit, LONGEST_PAGE), _number(request, "offset", 0, least=0), moment)


def page_of(wallet: ConnectedWallet, wanted: Asked) -> Page:
    """The badges of this wallet: the oldest first, so that a page read twice is the same although
    badges are added. Returns: `total` counts those of every page."""
    ours, others = _ours(wallet), _others(wallet)
    if wanted.since:
        ours = ours.filter(signed_on__gt=wanted.since)
        others = others.filter(imported_on__gt=wanted.since)
    every = _keys(ours, OURS, "awarded_on").union(_keys(others, OTHERS, "imported_on"), all=True)
    rows = every.order_by("at", "whose", "key")[wanted.offset : wanted.offset + wanted.limit]
    keys = [(whose, key) for _at, whose, key in rows]
    found = {OURS: _by_key(ours, keys, OURS), OTHERS: _by_key(others, keys, OTHERS)}
    documents, tokens = [], []
    for whose, key in keys:
        document, token = found[whose].get(key, ("", ""))
        documents += [document] if document else []
        tokens += [token] if token else []
    return Page(documents, tokens, every.count())


def links(request: HttpRequest, wanted: Asked, total: int) -> str:
    """The Link header. Source: Open Badges 3.0, 6.4; RFC 8288."""
    last = max(total - 1, 0) // wanted.limit * wanted.limit
    offsets = {"first": 0, "last": last}
    if wanted.offset + wanted.limit < total:
        offsets["next"] = wanted.offset + wanted.limit
    if wanted.offset:
        offsets["prev"] = max(wanted.offset - wanted.limit, 0)
    here = request.build_absolute_uri(request.path)
    since = {"since": wanted.since.isoformat()} if wanted.since else {}
    parts = [
        f'<{here}?{urlencode({"limit": wanted.limit, "offset": offset} | since)}>; rel="{name}"'
        for name, offset in offsets.items()
    ]
    return ", ".join(parts)


def profile(wallet: ConnectedWallet) -> Document:
    """The person as this wallet knows them: an identifier of its own, so that two wallets cannot
    tell that they have the same person; neither a name nor an address.

    Source: Open Badges 3.0, Profile, whose only members required are `id` and `type`.
    """
    own = uuid5(UUID(str(wallet.recipient.uuid)), wallet.client_key)
    return hosted({"id": f"urn:uuid:{own}", "type": ["Profile"]})


def _ours(wallet: ConnectedWallet) -> QuerySet[Credential]:
    rows = Credential.objects.visible_to(wallet.recipient.user)
    return rows.filter(recipient=wallet.recipient_id).live().exclude(document="")


def _others(wallet: ConnectedWallet) -> QuerySet[ForeignBadge]:
    """Those that this version of the API can say, and of which nothing was found false."""
    in_time = Q(valid_until__isnull=True) | Q(valid_until__gt=timezone.now())
    rows = ForeignBadge.objects.visible_to(wallet.recipient.user).filter(in_time)
    kinds = [ForeignKind.OB3_JSON, ForeignKind.OB3_JWT]
    sound = rows.exclude(checks__contains=[{"ok": False}])
    return sound.filter(recipient=wallet.recipient_id, kind__in=kinds)


def _keys(rows: QuerySet, whose: int, at: str) -> QuerySet:
    named = rows.order_by().annotate(at=F(at), whose=Value(whose), key=F("pk"))
    return named.values_list("at", "whose", "key")


def _by_key(rows: QuerySet, keys: list[tuple[int, int]], whose: int) -> dict[int, tuple[str, str]]:
    wanted = rows.filter(pk__in=[key for one, key in keys if one == whose])
    if whose == OURS:
        return {key: (text, token) for key, text, token in wanted.values_list(*OWN_COLUMNS)}
    return {
        key: ("", raw) if kind == ForeignKind.OB3_JWT else (raw, "")
        for key, raw, kind in wanted.values_list("pk", "raw", "kind")
    }


OWN_COLUMNS = ("pk", "document", "token")


def _number(request: HttpRequest, name: str, usual: int, *, least: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal()) or not least <= int(text[:9]) <= MOST:
        raise _wrong(f"{name} is a whole number from {least}.")
    return int(text[:9])


def _wrong(words: str) -> Refusal:
    return Refusal(400, words, "invalid_query_parameter")
