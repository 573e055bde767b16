"""Signing, as the effect of a due row: it commits together with the row's state, or not at all.

A worker killed before the commit leaves the row due; after it, the badge is signed. Nothing is
lost, nothing is doubled.
"""

import datetime
import json
from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.utils import timezone

from badges.credentials import documents
from badges.credentials.enums import State
from badges.credentials.models import Credential
from badges.issuers.enums import Algorithm
from badges.issuers.models import Issuer, IssuerKey
from badges.issuers.vault import opened
from badges.proofs import integrity, jwt
from rtr import due

NEEDED = ("issuer", "version__achievement", "status_list__issuer")
SOON = datetime.timedelta(seconds=2)
LOCK = 0x0B03  # advisory locks on issuers, beside any others


def sign(credential: Credential) -> datetime.datetime | None:
    """Write the document and the token of a badge, with its issuer's keys of today.

    Parameters: `credential`, locked by the transaction that runs this.
    Returns: when to come back, if a key of its issuer is being struck: who strikes it waits for
    this row. Whatever it raises is tried again later; a revoked badge is left as it is.
    """
    if credential.is_revoked:
        return None
    credential = Credential.objects.select_related(*NEEDED).get(pk=credential.pk)
    issuer = credential.issuer
    if not side_by_side(issuer, waits=False):
        return timezone.now() + SOON
    hold_address(issuer)
    Credential.objects.filter(pk=credential.pk).update(**_signed(credential, _keys_of(issuer)))
    return None


def sign_at_once(credentials: Iterable[Credential]) -> int:
    """Sign many badges that were just written, their rows done: for data that is loaded.

    Returns: how many. In one transaction; nobody else knows of these rows yet.
    """
    rows, keys = list(credentials), {}
    for row in rows:
        if row.issuer_id not in keys:
            hold_address(row.issuer)
            keys[row.issuer_id] = _keys_of(row.issuer)
        for name, value in _signed(row, keys[row.issuer_id]).items():
            setattr(row, name, value)
        row.status = due.Status.DONE
    Credential.objects.bulk_update(rows, [*SIGNED, "status"], batch_size=200)
    return len(rows)


SIGNED = ("document", "token", "signed_on", "ed_key", "rsa_key", "state")


def _keys_of(issuer: Issuer) -> dict[str, IssuerKey]:
    return {key.algorithm: key for key in issuer.keys.active().select_related("issuer")}


def _signed(credential: Credential, active: dict[str, IssuerKey]) -> dict:
    """What signing writes of a row."""
    ed, rsa = active[Algorithm.ED25519], active[Algorithm.RSA]
    now = timezone.now().replace(microsecond=0)
    documents.recall_templates(credential.version)
    unsigned = documents.built(credential)
    signed = integrity.sign(unsigned, key=opened(ed), method=ed.method, created=now)
    documents.keep_template(credential.version, unsigned)
    return {
        "document": json.dumps(signed, ensure_ascii=False, separators=(",", ":")),
        "token": jwt.sign(unsigned, key=opened(rsa), kid=rsa.method),
        "signed_on": now,
        "ed_key": ed,
        "rsa_key": rsa,
        "state": State.SIGNED,
    }


class AddressChanged(Exception):
    """BADGES_URL is not the address under which the issuer's first badge was signed."""


def hold_address(issuer: Issuer) -> None:
    """Note the public address at the first signature. Raises AddressChanged if it is another."""
    if not issuer.address:
        Issuer.objects.filter(pk=issuer.pk, address="").update(address=settings.BADGES_URL)
    elif issuer.address != settings.BADGES_URL:
        raise AddressChanged(f"{issuer.address} → {settings.BADGES_URL}")


def side_by_side(issuer: Issuer, *, waits: bool = True) -> bool:
    """Until the end of the transaction: badges are signed side by side, but not while a key of
    the issuer is being struck, which must see all that it signed.

    Returns: whether one may sign, always so for who waits.
    """
    call = "pg_advisory_xact_lock_shared" if waits else "pg_try_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"select {call}(%s, %s)", [LOCK, issuer.pk])
        return cursor.fetchone()[0] is not False


def none_is_being_signed(issuer: Issuer) -> None:
    """Wait for the badges being signed; others wait for the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, issuer.pk])


due.register(Credential, due.Inside(sign))
