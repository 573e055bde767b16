"""What a received file becomes: bytes that we wrote, of a type read in the bytes themselves.

The name of the file and the type its sender gives are not looked at.
"""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.documents import pdf
from journeys.documents.pictures import redrawn
from rtr.lib.uploads import refuse_too_big

JPEG, PDF = "image/jpeg", "application/pdf"
# ISO/IEC 23008-12: the brands of photographs that iPhones take.
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
WAIT = 20  # seconds; the child counts its own processor time
WHY = {
    "locked": gettext_lazy(
        "Ce PDF demande un mot de passe. Choisissez un autre PDF, ou une photo."
    ),
    "form": gettext_lazy("Ce PDF est un formulaire. Choisissez plutôt une photo de la page."),
    "pages": gettext_lazy("Ce PDF est trop long. Choisissez un PDF de %(most)s pages au plus."),
    "broken": gettext_lazy("Ce PDF n’est pas lisible. Choisissez un autre PDF, ou une photo."),
}


def cleaned(file: UploadedFile) -> tuple[bytes, str]:
    """The bytes to keep and their type: a JPEG drawn again, or a PDF written again.

    Raises ValidationError, with what to do, for whatever is neither, or would act.
    """
    refuse_too_big(file)
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        return rewritten(file.read()), PDF
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        raise ValidationError(
            _(
                "Cette photo d’iPhone ne s’ouvre pas ici. Envoyez une capture d’écran de la photo."
                " Ou choisissez « Le plus compatible » dans Réglages, Appareil photo, Formats."
            )
        )
    return redrawn(file), JPEG


def rewritten(content: bytes) -> bytes:
    """The PDF as its pages alone, written by a child that may die of it.

    Raises ValidationError: locked, too long, a form of another program, unreadable.
    """
    command = [sys.executable, "-I", str(Path(pdf.__file__))]
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command, input=content, capture_output=True, timeout=WAIT, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(str(WHY["broken"])) from error
    if done.returncode or zipfile.is_zipfile(io.BytesIO(done.stdout)):
        why = done.stderr.decode("ascii", "replace") if done.returncode == pdf.REFUSED else ""
        raise ValidationError(str(WHY.get(why, WHY["broken"])) % {"most": pdf.MOST_PAGES})
    return done.stdout
