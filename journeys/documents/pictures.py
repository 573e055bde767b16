"""A photograph drawn again: nothing of where, nothing that runs."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000
FORMATS = ("JPEG", "PNG", "WEBP")
# What Pillow raises on a file that is no photograph, or only claims to be one.
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def redrawn(photo) -> bytes:
    """The photograph as a new JPEG: no metadata, no script, at most 2,000 pixels a side.

    Parameters: `photo`, an open binary file. Raises ValidationError when it is not an image.
    """
    try:
        with Image.open(photo, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_("Cette photo est trop grande. Choisissez-en une autre."))
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at that size
            drawn = _on_white(ImageOps.exif_transpose(image))
    except UNREADABLE as error:
        raise ValidationError(
            _("Ce fichier n’est pas une photo lisible. Choisissez une photo JPEG ou PNG.")
        ) from error
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn.info.clear()  # Pillow would write a comment or a profile again
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Colours of eight bits, on white where the image lets see through."""
    if image.mode.startswith("I"):  # sixteen bits of grey: Pillow would turn them all to white
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
