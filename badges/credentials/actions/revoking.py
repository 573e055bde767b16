"""A badge taken back; a key that others may hold, and all that it signed."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.credentials.actions import awarding
from badges.credentials.enums import RevokeReason, State
from badges.credentials.models import Credential
from badges.credentials.signing import none_is_being_signed
from badges.issuers import actions as issuers
from badges.issuers import status
from badges.issuers.models import IssuerKey
from rtr import due, scope
from rtr.due import Status
from territories.journal.enums import Act

# What a bulk change of badges may touch.
REVOKED = "state revoked_on revoked_by revoked_reason revoked_words status lease_until".split()
RENEWED = "valid_from edition status due_at attempts last_error lease_until".split()


@transaction.atomic
def revoke(
    *, credential: Credential, reason: str, by, words: str = "", file_version: int | None = None
) -> Credential:
    """Take a badge back: its issuer's status list says so to every verifier from now on.

    Parameters: `reason`, a RevokeReason; `words`, for « other » at least, kept here only;
    `file_version`, as for `award`.
    Raises ValidationError when it was revoked already, or for « other » without a word.
    """
    credential = Credential.objects.select_for_update(of=["self"]).get(pk=credential.pk)
    if credential.is_revoked:
        raise ValidationError(_("Ce badge est déjà annulé."))
    if reason not in RevokeReason:
        raise ValidationError({"reason": _("Choisissez une raison.")})
    if reason == RevokeReason.OTHER and not words.strip():
        raise ValidationError({"words": _("Dites la raison en quelques mots.")})
    _revoke([credential], reason, words, by, file_version)
    return credential


@transaction.atomic
def recover(*, key: IssuerKey, by, reason: str, revoking: bool = False) -> list[Credential]:
    """Strike a compromised key, and mend all that it signed, in one act.

    Parameters: `revoking`, take these badges back instead of signing them anew.
    Returns: the badges it signed that were still worth something, whatever their territory.
    Raises what badges/issuers/actions `compromise` raises.
    """
    none_is_being_signed(key.issuer)
    with scope.everything("the badges that a compromised key signed, wherever their holders live"):
        rows = Credential.objects.signed_by(key).exclude(state=State.REVOKED)
        rows = rows.select_for_update(of=["self"]).defer("document", "token")
        found = list(rows.order_by("pk"))
        issuers.compromise(key=key, by=by, reason=reason)  # locks lists, after badges as `revoke`
        if revoking:
            _revoke(found, RevokeReason.KEY, reason, by)
        else:
            reissue_all(found, by)
    return found


def _revoke(
    rows: Iterable[Credential], reason: str, words: str, by, file_version: int | None = None
) -> None:
    for row in rows:
        row.state, row.revoked_on, row.revoked_by = State.REVOKED, timezone.now(), by
        row.revoked_reason, row.revoked_words = reason, words[:300]
        if row.status != Status.DONE:
            row.status, row.lease_until = Status.CANCELLED, None
        awarding.journal(Act.BADGE_REVOKED, row, by, file_version)
    Credential.objects.bulk_update(rows, REVOKED, batch_size=500)
    status.revoke(entries=[(row.status_list_id, row.status_index) for row in rows])


def reissue_all(rows: Iterable[Credential], by) -> None:
    """Sign these badges anew. They are locked, and none is revoked."""
    for row in rows:
        awarding.renew(row)
        row.lease_until = None
        awarding.journal(Act.BADGE_REISSUED, row, by)
    Credential.objects.bulk_update(rows, RENEWED, batch_size=500)
    due.hint_all(Credential)
