"""Badges in images: ours are read by others, and what strangers send is read without danger."""

import json
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib import baking as theirs
from openbadgeslib.ob3 import OB3Verifier
from PIL import Image

from badges.proofs import baking, integrity
from badges.proofs.errors import ProofError
from tests.badges.proofs import THEN, badge, ed25519, method
from tests.badges.test_proofs_documents import refused

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><title>Laser &amp; bois</title>'
    '<defs><path id="a" d="M0 0h8v8z"/></defs><use href="#a" fill="url(#b)"/></svg>'
)
TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"


def picture() -> bytes:
    held = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(held, "PNG")
    return held.getvalue()


def signed(**changes):
    return integrity.sign(badge(**changes), key=ed25519(), method=method(), created=THEN)


def chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def with_chunk(kind: bytes, held: bytes, image: bytes | None = None) -> bytes:
    image = image or picture()
    return image[:-12] + chunk(kind, held) + image[-12:]


def test_a_badge_in_a_picture_comes_out_as_it_went_in():
    document = signed(name="نادية 👩‍🔧 ]]> <b>")
    baked = baking.bake_png(picture(), json.dumps(document))

    assert json.loads(baking.unbake(baked)) == document
    assert json.loads(OB3Verifier.extract_token_from_png(baked)) == document
    integrity.verify(json.loads(baking.unbake(baked)), public_key=ed25519().public_key())
    with Image.open(BytesIO(baked)) as image:
        assert (
            image.convert("RGB").tobytes()
            == Image.open(BytesIO(picture())).convert("RGB").tobytes()
        )


def test_a_picture_holds_one_uncompressed_chunk_however_often_it_is_baked():
    baked = baking.bake_png(baking.bake_png(picture(), "{}"), TOKEN)

    assert baked.count(b"iTXtopenbadgecredential\0\0\0\0\0" + TOKEN.encode()) == 1
    assert baked.count(baking.KEYWORD) == 1
    assert baked.endswith(chunk(b"IEND", b""))
    assert baking.unbake(baked) == OB3Verifier.extract_token_from_png(baked) == TOKEN


@pytest.mark.parametrize("held", [TOKEN, signed(), signed(name=']]> ]]>]]> & <x/> é "')])
def test_a_badge_in_a_drawing_comes_out_as_it_went_in(held):
    baked = baking.bake_svg(baking.bake_svg(DRAWING, "old"), held)
    text = baking.unbake(baked.encode())

    assert (text if isinstance(held, str) else json.loads(text)) == held
    assert OB3Verifier.extract_token_from_svg(baked.encode()) == text
    assert baked.count("<openbadges:credential ") == 1
    assert "Laser &amp; bois" in baked
    assert ("verify=" in baked) is isinstance(held, str)


def test_what_others_bake_is_read():
    drawn = theirs.bake_svg(
        DRAWING.encode(),
        "{}",
        element=theirs.SVG_ELEMENT_OB3,
        namespace=theirs.SVG_NS_OB3,
        as_text=True,
    )

    assert baking.unbake(drawn) == "{}"
    assert (
        baking.unbake(theirs.bake_png(picture(), TOKEN, keyword=theirs.ITXT_KEYWORD_OB3)) == TOKEN
    )
    compressed = baking.KEYWORD + b"\0\1\0fr\0badge\0" + zlib.compress(TOKEN.encode())
    assert baking.unbake(with_chunk(b"iTXt", compressed)) == TOKEN


@pytest.mark.parametrize(
    ("code", "image"),
    [
        ("no_badge", picture()),
        ("no_badge", DRAWING.encode()),
        ("no_badge", with_chunk(b"iTXt", b"other\0\0\0\0\0{}")),
        (
            "two_badges",
            with_chunk(
                b"iTXt", baking.KEYWORD + b"\0\0\0\0\0{}", baking.bake_png(picture(), TOKEN)
            ),
        ),
        (
            "two_badges",
            baking.bake_svg(DRAWING, TOKEN)
            .replace("<title>", f'<c:credential xmlns:c="{baking.NAMESPACE}" verify="a"/><title>')
            .encode(),
        ),
        (
            "too_big",
            with_chunk(b"iTXt", baking.KEYWORD + b"\0\1\0\0\0" + zlib.compress(b"0" * 50_000_000)),
        ),
        ("too_big", with_chunk(b"iTXt", baking.KEYWORD + b"\0\0\0\0\0" + b"0" * 1_000_000)),
        ("too_big", picture()[:-12] + chunk(b"tEXt", b"") * 11_000 + picture()[-12:]),
        ("too_big", picture() + b"\0" * 6_000_000),
        ("too_big", b"<svg>" + b" " * 6_000_000),
        ("not_an_image", with_chunk(b"iTXt", baking.KEYWORD + b"\0\1\0\0\0not zlib")),
        ("not_an_image", with_chunk(b"iTXt", baking.KEYWORD + b"\0\0")),
        ("not_an_image", with_chunk(b"iTXt", baking.KEYWORD + b"\0\0\0\0\0\xff")),
        ("not_an_image", with_chunk(b"tEXt", baking.KEYWORD + b"\0{}")),
        ("not_an_image", picture()[:-20]),
        ("not_an_image", picture()[:40] + b"?" + picture()[41:]),
        ("not_an_image", b""),
        ("not_an_image", b"\xff\xd8\xff\xe0 a photograph"),
        ("not_an_image", b"<html><body/></html>"),
        ("not_an_image", b"<svg"),
        ("not_an_image", b"<?xml version='1.0' encoding='martian'?><svg/>"),
    ],
)
def test_an_image_that_is_none_or_hides_something_is_refused(code, image):
    with refused(code):
        baking.unbake(image)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg"/>',
        '<g onload="alert(1)"/>',
        "<foreignObject/>",
        '<a href="javascript:alert(1)"/>',
        '<image href="https://spy.example/i.png"/>',
        '<image xlink:href="//spy.example/i" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<rect fill="url(https://spy.example/#a)"/>',
        '<rect style="background:url(&quot;//spy.example&quot;)"/>',
        "<style>@import 'https://spy.example';</style>",
        "<style>rect{fill:url(//spy.example)}</style>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_a_drawing_that_runs_or_loads_is_refused(inside):
    drawn = DRAWING.replace("<title>", f"{inside}<title>")

    for refuse in (lambda: baking.bake_svg(drawn, TOKEN), lambda: baking.unbake(drawn.encode())):
        with refused("active_image"):
            refuse()


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + DRAWING
    file = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + DRAWING

    for drawn in (bomb, file):
        with refused("active_image"):
            baking.unbake(drawn.encode())


def test_a_badge_too_big_is_not_baked():
    with refused("too_big"):
        baking.bake_png(picture(), "0" * 1_000_000)


@given(st.binary(max_size=200), st.integers(0, 80))
def test_bytes_of_any_kind_are_refused_by_name(noise, at):
    image = baking.bake_png(picture(), TOKEN)
    for data in (noise, image[:at] + noise, image[:at] + noise + image[at:]):
        try:
            baking.unbake(data)
        except ProofError as error:
            assert error.code
