"""A PDF written again with its pages alone: nothing that acts, nothing attached, no metadata.

A program of its own, `python -I pdf.py < received > written`: a file that crashes the parser, or
makes it take all memory, ends this child and not the platform (journeys/documents/cleaning.py).
It imports nothing of the project. When it refuses, it says why in one word on its error output.
"""

import io
import resource
import sys
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

MOST_PAGES = 30
MOST_OBJECTS = 20_000
MEMORY, SECONDS = 1024**3, 6
REFUSED = 3  # exit code; any other than 0 is a crash

# All that a page keeps. What acts (/AA, /Annots), points elsewhere or tells who made it is left.
PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents"}
PAGE |= {"/Group", "/Parent"}
ANYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/JS", "/OPI", "/Thumb")
# A stream may lie in another file (/F), a drawing in another PDF (/Ref).
IN_STREAMS = (*ANYWHERE, "/F", "/FFilter", "/FDecodeParms", "/Ref", "/PS")


class Refused(Exception):
    """One word: locked, form, pages, broken."""


def rewritten(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as source:
            return _written(_clean(source))
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (pikepdf.PdfError, RecursionError, MemoryError, ValueError, TypeError) as error:
        raise Refused("broken") from error


def _clean(source: Pdf) -> Pdf:
    """A new document that takes the pages, and so what they show, and nothing else."""
    form = source.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        raise Refused("form")  # its pages only say to open it with another program
    if not 0 < len(source.pages) <= MOST_PAGES or len(source.objects) > MOST_OBJECTS:
        raise Refused("pages")
    source.flatten_annotations("screen")  # what was typed in a form becomes part of the page
    for page in source.pages:
        _strip(page)
    clean = pikepdf.new()
    clean.pages.extend(source.pages)
    for found in clean.objects:
        _scrub(found)
        if isinstance(found, Stream):
            _bare_image(found)
    return clean


def _written(clean: Pdf) -> bytes:
    out = io.BytesIO()
    clean.save(
        out,
        linearize=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        recompress_flate=True,  # what was hidden in a stream left uncompressed does not stay
        deterministic_id=True,
    )
    return out.getvalue()


def _strip(page: Page) -> None:
    for key in set(page.obj.keys()) - PAGE:
        del page.obj[key]


def _scrub(found: Object) -> None:
    """Take out of this object, and of those written inside it, what says who, where, or acts."""
    if isinstance(found, Array):
        inside = list(found)
    elif isinstance(found, Dictionary | Stream):
        for key in IN_STREAMS if isinstance(found, Stream) else ANYWHERE:
            if key in found:
                del found[key]
        inside = [found[key] for key in found.keys()]
    else:
        return
    for value in inside:
        if isinstance(value, Array | Dictionary) and not value.is_indirect:
            _scrub(value)


# -- Photographs inside the pages --------------------------------------------------------------


def _bare_image(stream: Stream) -> None:
    """A JPEG inside a page is kept as it is shown, without the place it was taken at."""
    filters = stream.get("/Filter", [])
    filters = [filters] if isinstance(filters, Name) else list(filters)
    names = [str(name) for name in filters]
    if "/JPXDecode" in names:  # it may carry as much, and is never met in papers
        raise Refused("broken")
    if "/DCTDecode" not in names:
        return
    raw = stream.read_raw_bytes()
    if names == ["/FlateDecode", "/DCTDecode"]:
        raw = zlib.decompress(raw)
    elif names != ["/DCTDecode"]:
        raise Refused("broken")
    stream.write(bare_jpeg(raw), filter=Name.DCTDecode)


APP0, APP14, COMMENT, START_OF_SCAN, END = 0xE0, 0xEE, 0xFE, 0xDA, 0xD9


def bare_jpeg(raw: bytes) -> bytes:
    """The segments that draw, up to the end of the image; no Exif, no comment, nothing behind.

    JFIF and Adobe's own segment (APP0, APP14) stay: they say how colours are to be read.
    Source: ITU-T T.81, annex B.
    """
    if raw[:2] != b"\xff\xd8":
        raise Refused("broken")
    kept, at = [raw[:2]], 2
    while at + 4 <= len(raw):
        marker = raw[at + 1]
        if raw[at] != 0xFF:
            raise Refused("broken")
        if marker == END:
            return b"".join([*kept, raw[at : at + 2]])
        end = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        if marker == START_OF_SCAN:
            end = _end_of_scan(raw, end)
        if marker in (APP0, APP14) or not (APP0 <= marker <= 0xEF or marker == COMMENT):
            kept.append(raw[at:end])
        at = end
    return b"".join([*kept, b"\xff\xd9"])


def _end_of_scan(raw: bytes, at: int) -> int:
    """Where the next marker is: 00 and restart markers (D0 to D7) belong to the scan."""
    while (at := raw.find(b"\xff", at)) != -1 and at + 1 < len(raw):
        if raw[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1
    return len(raw)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(rewritten(sys.stdin.buffer.read()))
    except Refused as refused:
        sys.stderr.write(str(refused))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
