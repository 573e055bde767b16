"""Badges of others in their holder's wallet: verified on the day they come, again when asked."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.credentials.models import ForeignBadge, Recipient
from badges.verification.checking import verify
from badges.verification.desk import Opener
from badges.verification.refusals import Verdict
from badges.verification.report import Report
from rtr.lib import limits

MOST = 200  # in one wallet; verified for it in an hour, since each makes us ask others
HOUR = 3600
WELCOME = {Verdict.GENUINE, Verdict.INTACT}


def import_foreign(
    recipient: Recipient, source: bytes | str, *, opener: Opener | None = None
) -> ForeignBadge:
    """Keep a badge that others issued; given again, the one that is kept is checked again.

    Parameters: `source`, a file, a text or a link, as for `verify`; `opener`, the same.
    Raises ValidationError, with the reason, for one that is not genuine today, or is ours; `flood`
    when too many came in an hour.
    """
    if not limits.passes("import", str(recipient.uuid), most=MOST, seconds=HOUR):
        raise ValidationError(
            _("Il y a beaucoup de demandes. Réessayez dans une heure."), code="flood"
        )
    report = verify(source, opener=opener)  # before any transaction: others may be slow
    if report.verdict not in WELCOME:
        raise ValidationError(f"{report.title}. {report.words}", code=report.reason)
    if report.is_ours:
        raise ValidationError(
            _("Ce badge a été délivré ici. Il est déjà chez la personne qui l’a reçu."), code="ours"
        )
    return _kept(recipient, report)


def recheck(badge: ForeignBadge, *, opener: Opener | None = None) -> Report:
    """Verify an imported badge again, and keep what was found with it.

    When nobody can say (its issuer does not answer), the last verification that could stands.
    """
    report = verify(badge.raw, opener=opener)
    if report.verdict is not Verdict.UNKNOWN:
        ForeignBadge.objects.filter(pk=badge.pk).update(**_found(report))
    return report


@transaction.atomic
def _kept(recipient: Recipient, report: Report) -> ForeignBadge:
    held = {"recipient": recipient, "sha256": hashlib.sha256(report.text.encode()).hexdigest()}
    if (
        not ForeignBadge.objects.filter(**held).exists()
        and recipient.foreign_badges.count() >= MOST
    ):
        raise ValidationError(_("Il y a déjà deux cents badges ici. Supprimez-en un d’abord."))
    told = report.told
    badge, _made = ForeignBadge.objects.update_or_create(
        **held,
        defaults=_found(report),
        create_defaults=_found(report)
        | {
            "territory_id": recipient.territory_id,
            "kind": report.kind,
            "raw": report.text,
            "name": told.name or _("Badge sans nom"),
            "description": told.description,
            "issuer_name": told.issuer_name or told.host,
            "issuer_url": told.issuer_url,
            "awarded_on": told.awarded_on,
            "valid_until": told.valid_until,
            "image": told.image,
        },
    )
    return badge


def _found(report: Report) -> dict[str, Any]:
    return {
        "verified_on": timezone.now(),
        "is_genuine": report.is_genuine,
        "checks": [check.kept() for check in report.checks],
    }
