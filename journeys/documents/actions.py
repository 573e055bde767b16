"""Keeping a proof: seen and given back, or photographed and re-encoded."""

import io
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from journeys.documents.enums import DocumentKind
from journeys.documents.models import Document
from journeys.participants.models import Participant
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000
# Papers that bear the person's name: their photograph is an identity (rule 1).
NAMES = (DocumentKind.IDENTITY, DocumentKind.ADDRESS)
# What Pillow raises on a file that is no photograph, or only claims to be one.
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@transaction.atomic
def add_document(
    *,
    participant: Participant,
    by: User,
    kind: str,
    seen_on,
    title: str = "",
    photo: UploadedFile | None = None,
) -> Document:
    """Note that a proof was seen, by whom and when; with `photo`, keep it re-encoded.

    Raises ValidationError for a photo that is none, or that would keep an identity too early.
    """
    if photo and kind in NAMES and participant.identified_on is None:
        raise ValidationError(
            {"photo": _("Avant la préparation d’un contrat, cette pièce se regarde et se rend.")}
        )
    document = Document(
        territory_id=participant.territory_id,
        participant=participant,
        kind=kind,
        title=title,
        seen_by=by,
        seen_on=seen_on,
    )
    if photo:
        document.content_type = "image/jpeg"
        try:
            content = ContentFile(reencoded(photo))
        except ValidationError as error:
            raise ValidationError({"photo": error.messages}) from error
        document.file.save("photo", content, save=False)
    document.save()
    record(
        Act.DOCUMENT_ADDED,
        by=by,
        territory_id=participant.territory_id,
        participant_id=participant.pk,
        about=document,
    )
    return document


def forget_file(document: Document) -> None:
    """Erase the file of a row that this transaction deletes, once the deletion is certain."""
    transaction.on_commit(partial(_forget, document.file), robust=True)


def _forget(file) -> None:
    if not Document.objects.filter(file=file.name).exists():
        file.storage.delete(file.name)


def reencoded(photo: UploadedFile) -> bytes:
    """The photograph drawn again as JPEG: no metadata, no script, at most 2,000 pixels a side.

    Raises ValidationError when it is too heavy or is not an image.
    """
    if photo.size > MOST_BYTES:
        raise ValidationError(_("Cette photo dépasse 10 Mo : choisissez-en une plus légère."))
    try:
        with Image.open(photo, formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_("Cette photo est trop grande : choisissez-en une autre."))
            drawn = ImageOps.exif_transpose(image).convert("RGB")
            drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn.info.clear()  # Pillow would write a comment or a profile again
            out = io.BytesIO()
            drawn.save(out, "JPEG", quality=82, optimize=True)
    except UNREADABLE as error:
        raise ValidationError(
            _("Ce fichier n’est pas une photo lisible : choisissez un JPEG ou un PNG.")
        ) from error
    return out.getvalue()
