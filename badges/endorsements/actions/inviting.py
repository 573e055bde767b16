"""Asking for an endorsement, by a link that is mailed or printed and serves once."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.achievements.enums import Status as Published
from badges.achievements.models import AchievementVersion
from badges.credentials import hooks as holders
from badges.credentials.models import Credential
from badges.endorsements import identity
from badges.endorsements.models import Endorsement
from badges.issuers.enums import State as IssuerState
from badges.issuers.models import Issuer
from badges.proofs import documents
from territories.accounts import mails
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.organisations.models import Organisation
from territories.places.models import Territory

Subject = Credential | AchievementVersion | Issuer

TOKEN_BYTES = 18  # 144 bits
WORKS_FOR = datetime.timedelta(days=60)
MOST_OPEN = 20  # links that wait for an answer, of one thing


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address(token: str) -> str:
    return settings.BADGES_URL + reverse("endorse", args=[token])


@transaction.atomic
def invite(
    *,
    subject: Subject,
    territory: Territory,
    by,
    email: str = "",
    name: str = "",
    organisation: Organisation | None = None,
    is_agreed: bool = False,
    name_shown: str = "",
) -> tuple[Endorsement, str]:
    """Ask somebody to endorse a badge, a badge model or an issuer.

    Parameters: `territory`, where the row lives: that of the badge, or of who asks; `email`, where
    the link leaves for, shown on the spot if empty; `organisation`, the body of the consortium
    that is asked; `is_agreed`, the holder of the badge wishes it; `name_shown`, what of their name
    they let this one reader see.
    Returns: the invitation and its token, which is kept nowhere.
    Raises ValidationError for what may not be endorsed, without the holder's agreement, when one
    would endorse oneself, or when too many are waited for.
    """
    row = new(subject, territory, by, organisation)
    email = email.strip().lower()
    if email:
        validate_email(email)
    if row.credential and not is_agreed:
        raise ValidationError(
            {"is_agreed": _("Ce badge est à la personne : il faut qu’elle soit d’accord.")}
        )
    refuse_oneself(row, email=email, by=None)
    _refuse_many(row, email)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row.invited_email, row.was_mailed = email, bool(email)
    row.invited_name = documents.clean(name, 120)
    row.agreed_on = timezone.now() if row.credential else None
    row.name_shown = documents.clean(name_shown, 120) if row.credential else ""
    row.token_sha256, row.until = sha256_of(token), timezone.now() + WORKS_FOR
    row.save(force_insert=True)
    journal(Act.ENDORSEMENT_ASKED, row, by)
    if email:
        _mail(row, token)
    return row, token


def new(subject: Subject, territory: Territory, by, body: Organisation | None) -> Endorsement:
    """The row of an endorsement of this, not saved. Raises ValidationError for what has none."""
    refusal = ""
    if isinstance(subject, Credential):
        kind = "credential"
        if subject.is_revoked or subject.is_expired:
            refusal = _("Ce badge n’est plus valable : il ne se soutient plus.")
    elif isinstance(subject, AchievementVersion):
        kind = "version"
        if not subject.published_on or subject.achievement.status != Published.PUBLISHED:
            refusal = _("Ce modèle de badge n’est pas publié.")
    else:
        kind = "issuer"
        if subject.state == IssuerState.LEFT:
            refusal = _("Cette structure a quitté le réseau.")
    if refusal:
        raise ValidationError(refusal)
    return Endorsement(
        territory=territory, invited_by=by, organisation=body, until=None, **{kind: subject}
    )


def refuse_oneself(row: Endorsement, *, email: str, by) -> None:
    """Neither the holder of a badge nor the body that issues it adds a word of support to it.

    Parameters: `email`, in lower case, where the link leaves for or empty; `by`, the account that
    answers, if there is one. Raises ValidationError.
    """
    if identity.is_of_holder(row, email, by):
        raise ValidationError(_("On ne soutient pas son propre badge."))
    if row.organisation_id and row.organisation == row.issued_by:
        raise ValidationError(
            {"organisation": _("Une structure ne soutient pas ce qu’elle délivre elle-même.")}
        )


def same_subject(row: Endorsement) -> models.QuerySet[Endorsement]:
    return Endorsement.objects.filter(
        credential=row.credential_id, version=row.version_id, issuer=row.issuer_id
    )


def _refuse_many(row: Endorsement, email: str) -> None:
    waiting = same_subject(row).to_answer()
    if email and waiting.filter(invited_email=email).exists():
        raise ValidationError({"email": _("Cette adresse a déjà reçu un lien. Il marche encore.")})
    if waiting.count() >= MOST_OPEN:
        raise ValidationError(
            _("Vingt personnes n’ont pas encore répondu. Retirez d’abord une demande.")
        )


def _mail(row: Endorsement, token: str) -> None:
    """It says what anybody reads on the badge, and nothing of who holds it."""
    context = {"row": row, "link": address(token)}
    what = {"what": row.subject_name}  # no subject has two lines
    mails.write(
        to=row.invited_email,
        subject=" ".join((_("Un badge, et votre avis : %(what)s") % what).split()),
        body=render_to_string("badges/endorsements/invitation.txt", context).strip(),
        useful=WORKS_FOR,
    )


@transaction.atomic
def cancel(*, endorsement: Endorsement, by) -> None:
    """Close a link that nobody answered: nothing of whom it was for is kept."""
    rows = Endorsement.objects.select_for_update(of=["self"]).filter(state="invited")
    if row := rows.filter(pk=endorsement.pk).first():
        journal(Act.ENDORSEMENT_WITHDRAWN, row, by)
        row.delete()


def journal(act: str, row: Endorsement, by) -> None:
    badge = row.credential
    record(
        act,
        by=by,
        territory_id=row.territory_id,
        participant_id=holders.person_of(badge.recipient_id) if badge else None,
        about=row,
    )
