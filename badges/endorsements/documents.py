"""What an endorsement states, and its signature."""

import json

from django.utils import timezone

from badges.achievements.documents import url_of
from badges.credentials.signing import hold_address, side_by_side
from badges.endorsements.models import Endorsement
from badges.issuers import status
from badges.issuers.documents import profile
from badges.issuers.enums import Algorithm
from badges.issuers.vault import opened
from badges.proofs import documents, integrity
from badges.proofs.documents import Document


def subject_of(row: Endorsement) -> str:
    """What it speaks of. In a badge, its holder's `urn:uuid`, which stands for that badge alone:
    a badge described twice under its own `id` is refused by other verifiers."""
    if row.credential_id:
        return f"urn:uuid:{row.credential.subject}"
    return url_of(row.version) if row.version_id else row.issuer.did


def built(row: Endorsement) -> Document:
    """Source: Open Badges 3.0, class EndorsementCredential."""
    return documents.endorsement(
        id=row.url,
        issuer=profile(row.endorser),
        subject=subject_of(row),
        comment=row.comment,
        valid_from=timezone.now(),
        name=row.subject_name,
        status=documents.status_entry(list_url=row.status_list.url, index=row.status_index),
    )


def sign(row: Endorsement) -> None:
    """Write its document, with the endorser's key of today; the caller saves the row.

    Inside a transaction, which no key of the endorser may be struck beside.
    """
    side_by_side(row.endorser)
    hold_address(row.endorser)
    if row.status_list is None:
        [(row.status_list, row.status_index)] = status.take(issuer=row.endorser, count=1)
    key = row.endorser.keys.active().select_related("issuer").get(algorithm=Algorithm.ED25519)
    now = timezone.now().replace(microsecond=0)
    signed = integrity.sign(built(row), key=opened(key), method=key.method, created=now)
    row.document, row.key = json.dumps(signed, ensure_ascii=False, separators=(",", ":")), key
