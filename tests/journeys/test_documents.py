"""Received files are written again: nothing of where, nothing that runs (security.md, 11)."""

import io
import os
import re
import stat
import zipfile

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from journeys.documents.actions import add_document
from journeys.documents.cleaning import JPEG, PDF, cleaned
from journeys.documents.models import Document
from journeys.documents.pictures import LONGEST_SIDE
from journeys.documents.storage import PrivateStorage
from rtr import scope
from tests.figures import figure
from tests.journeys import hostile
from tests.journeys.factories import ago

WRITTEN_AGAIN = dict([*hostile.photographs(), *hostile.pdfs()])
REFUSED = dict([*hostile.not_photographs(), *hostile.not_pdfs()])
ORIENTATION = 0x0112


def uploaded(content: bytes, name="page.jpg", kind="image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


# -- What is looked for ------------------------------------------------------------------------

ACTS = "JavaScript JS OpenAction AA A Launch URI GoToR SubmitForm EmbeddedFiles EmbeddedFile"
ACTS += " RichMedia XFA AF Collection Filespec FileAttachment Annots AcroForm Outlines Names Ref"
TELLS = "Metadata Info Author PieceInfo LastModified Producer Creator"
MARKS = (b"<script", b"<?php", b"PK\x03\x04", b"<svg", b"<!doctype")


def names_in(content: bytes) -> set[str]:
    """Every key and name of a PDF, whatever it is packed in."""
    found = set()

    def look(thing, depth=0):
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            found.update(thing.keys())
            values = [thing[key] for key in thing.keys()]
        elif isinstance(thing, pikepdf.Array):
            values = list(thing)
        else:
            found.add(str(thing)) if isinstance(thing, pikepdf.Name) else None
            return
        for value in values:
            if depth < 20 and not (isinstance(value, pikepdf.Object) and value.is_indirect):
                look(value, depth + 1)

    with pikepdf.open(io.BytesIO(content)) as opened:
        look(opened.trailer)
        for thing in opened.objects:
            look(thing)
    return {name.removeprefix("/") for name in found}


def whole(content: bytes) -> bytes:
    """The bytes, and those of a PDF's streams once unpacked."""
    if not content.startswith(b"%PDF-"):
        return content
    with pikepdf.open(io.BytesIO(content)) as opened:
        streams = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
        return content + b"".join(_unpacked(stream) for stream in streams)


def _unpacked(stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def active(content: bytes) -> bool:
    if content.startswith(b"%PDF-") and names_in(content) & set(ACTS.split()):
        return True
    low = content.lower()
    if b"%PDF-" in content[5:]:
        return True
    return zipfile.is_zipfile(io.BytesIO(content)) or any(mark.lower() in low for mark in MARKS)


def told(content: bytes) -> bool:
    """Metadata: the canaries, a place, whatever says who or with what."""
    everything = whole(content)
    if hostile.CANARY in everything or hostile.PLACE in everything or b"Exif\0" in everything:
        return True
    if content.startswith(b"%PDF-"):
        return bool(names_in(content) & set(TELLS.split()))
    drawn = Image.open(io.BytesIO(content))
    return bool(drawn.getexif() or set(drawn.info) - {"jfif", "jfif_version", "jfif_unit"} - DPI)


DPI = {"jfif_density", "dpi"}


# -- Hostile files -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITTEN_AGAIN)
def test_what_is_kept_shows_the_same_and_carries_nothing(name):
    raw = WRITTEN_AGAIN[name]
    is_pdf = raw.startswith(b"%PDF-")

    content, kind = cleaned(uploaded(raw))

    assert kind == (PDF if is_pdf else JPEG)
    assert not active(content)
    assert not told(content)
    if is_pdf:
        with pikepdf.open(io.BytesIO(content)) as written:
            assert len(written.pages) == 1 and written.is_linearized
            assert b"%%EOF" in content[-10:]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_what_to_do(name):
    with pytest.raises(ValidationError, match="[Cc]hoisissez"):
        cleaned(uploaded(REFUSED[name]))


def test_the_hostile_files_are_counted():
    """The control: the raw files do act, or tell; it is not that nothing is looked for."""
    blind = [name for name, raw in WRITTEN_AGAIN.items() if not _speaks(raw)]
    raw = WRITTEN_AGAIN["jpeg: place and maker (Exif)"]
    place = Image.open(io.BytesIO(raw)).getexif().get_ifd(hostile.GPS)

    assert blind == []
    assert place[hostile.GPS_LATITUDE] == (49.0, 10.0, 57.0)
    tried = len(WRITTEN_AGAIN) + len(REFUSED)
    assert tried >= 50
    figure("envois hostiles tentés", tried, "0 actif, 0 métadonnée ; témoin brut : GPS gardé")


def _speaks(raw: bytes) -> bool:
    """A raw file may be one that even the tests' reader cannot open."""
    try:
        return active(raw) or told(raw)
    except pikepdf.PdfError:
        return hostile.CANARY in raw


# -- What stays of a good file -----------------------------------------------------------------


def test_a_photo_taken_sideways_stands_upright_and_is_made_smaller():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    content, _kind = cleaned(uploaded(hostile.image(size=(3000, 1500), exif=exif)))

    assert Image.open(io.BytesIO(content)).size == (LONGEST_SIDE // 2, LONGEST_SIDE)


@pytest.mark.parametrize(
    ("raw", "colour"),
    [
        (hostile.image("PNG", "RGBA", color=(0, 0, 0, 0)), 255),
        (hostile.image("PNG", "I;16", color=32768), 128),
        (hostile.image("JPEG", "CMYK", color=(0, 0, 0, 0)), 255),
        (hostile.image("PNG", "L", color=77), 77),
    ],
    ids=["see-through on white", "sixteen bits", "four inks", "grey"],
)
def test_a_picture_keeps_its_light(raw, colour):
    content, _kind = cleaned(uploaded(raw))

    seen = Image.open(io.BytesIO(content)).getpixel((9, 9))
    assert all(abs(channel - colour) <= 2 for channel in seen)


def test_a_pdf_keeps_its_pages_and_what_was_typed_in_it():
    found = hostile.blank(3)
    page = found.pages[0].obj
    look = pikepdf.Stream(found, b"q 1 0 0 rg 0 0 40 40 re f Q")
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = pikepdf.Array([0, 0, 50, 50])
    page.Annots = pikepdf.Array(
        [hostile.annotation(found, Subtype=pikepdf.Name.Stamp, AP=pikepdf.Dictionary(N=look))]
    )

    content, _kind = cleaned(uploaded(hostile.written(found)))

    with pikepdf.open(io.BytesIO(content)) as written:
        assert len(written.pages) == 3
        assert b"40 40 re" in whole(content)


def test_a_pdf_that_only_forbids_printing_is_kept():
    locked = pikepdf.Encryption(owner="a", user="")

    content, _kind = cleaned(uploaded(hostile.written(hostile.blank(), encryption=locked)))

    with pikepdf.open(io.BytesIO(content)) as written:
        assert not written.is_encrypted


def test_the_iphone_is_told_where_to_change_it():
    with pytest.raises(ValidationError, match="Le plus compatible"):
        cleaned(uploaded(REFUSED["iPhone's HEIC"]))


def test_a_photo_too_heavy_is_refused_before_it_is_read():
    photo = uploaded(hostile.image())
    photo.size = settings.UPLOAD_MOST_BYTES + 1

    with pytest.raises(ValidationError, match="10 mégaoctets"):
        cleaned(photo)


# -- Where it is kept --------------------------------------------------------------------------


@pytest.fixture
def kept(caen, kiwi, coordinator):
    with scope.over([caen.pk]):
        return add_document(
            participant=kiwi.participant,
            by=coordinator,
            kind="other",
            seen_on=ago(0),
            photo=uploaded(hostile.image(), "carte-camille-martin.jpg"),
        )


def test_the_file_has_a_name_that_says_nothing_outside_the_web(kept):
    assert re.fullmatch(r"documents/\d+/[0-9a-f]{32}", kept.file.name)
    assert kept.content_type == JPEG
    assert not kept.file.path.startswith(str(settings.STATIC_ROOT))
    with pytest.raises(SuspiciousFileOperation):
        _ = kept.file.url


def test_nobody_else_of_the_machine_reads_it(kept):
    file, folder = kept.file.path, os.path.dirname(kept.file.path)

    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    while folder != default_storage.location:
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        folder = os.path.dirname(folder)


@pytest.mark.parametrize(
    "name",
    [
        "../secret_key",
        "/etc/passwd",
        "documents/1/../../../etc/passwd",
        "documents/1/cv-de-camille.pdf",
        "documents/1/" + "A" * 32,
        "a" * 32,
    ],
)
def test_a_name_of_another_form_is_refused(name):
    for use in (default_storage.open, default_storage.delete, default_storage.exists):
        with pytest.raises(SuspiciousFileOperation):
            use(name)
    with pytest.raises(SuspiciousFileOperation):
        default_storage.save(name, ContentFile(b"x"))


def test_a_link_that_leads_outside_is_not_followed(tmp_path):
    (tmp_path / ("0" * 32)).write_bytes(b"secret")
    kept = tmp_path / "kept"  # its own: a link left in that of all would meet a territory one day
    (kept / "documents").mkdir(parents=True)
    (kept / "documents" / "999").symlink_to(tmp_path)

    with pytest.raises(SuspiciousFileOperation):
        PrivateStorage(kept).open(f"documents/999/{'0' * 32}")


def test_a_refused_photo_leaves_no_row_behind(caen, kiwi, coordinator):
    with scope.over([caen.pk]), pytest.raises(ValidationError):
        add_document(
            participant=kiwi.participant,
            by=coordinator,
            kind="other",
            seen_on=ago(0),
            photo=uploaded(hostile.SCRIPT),
        )

    with scope.over([caen.pk]):
        assert not Document.objects.exists()
