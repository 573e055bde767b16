"""Photographs of proofs are drawn again: nothing of where, nothing that runs (security.md, 11)."""

import io
import struct
import zlib

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from journeys.documents.actions import add_document
from journeys.documents.cleaning import cleaned
from journeys.documents.models import Document
from journeys.documents.pictures import LONGEST_SIDE
from rtr import scope
from tests.figures import figure
from tests.journeys.factories import ago

GPS, GPS_LATITUDE, MAKER, ORIENTATION = 0x8825, 2, 0x010F, 0x0112

MOST_BYTES = settings.UPLOAD_MOST_BYTES


def reencoded(photo) -> bytes:
    return cleaned(photo)[0]


def uploaded(content: bytes, name="page.jpg", kind="image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def jpeg(size=(80, 60), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "JPEG", **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, more: bytes = b"") -> bytes:
    """A PNG that says it is so large, with almost nothing inside."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + data + chunk(b"IEND", b"")


SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HOSTILE = {
    "svg with a script": uploaded(SCRIPT, "x.svg", "image/svg+xml"),
    "svg said to be a jpeg": uploaded(SCRIPT),
    "web page": uploaded(b"<!doctype html><script>alert(1)</script>"),
    "script after a jpeg's first bytes": uploaded(b"\xff\xd8\xff\xe0" + SCRIPT),
    "gif with a script": uploaded(b"GIF89a/*" + SCRIPT + b"*/", "x.gif", "image/gif"),
    "pdf": uploaded(b"%PDF-1.7\n/JS (app.alert(1))", "x.pdf", "application/pdf"),
    "zip": uploaded(b"PK\x03\x04" + b"\0" * 50),
    "nothing": uploaded(b""),
    "half a jpeg": uploaded(jpeg((800, 600))[:300]),
    "pixel bomb, 10 billion": uploaded(png(100_000, 100_000), "x.png", "image/png"),
    "pixel bomb, 100 million": uploaded(png(10_000, 10_000), "x.png", "image/png"),
    "pixel bomb, 60 million": uploaded(png(10_000, 6_000), "x.png", "image/png"),
    "text bomb": uploaded(
        png(9, 9, more=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 80_000_000))),
        "x.png",
        "image/png",
    ),
    "truncated png": uploaded(png(600, 600), "x.png", "image/png"),
    "broken chunk": uploaded(png(9, 9, more=b"\0\0\0\1junkx????"), "x.png", "image/png"),
    "tiff": uploaded(b"II*\0" + b"\0" * 90, "x.tif", "image/tiff"),
}


@pytest.mark.parametrize("photo", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_with_what_to_do(photo):
    photo.seek(0)

    with pytest.raises(ValidationError, match="choisissez"):
        reencoded(photo)


def test_a_photo_too_heavy_is_refused_before_it_is_read():
    photo = uploaded(jpeg())
    photo.size = MOST_BYTES + 1

    with pytest.raises(ValidationError, match="10 Mo"):
        reencoded(photo)


@pytest.fixture
def from_a_phone() -> bytes:
    """With the place, the phone's maker, a comment, a thumbnail's worth of metadata."""
    exif = Image.Exif()
    exif[MAKER] = "Telephone de Camille"
    exif.get_ifd(GPS)[GPS_LATITUDE] = (49.0, 10.0, 57.0)
    return jpeg(exif=exif, comment=b"rue des Boutiques 12")


def test_the_place_and_every_other_metadata_are_gone(from_a_phone):
    assert Image.open(io.BytesIO(from_a_phone)).getexif().get_ifd(GPS)

    out = reencoded(uploaded(from_a_phone))

    drawn = Image.open(io.BytesIO(out))
    assert not drawn.getexif()
    assert not set(drawn.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"Camille", b"Boutiques", b"Exif", b"GPS"):
        assert trace not in out


def test_what_hides_behind_a_photo_does_not_stay():
    for hidden in (SCRIPT, b"PK\x03\x04archive", b"%PDF-1.7", b"<?php system($_GET[0]); ?>"):
        out = reencoded(uploaded(jpeg() + hidden))

        assert hidden not in out
        assert Image.open(io.BytesIO(out)).format == "JPEG"


def test_a_photo_taken_sideways_stands_upright_and_is_made_smaller():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    out = reencoded(uploaded(jpeg((3000, 1500), exif=exif)))

    assert Image.open(io.BytesIO(out)).size == (LONGEST_SIDE // 2, LONGEST_SIDE)


def test_png_and_webp_become_jpeg():
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, kind)

        assert Image.open(io.BytesIO(reencoded(uploaded(out.getvalue())))).format == "JPEG"


def test_the_name_of_the_file_says_nothing_and_lies_outside_the_web(
    caen, kiwi, coordinator, settings
):
    with scope.over([caen.pk]):
        document = add_document(
            participant=kiwi.participant,
            by=coordinator,
            kind="other",
            seen_on=ago(0),
            photo=uploaded(jpeg(), "carte-camille-martin.jpg"),
        )

    assert "camille" not in document.file.name
    assert document.content_type == "image/jpeg"
    assert not document.file.path.startswith(str(settings.STATIC_ROOT))


def test_a_refused_photo_leaves_no_row_behind(caen, kiwi, coordinator):
    with scope.over([caen.pk]), pytest.raises(ValidationError):
        add_document(
            participant=kiwi.participant,
            by=coordinator,
            kind="other",
            seen_on=ago(0),
            photo=uploaded(SCRIPT),
        )

    with scope.over([caen.pk]):
        assert not Document.objects.exists()


def test_the_hostile_files_are_counted():
    figure("envois hostiles", len(HOSTILE) + 5, "aucun actif, aucune métadonnée")
