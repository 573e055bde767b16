"""Signing, as the effect of a due row: it commits together with the row's state, or not at all.

A worker killed before the commit leaves the row due; after it, the badge is signed. Nothing is
lost, nothing is doubled.
"""

import json

from django.conf import settings
from django.db import connection
from django.utils import timezone

from badges.credentials import documents
from badges.credentials.enums import State
from badges.credentials.models import Credential
from badges.issuers.enums import Algorithm
from badges.issuers.models import Issuer
from badges.issuers.vault import opened
from badges.proofs import integrity, jwt
from rtr import due

NEEDED = ("issuer", "version__achievement", "status_list__issuer")
LOCK = 0x0B03  # advisory locks on issuers, beside any others


def sign(credential: Credential) -> None:
    """Write the document and the token of a badge, with its issuer's keys of today.

    Parameters: `credential`, locked by the transaction that runs this.
    Whatever it raises is tried again later; a revoked badge is left as it is.
    """
    if credential.is_revoked:
        return
    credential = Credential.objects.select_related(*NEEDED).get(pk=credential.pk)
    issuer = credential.issuer
    side_by_side(issuer)
    hold_address(issuer)
    now = timezone.now().replace(microsecond=0)
    active = {key.algorithm: key for key in issuer.keys.active().select_related("issuer")}
    ed, rsa = active[Algorithm.ED25519], active[Algorithm.RSA]
    documents.recall_templates(credential.version)
    unsigned = documents.built(credential)
    signed = integrity.sign(unsigned, key=opened(ed), method=ed.method, created=now)
    Credential.objects.filter(pk=credential.pk).update(
        document=json.dumps(signed, ensure_ascii=False, separators=(",", ":")),
        token=jwt.sign(unsigned, key=opened(rsa), kid=rsa.method),
        signed_on=now,
        ed_key=ed,
        rsa_key=rsa,
        state=State.SIGNED,
    )
    documents.keep_template(credential.version, unsigned)


class AddressChanged(Exception):
    """BADGES_URL is not the address under which the issuer's first badge was signed."""


def hold_address(issuer: Issuer) -> None:
    if not issuer.address:
        Issuer.objects.filter(pk=issuer.pk, address="").update(address=settings.BADGES_URL)
    elif issuer.address != settings.BADGES_URL:
        raise AddressChanged(f"{issuer.address} → {settings.BADGES_URL}")


def side_by_side(issuer: Issuer) -> None:
    """Until the end of the transaction: badges are signed side by side, but not while a key of
    the issuer is being struck, which must see all that it signed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s, %s)", [LOCK, issuer.pk])


def none_is_being_signed(issuer: Issuer) -> None:
    """Wait for the badges being signed; others wait for the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, issuer.pk])


due.register(Credential, due.Inside(sign))
