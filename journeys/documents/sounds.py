"""A voice note or a recording as we keep it: written again, without anything but the sound."""

import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from journeys.documents import audio
from rtr.lib.uploads import refuse_too_big

MP3 = "audio/mpeg"
LONGEST = 180  # seconds of a voice note
WHY = {
    "video": gettext_lazy("Ce fichier est une vidéo : choisissez un enregistrement de la voix."),
    "long": gettext_lazy("Cet enregistrement est trop long : gardez %(most)s minutes au plus."),
    "broken": gettext_lazy(
        "Ce fichier ne s’écoute pas : enregistrez de nouveau, ou choisissez un autre fichier."
    ),
}


def clean_sound(file: UploadedFile, *, longest: int = LONGEST) -> tuple[bytes, str, int]:
    """The bytes to keep, their type, and how many seconds it lasts, one at least.

    Parameters: `longest`, in seconds; a child that may die of the file reads it, and stops there.
    Raises ValidationError, with what to do: broken, a video, too long, too big.
    """
    refuse_too_big(file)
    file.seek(0)
    command = [sys.executable, "-I", str(Path(audio.__file__)), str(longest)]
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command,
            input=file.read(),
            capture_output=True,
            timeout=20 + longest // 10,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(str(WHY["broken"])) from error
    if done.returncode:
        why = done.stderr.decode("ascii", "replace") if done.returncode == audio.REFUSED else ""
        raise ValidationError(str(WHY.get(why, WHY["broken"])) % {"most": longest // 60})
    seconds, sound = done.stdout.split(b"\n", 1)
    return sound, MP3, max(1, round(float(seconds)))
