"""Taking a word of support back; keys that others may hold, and the endorsements they signed."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.credentials import actions as credentials
from badges.credentials.models import Credential
from badges.endorsements import documents
from badges.endorsements.actions.answering import NEEDED, locked
from badges.endorsements.actions.inviting import journal
from badges.endorsements.enums import State
from badges.endorsements.models import Endorsement
from badges.issuers import status
from badges.issuers.models import IssuerKey
from rtr import scope
from territories.journal.enums import Act


@transaction.atomic
def withdraw(*, endorsement: Endorsement, by=None) -> None:
    """Take it back, by who gave it or by who holds the badge; badges that carry it are issued
    again without it. Its words are forgotten; the status list says that it holds no more.

    Raises ValidationError when it was not given.
    """
    row = locked(endorsement)
    if row.state != State.GIVEN:
        raise ValidationError(_("Ce soutien est déjà retiré."))
    _take_back([row], by)


def _take_back(rows: list[Endorsement], by) -> None:
    for row in rows:
        row.state, row.withdrawn_on, row.token_sha256 = State.WITHDRAWN, timezone.now(), None
        row.comment = row.document = row.invited_email = ""
        row.save()
        journal(Act.ENDORSEMENT_WITHDRAWN, row, by)
    reissue_carriers(rows, by)  # badges are locked before lists, as `revoke` does
    status.revoke(entries=[(row.status_list_id, row.status_index) for row in rows])


def reissue_carriers(rows: Iterable[Endorsement], by, *, but: Iterable[int] = ()) -> None:
    """Issue anew the badges whose document holds one of these endorsements.

    Parameters: `but`, primary keys of those that are being signed anew already.
    """
    carried = Q(pk__in=[])
    for row in rows:
        about = Q(pk=row.credential_id) if row.credential_id else Q(version=row.version_id)
        if row.issuer_id:
            about = Q(issuer=row.issuer_id)
        carried |= about & Q(document__contains=str(row.uuid))
    with scope.everything("the badges that carry what is said of a model or of an issuer"):
        found = Credential.objects.live().filter(carried).exclude(pk__in=list(but))
        locked_rows = found.select_for_update(of=["self"]).defer("document", "token")
        credentials.reissue_all(list(locked_rows.order_by("pk")), by)


@transaction.atomic
def recover(*, key: IssuerKey, by, reason: str, revoking: bool = False) -> list[Credential]:
    """Strike a compromised key, and mend in one act the badges and the endorsements it signed.

    Parameters: as `badges.credentials.actions.recover`, which this completes.
    Returns: the badges that were worth something.
    """
    badges = credentials.recover(key=key, by=by, reason=reason, revoking=revoking)
    with scope.everything("the endorsements that a compromised key signed, wherever they are"):
        rows = Endorsement.objects.given().filter(key=key).select_for_update(of=["self"])
        signed = list(rows.select_related(*NEEDED).order_by("pk"))
        if revoking:
            _take_back(signed, by)
            return badges
        for row in signed:
            documents.sign(row)
            row.save(update_fields=["document", "key"])
        reissue_carriers(signed, by, but=[badge.pk for badge in badges])
    return badges
