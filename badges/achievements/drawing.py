"""Badges drawn from a few choices: a shape, a colour, a pictogram, a title.

Typst draws; words become outlines (Noto Sans), so that the image needs no font and looks the same
in a wallet, on paper and on a page.
"""

import json
import re
from functools import cache, lru_cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from badges.achievements.enums import Level
from badges.proofs.documents import clean

SIDE = 400  # pixels of a PNG, user units of a drawing
LONGEST = 60  # characters of a title
LEVELS = ["", *(level.value for level in Level if level)]  # as many beads as the place here
SHAPES = {
    "hexagon": _("Hexagone"),
    "circle": _("Rond"),
    "shield": _("Écusson"),
    "star": _("Soleil"),
    "flower": _("Fleur"),
    "octagon": _("Octogone"),
    "square": _("Carré"),
    "diamond": _("Losange"),
}
# Dark enough for light words: 4.5 to 1 at least (WCAG 2.2, 1.4.3).
COLOURS = {
    "#0f5c5c": _("Vert profond"),
    "#1f7a3d": _("Vert feuille"),
    "#5b7318": _("Vert olive"),
    "#8a5a00": _("Ambre"),
    "#a84a10": _("Abricot brûlé"),
    "#a23b2a": _("Brique"),
    "#a12c5b": _("Framboise"),
    "#7d4a9c": _("Violet"),
    "#4b4fa6": _("Indigo"),
    "#2f66ad": _("Bleu"),
    "#1b6c8c": _("Bleu canard"),
    "#1d2433": _("Encre"),
}
FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "noto-sans-0.4.2"
ICONS = Path(settings.BASE_DIR) / "static" / "img" / "badge-pictograms.svg"
SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d. ]+)"[^>]*>(.*?)</symbol>', re.DOTALL)
# One point is one pixel: the drawing fills the page, on nothing.
PICTURE = f"""
#set page(width: {SIDE}pt, height: {SIDE}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "contain")
""".encode()


@lru_cache(maxsize=128)
def _drawn(shape: str, colour: str, pictogram: str, title: str, level: int) -> str:
    data = {"shape": shape, "colour": colour, "title": title, "level": level}
    svg = typst.compile(
        _layout(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="svg",
        ignore_system_fonts=True,
        font_paths=[str(FONTS)],
    ).decode()
    start, end, _nothing = svg.rpartition("</svg>")
    return start + _placed(pictogram, bool(title)) + end


def draw(design: dict[str, str]) -> str:
    """The image of a badge.

    Parameters: `design`, `shape` of SHAPES, `colour` of COLOURS, `pictogram`, a name of
    static/img/badge-pictograms.svg, `title`, at most 60 characters, or none, `level`, of Level,
    drawn as beads.
    Returns: an SVG document of 400 × 400, that loads nothing.
    Raises ValueError for a choice that is not offered, ProofError for a title too long.
    """
    shape, colour = design.get("shape", "hexagon"), design.get("colour", "#0f5c5c")
    if shape not in SHAPES or colour not in COLOURS:
        raise ValueError("a shape or a colour that is not offered")
    title = clean(design.get("title", ""), LONGEST)
    level = LEVELS.index(design.get("level", ""))
    return _drawn(shape, colour, design.get("pictogram", "award"), title, level)


@lru_cache(maxsize=128)
def picture(svg: str) -> bytes:
    """A drawing as a PNG of 400 × 400 pixels, transparent around it."""
    return typst.compile(
        PICTURE, sys_inputs={"svg": svg}, format="png", ppi=72, ignore_system_fonts=True
    )


def pictograms() -> list[str]:
    """Names of those that a badge may carry."""
    return sorted(_symbols())


def _placed(name: str, above_title: bool) -> str:
    """The pictogram as part of the drawing: an image inside an image is refused by verifiers."""
    if name not in _symbols():
        raise ValueError(f"no pictogram {name!r}")
    box, inside = _symbols()[name]
    side, top = (118, 80) if above_title else (168, 116)
    scale = side / float(box.split()[3])
    where = f"translate({(SIDE - side) / 2:g} {top}) scale({scale:g})"
    return f'<g transform="{where}" fill="#fbfaf7">{inside}</g>'


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    found = SYMBOL.findall(ICONS.read_text(encoding="utf-8"))
    return {name: (box, inside) for name, box, inside in found}


@cache
def _layout() -> bytes:
    return (Path(__file__).parent / "badge.typ").read_bytes()
