"""The holder decides who sees: until when, with which words, and back in one gesture."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.credentials import hooks
from badges.credentials.models import (
    Collection,
    CollectionItem,
    Credential,
    Recipient,
    ShareLink,
)
from badges.proofs import documents
from territories.journal.actions import record
from territories.journal.enums import Act

LONGEST = datetime.timedelta(days=366)


@transaction.atomic
def collect(
    *, recipient: Recipient, name: str, credentials: Iterable[Credential], by, words: str = ""
) -> Collection:
    """Put badges of one's own together.

    Parameters: `credentials`, in the order shown; `name`, 120 characters at most; `words`, 1,000.
    Raises ValidationError for others' badges or without a name, ProofError for a text too long.
    """
    made = Collection(territory_id=recipient.territory_id, recipient=recipient)
    _put_together(made, name, words, credentials)
    return made


@transaction.atomic
def recollect(
    *, collection: Collection, name: str, credentials: Iterable[Credential], by, words: str = ""
) -> None:
    """Its name, its words or its badges change; its links show it as it is now.

    Raises ValidationError as `collect`, and for one that was removed.
    """
    rows = Collection.objects.kept().select_for_update(of=["self"])
    held = rows.filter(pk=collection.pk).first()
    if held is None:
        raise ValidationError(_("Ce portefeuille a été retiré."))
    held.items.all().delete()
    _put_together(held, name, words, credentials)


@transaction.atomic
def discard(*, collection: Collection, by) -> None:
    """Nothing is left of it, its badges stay; its links answer 410 from now on."""
    for link in ShareLink.objects.filter(collection=collection, withdrawn_on=None):
        withdraw(link=link, by=by)
    collection.items.all().delete()
    rows = Collection.objects.kept().filter(pk=collection.pk)
    rows.update(name="", words="", removed_on=timezone.now())


def _put_together(made: Collection, name: str, words: str, credentials) -> None:
    chosen = list(credentials)
    if not name.strip():
        raise ValidationError({"name": _("Donnez un nom à votre portefeuille.")})
    if any(one.recipient_id != made.recipient_id for one in chosen):
        raise ValidationError(_("On ne montre que ses propres badges."))
    made.name, made.words = documents.clean(name, 120), documents.clean(words, 1000)
    made.save()
    CollectionItem.objects.bulk_create(
        CollectionItem(territory_id=made.territory_id, collection=made, credential=one, rank=rank)
        for rank, one in enumerate(chosen, start=1)
    )


@transaction.atomic
def share(
    *,
    until: datetime.datetime,
    words: str,
    by,
    credential: Credential | None = None,
    collection: Collection | None = None,
    name: str = "",
) -> ShareLink:
    """Open a link to one badge, or to one collection.

    Parameters: `until`, within a year; `words`, the consent as the person read it; `name`, what
    they want shown of their name, nothing if empty.
    Raises ValidationError for a moment that is past or too far, or a badge that was revoked.
    """
    shown = credential or collection
    if not timezone.now() < until <= timezone.now() + LONGEST:
        raise ValidationError({"until": _("Choisissez un jour dans l’année qui vient.")})
    if credential and credential.is_revoked:
        raise ValidationError(_("Ce badge est annulé : il ne se partage plus."))
    link = ShareLink.objects.create(
        territory_id=shown.territory_id,
        recipient_id=shown.recipient_id,
        credential=credential,
        collection=collection,
        until=until,
        words=words,
        shows_name=bool(name.strip()),
        name_shown=documents.clean(name, 120),
    )
    _journal(Act.BADGE_SHARED, link, by)
    return link


@transaction.atomic
def withdraw(*, link: ShareLink, by) -> None:
    """Take the consent back: the page answers 410 from now on. Done twice, it is done once."""
    rows = ShareLink.objects.filter(pk=link.pk, withdrawn_on=None)
    if rows.update(withdrawn_on=timezone.now()):
        _journal(Act.BADGE_UNSHARED, link, by)


def _journal(act: str, link: ShareLink, by) -> None:
    record(
        act,
        by=by,
        territory_id=link.territory_id,
        participant_id=hooks.person_of(link.recipient_id),
        about=link,
    )
