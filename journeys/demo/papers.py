"""The papers that people keep: a few invented files, each written once for a whole territory."""

import datetime
import io
from functools import cache

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from journeys.demo.chance import Chance
from journeys.demo.ground import Ground
from journeys.demo.pages import INK, PAPER
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from journeys.documents.cleaning import JPEG, PDF
from journeys.documents.enums import DocumentKind
from journeys.documents.pdf import rewritten
from journeys.models import Document

SHARES = {DocumentKind.CV: 0.42, DocumentKind.DIPLOMA: 0.14, DocumentKind.PORTRAIT: 0.07}
LINES = ["CV", "Cuisine, accueil, bricolage", "Exemple sans personne derriere"]


@cache
def curriculum() -> bytes:
    """A PDF of one page, in Helvetica."""
    found = pikepdf.new()
    page = found.add_blank_page(page_size=(420, 595))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    font.BaseFont = pikepdf.Name.Helvetica
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    shown = "".join(f"({line}) Tj 0 -32 Td " for line in LINES)
    page.Contents = pikepdf.Stream(found, f"BT /F1 18 Tf 50 520 Td {shown}ET".encode())
    held = io.BytesIO()
    found.save(held)
    return rewritten(held.getvalue())


@cache
def portrait() -> bytes:
    """A head and shoulders that are nobody's."""
    image = Image.new("RGB", (240, 300), PAPER)
    draw = ImageDraw.Draw(image)
    draw.ellipse((80, 50, 160, 150), outline=INK, width=4)
    draw.arc((40, 165, 200, 400), 180, 360, fill=INK, width=4)
    return _jpeg(image)


@cache
def diploma() -> bytes:
    image = Image.new("RGB", (420, 300), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((14, 14, 406, 286), outline=INK, width=3)
    for number, width in enumerate((180, 260, 220, 240)):
        draw.line((60, 90 + 34 * number, 60 + width, 90 + 34 * number), fill=INK, width=3)
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=75, optimize=True)
    return held.getvalue()


WRITTEN = {
    DocumentKind.CV: (curriculum, PDF),
    DocumentKind.DIPLOMA: (diploma, JPEG),
    DocumentKind.PORTRAIT: (portrait, JPEG),
}


def shared_papers(ground: Ground) -> dict[str, str]:
    """Kind → the name of its one file in this territory."""
    names = {}
    for number, (kind, (written, _type)) in enumerate(WRITTEN.items(), start=1):
        name = f"documents/{ground.territory.pk}/{number:032x}"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(written()))
        names[kind] = name
    return names


def write_papers(
    person: Talent, names: dict[str, str], rows: Rows, chance: Chance, today: datetime.date
) -> None:
    """Some of those under contract keep a CV, a diploma, a photograph with their agreement."""
    life = person.life
    if life.entry_on is None:
        return
    for kind, share in SHARES.items():
        if not chance.happens(share):
            continue
        on = chance.day(life.entry_on, max(life.entry_on, min(life.ends_on, today)))
        by_oneself = person.user_id is not None and chance.happens(0.5)
        rows.add(
            Document,
            **person.ground.of,
            id=rows.next_id(Document),
            participant_id=person.participant_id,
            kind=kind,
            seen_by_id=None if by_oneself else person.helper.user.pk,
            seen_on=on,
            agreed_on=on if kind == DocumentKind.PORTRAIT else None,
            file=names[kind],
            content_type=WRITTEN[kind][1],
            added_at=chance.hour(on),
        )
