"""Behind the link, or from a page of one's house: a word of support, signed at once."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.credentials import actions as credentials
from badges.endorsements import documents, identity
from badges.endorsements.actions.inviting import (
    TOKEN_BYTES,
    Subject,
    journal,
    new,
    refuse_oneself,
    same_subject,
    sha256_of,
)
from badges.endorsements.enums import Identity, State
from badges.endorsements.models import Endorsement
from badges.issuers.actions import open_endorser
from badges.issuers.enums import Kind
from badges.issuers.enums import State as IssuerState
from badges.issuers.models import Issuer
from badges.proofs.documents import clean
from rtr import scope
from territories.journal.enums import Act
from territories.organisations.models import Organisation
from territories.places.models import Territory

LONGEST = 2000  # characters of a comment
NEEDED = (
    "territory",
    "organisation",
    "credential__recipient",
    "credential__version__achievement",
    "credential__issuer",
    "credential__organisation",
    "version__achievement__organisation",
    "issuer__organisation",
    "endorser",
    "status_list__issuer",
)


def behind(token: str) -> Endorsement | None:
    """What a link that works is about: to answer, or to take back. Looked for everywhere; the
    page then sees that territory alone."""
    with scope.everything("a link names its territory once found"):
        rows = Endorsement.objects.select_related(*NEEDED)
        found = rows.filter(token_sha256=sha256_of(token)).first()
    if found and found.state == State.INVITED and found.until <= timezone.now():
        return None
    return found


@transaction.atomic
def give(
    *,
    endorsement: Endorsement,
    comment: str,
    name: str,
    function: str = "",
    body: str = "",
    by=None,
) -> tuple[Endorsement, str]:
    """Endorse from the link: it serves once.

    Parameters: `comment`, up to 2,000 characters; `name`, `function` and `body`, as the person
    writes them; `by`, who is signed in, if anybody.
    Returns: the endorsement, and the token of the link that takes it back.
    Raises ValidationError when the link served already, or for the holder of the badge.
    """
    row = locked(endorsement)
    refuse_closed(row)
    row.identity, row.organisation = identity.known_by(row)
    row.invited_name, row.function = clean(name, 120), clean(function, 120)
    row.invited_organisation = row.organisation.name if row.organisation else clean(body, 160)
    if not row.invited_name:
        raise ValidationError({"name": _("Écrivez votre nom.")})
    refuse_oneself(row, email=row.invited_email, by=by)
    row.endorser = _own_issuer(row)
    return _given(row, comment, by)


@transaction.atomic
def offer(
    *,
    by,
    organisation: Organisation,
    comment: str,
    endorsement: Endorsement | None = None,
    subject: Subject | None = None,
    territory: Territory | None = None,
) -> Endorsement:
    """Endorse in the name of one's house, signed with its own key: as asked, or unasked.

    Parameters: `endorsement`, an invitation of this house; else `subject`, a model or an issuer,
    and `territory`, where its colleague acts.
    Raises ValidationError when the house signs no badges, endorses what it issues, or did already.
    """
    if endorsement:
        row = locked(endorsement)
        refuse_closed(row)
    else:
        row = new(subject, territory, by, organisation)
    row.organisation = organisation
    refuse_oneself(row, email="", by=by)
    done = same_subject(row).given().filter(organisation=organisation)
    if done.exclude(pk=row.pk).exists():
        raise ValidationError(_("Votre structure l’a déjà soutenu."))
    row.endorser = _issuer_of(organisation)
    row.identity, row.vouched_by = Identity.MEMBER, by
    row.invited_name, row.invited_organisation = by.get_full_name()[:120], organisation.name
    return _given(row, comment, by)[0]


@transaction.atomic
def decline(*, endorsement: Endorsement, by=None) -> None:
    """Say no: the link closes, and nothing of whom it was for is kept. Whatever became of the
    badge meanwhile. Raises ValidationError when the link was closed."""
    row = locked(endorsement)
    refuse_answered(row)
    row.state, row.answered_on, row.token_sha256 = State.DECLINED, timezone.now(), None
    row.invited_email = row.name_shown = ""
    row.save()
    journal(Act.ENDORSEMENT_DECLINED, row, by)


@transaction.atomic
def vouch(*, endorsement: Endorsement, by) -> None:
    """A colleague of the consortium knows who endorsed: « identité non vérifiée » is said no more.

    Raises ValidationError when it was not given, or is known already.
    """
    row = locked(endorsement)
    if row.state != State.GIVEN or row.identity != Identity.NONE:
        raise ValidationError(_("Il n’y a rien à confirmer ici."))
    row.identity, row.vouched_by = Identity.MEMBER, by
    row.save(update_fields=["identity", "vouched_by"])
    journal(Act.ENDORSER_KNOWN, row, by)


def locked(endorsement: Endorsement) -> Endorsement:
    """Two answers to one link wait for each other."""
    rows = Endorsement.objects.select_for_update(of=["self"]).select_related(*NEEDED)
    found = rows.filter(pk=endorsement.pk).first()
    if found is None:
        raise ValidationError(_("Ce lien ne marche plus."))
    return found


def refuse_answered(row: Endorsement) -> None:
    over = row.until and row.until <= timezone.now()
    if row.state != State.INVITED or over:
        raise ValidationError(_("Ce lien ne marche plus."))


def refuse_closed(row: Endorsement) -> None:
    """Raises ValidationError for a link that was answered, or of what has no support any more."""
    refuse_answered(row)
    # What it speaks of may have changed since it was asked.
    new(row.credential or row.version or row.issuer, row.territory, None, None)


def _given(row: Endorsement, comment: str, by) -> tuple[Endorsement, str]:
    row.comment = clean(comment, LONGEST)
    if not row.comment:
        raise ValidationError({"comment": _("Écrivez quelques mots.")})
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row.state, row.answered_on = State.GIVEN, timezone.now()
    row.token_sha256, row.until = sha256_of(token), None
    documents.sign(row)
    row.save()
    journal(Act.ENDORSEMENT_GIVEN, row, by)
    if row.credential:
        credentials.reissue(credential=row.credential, by=by)
    return row, token


def _own_issuer(row: Endorsement) -> Issuer:
    """The issuer of this person: the same one when the same mail address signed the same name.

    The address itself is published nowhere.
    """
    name = row.invited_name
    if row.invited_organisation:
        name = clean(f"{name}, {row.invited_organisation}", 160 + 122)[:160]
    if row.was_mailed:
        before = Endorsement.objects.filter(
            invited_email=row.invited_email,
            was_mailed=True,
            endorser__kind=Kind.ENDORSER,
            endorser__name=name,
        )
        if found := before.select_related("endorser").first():
            return found.endorser
    return open_endorser(name=name, by=None)


def _issuer_of(organisation: Organisation) -> Issuer:
    found = Issuer.objects.filter(organisation=organisation, state=IssuerState.ACTIVE).first()
    if found is None:
        raise ValidationError(
            _("Votre structure n’a pas encore de clé pour signer : demandez-la à la gestion.")
        )
    return found
