"""Status lists: places drawn without telling their order, bits set for ever, signed anew.

Source: W3C Bitstring Status List 1.0.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from badges.issuers.enums import Algorithm
from badges.issuers.models import Issuer, StatusList
from badges.issuers.vault import opened
from badges.proofs import documents, integrity
from badges.proofs import status as bits


def open_list(issuer: Issuer) -> StatusList:
    """Its next list, empty and signed."""
    last = issuer.status_lists.order_by("-number").first()
    new = StatusList.objects.create(issuer=issuer, number=last.number + 1 if last else 1)
    return build(new)


@transaction.atomic
def take(*, issuer: Issuer, count: int) -> list[tuple[StatusList, int]]:
    """Draw places that were never given. Two who draw at once wait for each other.

    Parameters: `count`, how many.
    Returns: as many pairs of list and index; several lists when one fills up.
    """
    places: list[tuple[StatusList, int]] = []
    while len(places) < count:
        rows = issuer.status_lists.select_for_update(of=["self"]).select_related("issuer")
        here = rows.order_by("-number").first()
        free = here.size - here.given if here else 0
        if not free:
            open_list(issuer)
            continue
        first, some = here.given, min(free, count - len(places))
        places += [(here, place(here, first + n)) for n in range(some)]
        StatusList.objects.filter(pk=here.pk).update(given=F("given") + some)
    return places


def place(one: StatusList, rank: int) -> int:
    """Where the badge of this rank lies: a keyed permutation of the list's places.

    Parameters: `rank`, 0 ≤ rank < size. Returns: an index, 0 ≤ index < size, another for each rank.
    Source: a Feistel network of four rounds (Luby and Rackoff, 1988), walked until inside the list
    (Black and Rogaway, 2002).
    """
    half = ((one.size - 1).bit_length() + 1) // 2
    seed = bytes.fromhex(one.seed)
    while True:
        left, right = rank >> half, rank & ((1 << half) - 1)
        for turn in range(4):
            digest = hmac.digest(seed, b"%d:%d" % (turn, right), "sha256")
            left, right = right, left ^ int.from_bytes(digest[:4], "big") >> (32 - half)
        rank = left << half | right
        if rank < one.size:
            return rank


@transaction.atomic
def revoke(*, entries: Iterable[tuple[int, int]]) -> None:
    """Set these bits and sign the lists anew, each once.

    Parameters: `entries`, pairs of a list's primary key and an index in it.
    """
    by_list: dict[int, set[int]] = {}
    for list_id, index in entries:
        by_list.setdefault(list_id, set()).add(index)
    rows = StatusList.objects.select_for_update(of=["self"]).select_related("issuer")
    for one in rows.filter(pk__in=by_list).order_by("pk"):
        one.revoked = sorted(by_list[one.pk].union(one.revoked))
        one.save(update_fields=["revoked"])
        build(one)


@transaction.atomic
def rebuild_all(issuer: Issuer) -> None:
    """Sign every list with the key of today."""
    rows = issuer.status_lists.select_for_update(of=["self"]).select_related("issuer")
    for one in rows.order_by("pk"):
        build(one)


def build(one: StatusList) -> StatusList:
    """Write the signed document that the world reads. The row is locked, or new."""
    now = timezone.now().replace(microsecond=0)
    issuer = one.issuer
    key = issuer.keys.active().get(algorithm=Algorithm.ED25519)
    unsigned = documents.status_list(
        id=one.url,
        issuer=issuer.did,
        valid_from=now,
        encoded=bits.encode(one.revoked, size=one.size),
    )
    signed = integrity.sign(
        unsigned, key=opened(key), method=f"{issuer.did}#{key.kid}", created=now
    )
    one.document = json.dumps(signed, ensure_ascii=False, separators=(",", ":"))
    one.etag = hashlib.sha256(one.document.encode()).hexdigest()
    one.built_on = now
    one.save(update_fields=["document", "etag", "built_on"])
    return one
