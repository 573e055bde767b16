"""Keeping papers: a proof seen and given back, or kept; the person's own; taking them away."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.documents.cleaning import JPEG, cleaned
from journeys.documents.enums import NAMES, DocumentKind
from journeys.documents.erasing import forget_file
from journeys.documents.models import COMES_BACK, Document, FileToErase
from journeys.participants.models import Participant
from rtr.due import Status
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act

MOST_PAPERS = 20  # of one person's own


@transaction.atomic
def add_document(
    *,
    participant: Participant,
    by: User,
    kind: str,
    seen_on,
    title: str = "",
    photo: UploadedFile | None = None,
    agreed: bool = False,
) -> Document:
    """Note a proof and who saw it, or keep one of the person's own papers.

    Parameters: `photo`, a photograph or a PDF, kept as written again by us; `agreed`, the person
    agrees today that their photograph is kept. Raises ValidationError for a file that cannot be
    kept, or that would keep an identity too early (rule 1).
    """
    document = Document(
        territory_id=participant.territory_id,
        participant=participant,
        kind=kind,
        title=title,
        seen_by=None if by.pk == participant.user_id else by,
        seen_on=seen_on,
    )
    if document.is_own:
        _refuse_own(document, photo, agreed)
    if photo:
        _keep(document, photo)
    if document.is_own and (twice := _kept_already(document)):
        forget_file(document)
        return twice
    document.save()
    _tell(Act.DOCUMENT_ADDED, document, by, ["agreed_on"] if agreed else [])
    return document


def _refuse_own(document: Document, photo: UploadedFile | None, agreed: bool) -> None:
    if photo is None:
        raise ValidationError({"photo": _("Choisissez une photo ou un PDF.")})
    if document.kind == DocumentKind.PORTRAIT:
        if not agreed:
            raise ValidationError({"agreed": _("Sans accord, la photo ne se garde pas.")})
        document.agreed_on = timezone.localdate()
    if document.participant.documents.own().standing().count() >= MOST_PAPERS:
        raise ValidationError(
            _("Vingt papiers sont déjà gardés. Retirez-en un, puis ajoutez celui-ci.")
        )


def _kept_already(document: Document) -> Document | None:
    """The same paper, sent by a second tap: the file of the last one of its kind is the same."""
    Participant.everyone.select_for_update().get(pk=document.participant_id)
    rows = Document.objects.own().standing().filter(participant=document.participant_id)
    last = rows.filter(kind=document.kind, seen_by=document.seen_by).order_by("-pk").first()
    if last is None or not last.file.storage.exists(last.file.name):
        return None
    with last.file.open() as kept, document.file.open() as sent:
        return last if kept.read() == sent.read() else None


def _keep(document: Document, photo: UploadedFile) -> None:
    """Write the cleaned file; its row is saved by whoever calls."""
    if document.kind in NAMES and document.participant.identified_on is None:
        raise ValidationError(
            {"photo": _("Avant la préparation d’un contrat, cette pièce se regarde et se rend.")}
        )
    try:
        content, document.content_type = cleaned(photo)
    except ValidationError as error:
        raise ValidationError({"photo": error.messages}) from error
    if document.kind == DocumentKind.PORTRAIT and document.content_type != JPEG:
        raise ValidationError({"photo": _("Choisissez une photo JPEG ou PNG.")})
    document.file.save("file", ContentFile(content), save=False)


@transaction.atomic
def replace_file(*, document: Document, by: User, photo: UploadedFile) -> None:
    """Keep this file instead of the former one, if any, which is erased at once."""
    document = _locked(document)
    _refuse_signed(document)
    forget_file(document)
    _keep(document, photo)
    document.save()
    _tell(Act.DOCUMENT_CHANGED, document, by, ["file"])


@transaction.atomic
def rename(*, document: Document, by: User, title: str) -> None:
    document = _locked(document)
    document.title = title
    document.save(update_fields=["title"])
    _tell(Act.DOCUMENT_CHANGED, document, by, ["title"])


@transaction.atomic
def remove(*, document: Document, by: User, reason: str) -> Document:
    """Take a paper away; for a quarter of an hour it may come back, then it is erased."""
    document = _locked(document)
    _refuse_signed(document)
    document.removed_at, document.removed_by = timezone.now(), by
    document.removal_reason = reason
    document.save()
    forget_file(document, on=document.removed_at + COMES_BACK)
    _tell(Act.DOCUMENT_REMOVED, document, by, [reason])
    return document


@transaction.atomic
def restore(*, document: Document, by: User) -> None:
    """Put back what one has just taken away. Raises ValidationError when it is too late."""
    # In the order of the due row, which holds its own line first.
    promises = FileToErase.objects.filter(name=document.file.name, status=Status.DUE)
    waiting = [row.pk for row in promises.select_for_update()]
    mine = Document.objects.filter(removed_by=by, removed_at__gt=timezone.now() - COMES_BACK)
    document = mine.select_for_update(of=("self",)).filter(pk=document.pk).first()
    if document is None:
        raise ValidationError(_("Une pièce retirée revient pendant un quart d’heure."))
    FileToErase.objects.filter(pk__in=waiting).delete()
    document.removed_at = document.removed_by = None
    document.removal_reason = ""
    document.save()
    _tell(Act.DOCUMENT_RESTORED, document, by)


@transaction.atomic
def erase_paper(*, document: Document, by: User) -> None:
    """Erase at once: what the person takes back of theirs, the agreement to a photograph."""
    document = _locked(document)
    _refuse_signed(document)
    _tell(Act.DOCUMENT_REMOVED, document, by, ["agreed_on"] if document.agreed_on else [])
    forget_file(document)
    document.delete()


def _locked(document: Document) -> Document:
    """The paper as it is now, held. Raises ValidationError when it went meanwhile."""
    rows = Document.objects.standing().select_for_update(of=("self",))
    found = rows.select_related("participant").filter(pk=document.pk).first()
    if found is None:
        raise ValidationError(_("Cette pièce a été retirée entre-temps."))
    return found


def _refuse_signed(document: Document) -> None:
    if not document.may_go:
        raise ValidationError(_("Cette page porte une signature : elle reste avec le contrat."))


def _tell(act: str, document: Document, by: User, fields=()) -> None:
    record(
        act,
        by=by,
        territory_id=document.territory_id,
        participant_id=document.participant_id,
        about=document,
        fields=fields,
    )
