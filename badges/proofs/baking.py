"""A badge inside its image, and out of it again.

PNG: one uncompressed iTXt chunk named `openbadgecredential`. SVG: one `<openbadges:credential>`,
the document as CDATA, or the token in its attribute `verify`. Strangers' images are only read
here, never drawn: what runs, loads or inflates is refused.
Source: Open Badges 3.0, 5.3 (Badge Baking); PNG 3rd edition, 11.3.3.4 (iTXt).
"""

import json
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from badges.proofs.canonical import SIZE
from badges.proofs.errors import ProofError

KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
SVG = "http://www.w3.org/2000/svg"
PNG = b"\x89PNG\r\n\x1a\n"
MOST = 5 * 1024 * 1024  # bytes of an image
CHUNKS = 10_000
TEXT = 2 * SIZE  # a token is longer than its document

_ACTIVE = {"script", "foreignobject", "iframe", "embed", "object", "handler", "animate", "set"}
_ADDRESSES = {"href", "src", "action", "base", "from", "to", "values"}
_LOADED = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|expression\(", re.IGNORECASE)


def bake_png(png: bytes, text: str) -> bytes:
    """The image with this badge, a document as JSON or a token, in place of any it holds.

    Raises `ProofError`: `not_an_image`, `too_big`.
    """
    content = KEYWORD + b"\0\0\0\0\0" + text.encode()
    if len(content) > TEXT:
        raise ProofError("too_big", "the badge")
    baked = [PNG]
    for kind, held in _chunks(png):
        if kind == b"IEND":
            baked.append(_chunk(b"iTXt", content))
        if not _holds_badge(kind, held):
            baked.append(_chunk(kind, held))
    return b"".join(baked)


def bake_svg(svg: str, badge: dict[str, Any] | str) -> str:
    """The drawing with this badge, a document or a token, in place of any it holds.

    Raises `ProofError`: `not_an_image`, `too_big`, `active_image`.
    """
    root = still_drawing(svg.encode())
    for parent in root.iter():
        for old in parent.findall(f"{{{NAMESPACE}}}credential"):
            parent.remove(old)
    ElementTree.register_namespace("", SVG)
    drawn = ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)
    head = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"'
    if isinstance(badge, str):
        element = f'{head} verify="{badge}"/>'  # a token has no quote to escape
    else:
        said = json.dumps(badge, ensure_ascii=False).replace("]]>", "]]]]><![CDATA[>")
        element = f"{head}><![CDATA[{said}]]></openbadges:credential>"
    start, end, closing = drawn.rpartition("</svg>")
    return f"{start}{element}{end}{closing}"


def unbake(data: bytes) -> str:
    """The badge in an image: a document as JSON, or a token; not verified.

    Raises `ProofError`: `not_an_image`, `no_badge`, `two_badges`, `too_big`, `active_image`.
    """
    found = list(_in_png(data) if data.startswith(PNG) else _in_svg(data))
    if not found:
        raise ProofError("no_badge")
    if len(found) > 1:
        raise ProofError("two_badges")
    if len(found[0]) > TEXT:
        raise ProofError("too_big", "the badge")
    return found[0]


# -- PNG -----------------------------------------------------------------------------------------


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if len(png) > MOST:
        raise ProofError("too_big", "the image")
    if not png.startswith(PNG):
        raise ProofError("not_an_image")
    at, kind = len(PNG), b""
    for _count in range(CHUNKS):
        if kind == b"IEND":
            return
        if at + 12 > len(png):
            raise ProofError("not_an_image", "cut short")
        length, kind = struct.unpack_from(">I4s", png, at)
        held = png[at + 8 : at + 8 + length]
        checked = png[at + 8 + length : at + 12 + length]
        if checked != struct.pack(">I", zlib.crc32(kind + held)):
            raise ProofError("not_an_image", "a chunk is damaged")
        at += 12 + length
        yield kind, held
    raise ProofError("too_big", "chunks")


def _chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def _holds_badge(kind: bytes, held: bytes) -> bool:
    return kind in (b"iTXt", b"tEXt", b"zTXt") and held.startswith(KEYWORD + b"\0")


def _in_png(png: bytes) -> Iterator[str]:
    for kind, held in _chunks(png):
        if not _holds_badge(kind, held):
            continue
        if kind != b"iTXt":
            raise ProofError("not_an_image", "the badge is in another kind of chunk")
        rest = held[len(KEYWORD) + 1 :]
        parts = rest[2:].split(b"\0", 2)  # language, keyword in that language, text
        if len(rest) < 2 or len(parts) < 3:
            raise ProofError("not_an_image", "iTXt")
        yield _decoded(_inflated(parts[2]) if rest[0] else parts[2])


def _inflated(packed: bytes) -> bytes:
    """Others compress, though the specification asks not to; never further than a badge goes."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, TEXT)
    except zlib.error as error:
        raise ProofError("not_an_image", "iTXt") from error
    if reader.unconsumed_tail or not reader.eof:
        raise ProofError("too_big", "the badge")
    return text


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise ProofError("not_an_image", "iTXt") from None


# -- SVG -----------------------------------------------------------------------------------------


def still_drawing(svg: bytes) -> ElementTree.Element:
    """The drawing, read without entities and refused if anything in it is not a drawing."""
    if len(svg) > MOST:
        raise ProofError("too_big", "the image")
    try:
        root = fromstring(svg, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ProofError("active_image", type(error).__name__) from error
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise ProofError("not_an_image", str(error)[:80]) from error
    if root.tag != f"{{{SVG}}}svg":
        raise ProofError("not_an_image", root.tag[:80])
    for element in root.iter():
        _check_still(element)
    return root


def _check_still(element: ElementTree.Element) -> None:
    name = _local(element.tag)
    if name in _ACTIVE:
        raise ProofError("active_image", name)
    if name == "style" and _LOADED.search(element.text or ""):
        raise ProofError("active_image", name)
    for attribute, value in element.attrib.items():
        local = _local(attribute)
        loads = local in _ADDRESSES and not value.strip().startswith(("#", "data:image/png;"))
        if local.startswith("on") or loads or _LOADED.search(value):
            raise ProofError("active_image", local)


def _local(name: object) -> str:
    """A comment or an instruction has no name."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _in_svg(svg: bytes) -> Iterator[str]:
    for found in still_drawing(svg).iter(f"{{{NAMESPACE}}}credential"):
        text = found.get("verify") or (found.text or "").strip()
        if text:
            yield text
