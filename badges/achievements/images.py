"""Images that people bring for a badge: a drawing in which nothing runs, or a photo made small.

Either becomes a document of 400 × 400 that loads nothing, as those of the designer (drawing.py).
"""

import base64
import io
import re
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from badges.achievements.drawing import SIDE
from badges.proofs import baking
from badges.proofs.errors import ProofError

MOST = 1024 * 1024  # bytes of a file that somebody brings
MOST_SIDE = 4000  # pixels
MOST_ELEMENTS = 3000
MOST_USES = 20  # each may draw others again: few enough not to grow out of hand
SMALLEST = 100  # pixels
HEAD = f'<svg xmlns="{baking.SVG}" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
WRAPPED = re.compile(rb'<svg [^<>]*><image [^<>]*href="data:image/png;base64,([\w+/=]+)"/></svg>')
_DRAWN = {
    *"svg g path rect circle ellipse line polyline polygon defs use symbol title desc".split(),
    *"style linearGradient radialGradient stop clipPath mask".split(),
}
_WORDS = {"text", "tspan", "textPath", "flowRoot"}


def from_file(data: bytes) -> str:
    """The image of a badge from a file that somebody chose, or from another catalogue.

    Parameters: `data`, an SVG or a PNG of one megabyte at most.
    Returns: an SVG document. Raises ValidationError, in words that say what to do.
    """
    if len(data) > MOST:
        raise ValidationError(_("Cette image est trop lourde : un mégaoctet au plus."))
    if data.startswith(baking.PNG):
        return _from_png(data)
    if b"<svg" in data[:4096] or b"<SVG" in data[:4096]:
        return _from_svg(data)
    raise ValidationError(_("Choisissez une image SVG ou PNG."))


def _from_png(data: bytes) -> str:
    """Drawn again, 400 × 400 on nothing: what the file held besides its picture does not follow."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if max(image.size) > MOST_SIDE:
                raise ValidationError(_("Cette image est trop grande : 4 000 points au plus."))
            if min(image.size) < SMALLEST:
                raise ValidationError(_("Cette image est trop petite : 100 points au moins."))
            small = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(
            _("Cette image PNG ne se lit pas. Enregistrez-la de nouveau.")
        ) from None
    small.thumbnail((SIDE, SIDE))
    square = Image.new("RGBA", (SIDE, SIDE))
    square.paste(small, ((SIDE - small.width) // 2, (SIDE - small.height) // 2))
    kept = io.BytesIO()
    square.save(kept, "PNG", optimize=True)
    text = base64.b64encode(kept.getvalue()).decode()
    picture = f'<image width="{SIDE}" height="{SIDE}" href="data:image/png;base64,{text}"/>'
    return f"{HEAD}{picture}</svg>"


def _from_svg(data: bytes) -> str:
    if wrapped := WRAPPED.fullmatch(data.strip()):  # a photo that this module made small
        return _from_png(base64.b64decode(wrapped[1]))
    try:
        root = baking.still_drawing(data)
    except ProofError as error:
        raise ValidationError(_refused(error)) from None
    _keep_what_is_drawn(root)
    found = list(root.iter())
    if len(found) > MOST_ELEMENTS:
        raise ValidationError(_("Ce dessin a trop de détails. Simplifiez-le."))
    if sum(_name(one) == "use" for one in found) > MOST_USES:
        raise ValidationError(_("Ce dessin se répète trop. Enregistrez-le en « SVG simple »."))
    if len(found) < 2:
        raise ValidationError(_("Ce dessin est vide."))
    root.set("viewBox", _box(root))
    root.set("width", str(SIDE))
    root.set("height", str(SIDE))
    ElementTree.register_namespace("", baking.SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _refused(error: ProofError) -> str:
    if error.code == "active_image":
        return _(
            "Ce dessin contient autre chose qu’un dessin : un programme, une animation ou un lien."
            " Enregistrez-le en « SVG simple »."
        )
    return _("Ce dessin SVG ne se lit pas. Enregistrez-le en « SVG simple ».")


def _keep_what_is_drawn(root: ElementTree.Element) -> None:
    """Notes of drawing programs go; letters are refused, since they need a font."""
    for parent in list(root.iter()):
        for child in list(parent):
            if _name(child) in _WORDS:
                raise ValidationError(
                    _("Ce dessin contient du texte. Transformez les textes en tracés.")
                )
            if _name(child) not in _DRAWN:
                parent.remove(child)
        for attribute in list(parent.attrib):
            if attribute.startswith("{") and not attribute.endswith("}href"):
                del parent.attrib[attribute]


def _name(element: ElementTree.Element) -> str:
    tag = element.tag
    prefix = f"{{{baking.SVG}}}"
    return tag[len(prefix) :] if isinstance(tag, str) and tag.startswith(prefix) else ""


def _box(root: ElementTree.Element) -> str:
    """What part of the plane is shown; from its size where the drawing does not say."""
    try:
        if said := root.get("viewBox"):
            box = [float(part) for part in said.replace(",", " ").split()]
        else:
            box = [
                0,
                0,
                *(float(root.get(side, "").removesuffix("px")) for side in ("width", "height")),
            ]
    except ValueError:
        box = []
    if len(box) != 4 or not all(0 < side < 1e6 for side in box[2:]):
        raise ValidationError(_("Ce dessin ne dit pas sa taille. Donnez-lui un « viewBox »."))
    return " ".join(f"{part:g}" for part in box)
