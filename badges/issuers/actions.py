"""Who may issue, with which keys: opened, replaced, declared compromised."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from badges.issuers import status, vault
from badges.issuers.enums import Algorithm, KeyState, Kind, State
from badges.issuers.models import Issuer, IssuerKey
from badges.proofs import keys
from rtr.lib import french
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

# -- Opening -------------------------------------------------------------------------------------


@transaction.atomic
def open_issuer(*, organisation: Organisation, by) -> Issuer:
    """Let a body issue badges under its own name. Asked twice, it is the same issuer.

    Returns: the issuer, with one key of each algorithm and its first status list.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    found = Issuer.objects.filter(organisation=organisation).first()
    if found:
        return found
    return _opened(
        by,
        kind=Kind.ORGANISATION,
        organisation=organisation,
        slug=_free_slug(organisation.slug),
        name=organisation.name,
        description=organisation.what_it_brings,
        url=organisation.site,
        email=organisation.email,
    )


@transaction.atomic
def open_network(*, programme: Programme, name: str, by, description: str = "") -> Issuer:
    """Open a neutral issuer, for bodies whose name would say too much of who holds the badge.

    Parameters: `name` and `description`, read by everybody in each badge.
    Returns: as `open_issuer`.
    """
    slug = _free_slug(slugify(name)[:60] or f"reseau-{programme.pk}")
    return _opened(
        by, kind=Kind.NETWORK, programme=programme, slug=slug, name=name, description=description
    )


@transaction.atomic
def open_endorser(*, name: str, by, url: str = "", email: str = "") -> Issuer:
    """Open the issuer of one who endorses from a link.

    Parameters: `name`, `url` and `email`, published with what it signs; `by`, None when nobody is
    signed in. Returns: as `open_issuer`.
    """
    slug = _free_slug(f"soutien-{slugify(name)[:40] or 'anonyme'}")
    return _opened(by, kind=Kind.ENDORSER, slug=slug, name=name, url=url, email=email)


def _opened(by, **fields) -> Issuer:
    issuer = Issuer.objects.create(**fields)
    for algorithm in Algorithm:
        _new_key(issuer, algorithm)
    status.open_list(issuer)
    record(Act.ISSUER_OPENED, by=by, territory_id=None, about=issuer)
    return issuer


def _free_slug(wanted: str) -> str:
    """A slug is part of a did and never changes, nor is it given twice."""
    taken = set(Issuer.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    free = (slug for n in range(1, len(taken) + 2) if (slug := _numbered(wanted, n)) not in taken)
    return next(free)


def _numbered(slug: str, n: int) -> str:
    return slug if n == 1 else f"{slug}-{n}"


# -- Changing ------------------------------------------------------------------------------------


@transaction.atomic
def change_state(*, issuer: Issuer, state: str, by, on: datetime.date | None = None) -> None:
    """Suspend an issuer, let it issue again, or note that it left the network.

    Parameters: `state`, a State; `on`, the day it left, today if None.
    What it issued stays valid and its documents are served: only new badges are refused.
    Raises ValidationError for a day to come, or before it issued at all.
    """
    first, today = timezone.localdate(issuer.created_at), timezone.localdate()
    if on and not first <= on <= today:
        said = _("Choisissez un jour, du %(first)s à aujourd’hui.")
        raise ValidationError({"left_on": said % {"first": french.day(first)}})
    issuer.state = state
    issuer.left_on = (on or timezone.localdate()) if state == State.LEFT else None
    issuer.save(update_fields=["state", "left_on"])
    record(Act.ISSUER_CHANGED, by=by, territory_id=None, about=issuer, fields=["state", "left_on"])


@transaction.atomic
def speak_through(*, issuer: Issuer, neutral: Issuer | None, by) -> None:
    """From now on, badges of this body are issued by that network.

    Parameters: `neutral`, None for itself again. Raises ValidationError for one that is no network.
    """
    if neutral and neutral.kind != Kind.NETWORK:
        raise ValidationError({"neutral": _("Choisissez un émetteur de réseau.")})
    issuer.neutral = neutral
    issuer.save(update_fields=["neutral"])
    record(Act.ISSUER_CHANGED, by=by, territory_id=None, about=issuer, fields=["neutral"])


# -- Keys ----------------------------------------------------------------------------------------


def signing_key(*, issuer: Issuer, algorithm: str) -> IssuerKey:
    """The one key of this algorithm that signs. Raises IssuerKey.DoesNotExist if there is none."""
    return issuer.keys.active().select_related("issuer").get(algorithm=algorithm)


@transaction.atomic
def rotate(*, issuer: Issuer, by, reason: str = "") -> list[IssuerKey]:
    """Replace both keys. The old public halves stay listed: what they signed stays valid.

    Returns: the new keys. Their private predecessors are forgotten.
    """
    _locked(issuer)
    for key in issuer.keys.active():
        _end(key, KeyState.RETIRED, by, reason)
    new = [_new_key(issuer, algorithm) for algorithm in Algorithm]
    status.rebuild_all(issuer)
    record(Act.KEYS_ROTATED, by=by, territory_id=None, about=issuer)
    return new


@transaction.atomic
def compromise(*, key: IssuerKey, by, reason: str) -> IssuerKey | None:
    """Strike a key from the did document: whatever it signed is refused from now on.

    badges/credentials/actions `recover` does this and mends the badges it signed, in one act.
    Returns: the key that replaces it, or None when it signed no more already.
    Raises ValidationError without a reason, or when it was struck before.
    """
    issuer = _locked(key.issuer)
    key = IssuerKey.objects.get(pk=key.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("Dites ce qui s’est passé.")})
    if key.state == KeyState.COMPROMISED:
        raise ValidationError(_("Cette clé est déjà déclarée compromise."))
    signed = key.state == KeyState.ACTIVE
    _end(key, KeyState.COMPROMISED, by, reason)
    new = _new_key(issuer, key.algorithm) if signed else None
    if key.algorithm == Algorithm.ED25519:
        status.rebuild_all(issuer)
    record(Act.KEY_COMPROMISED, by=by, territory_id=None, about=key, fields=["state"])
    return new


def _locked(issuer: Issuer) -> Issuer:
    """Two changes of one issuer's keys wait for each other; badges being signed do not."""
    return Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk)


def _end(key: IssuerKey, state: str, by, reason: str) -> None:
    key.state, key.ended_on, key.ended_by, key.reason = state, timezone.now(), by, reason[:300]
    key.private_sealed = ""
    key.save(update_fields=["state", "ended_on", "ended_by", "reason", "private_sealed"])


def _new_key(issuer: Issuer, algorithm: str) -> IssuerKey:
    if algorithm == Algorithm.ED25519:
        private = keys.new_ed25519()
        kid = keys.multibase(private.public_key())
        public = {"public_multibase": kid}
    else:
        private = keys.new_rsa()
        form = keys.jwk(private.public_key())
        kid = keys.thumbprint(form)
        public = {"public_jwk": form}
    return IssuerKey.objects.create(
        issuer=issuer, algorithm=algorithm, kid=kid, private_sealed=vault.sealed(private), **public
    )
