"""Files that somebody might send to do harm, or without knowing what they carry; real bytes.

Each is refused, or written again. CANARY and PLACE are in what must never stay.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream, String
from PIL import Image, PngImagePlugin

CANARY, PLACE = b"canari-7f3a", b"rue des Boutiques 12"
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert('canari-7f3a')</script></svg>"
PAGE = b"<!doctype html><script>alert('canari-7f3a')</script>"
GPS, GPS_LATITUDE, MAKER = 0x8825, 2, 0x010F
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>canari-7f3a rue des Boutiques 12</x:xmpmeta>"


# -- Photographs ---------------------------------------------------------------------------------


def image(kind="JPEG", mode="RGB", size=(80, 60), **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, options.pop("color", 0)).save(out, kind, **options)
    return out.getvalue()


def exif() -> Image.Exif:
    found = Image.Exif()
    found[MAKER] = (CANARY + b" " + PLACE).decode()
    found.get_ifd(GPS)[GPS_LATITUDE] = (49.0, 10.0, 57.0)
    return found


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, more: bytes = b"", after: bytes = b"") -> bytes:
    """A PNG that says it is so large, with almost nothing inside."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    body = chunk(b"IHDR", header) + more + data + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + after


def segment(marker: int, data: bytes) -> bytes:
    """A segment of JPEG, put right after the first two bytes."""
    inside = bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
    return image()[:2] + inside + image()[2:]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        found.writestr("canari-7f3a.html", PAGE)
    return out.getvalue()


def icc() -> bytes:
    """A colour profile with a comment, long enough to be believed."""
    return struct.pack(">I", 512) + b"\0" * 32 + b"acsp" + CANARY.ljust(472, b"\0")


def texts() -> PngImagePlugin.PngInfo:
    found = PngImagePlugin.PngInfo()
    found.add_text("Comment", (CANARY + PLACE).decode())
    found.add_text("Author", CANARY.decode(), zip=True)
    found.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return found


def frames(kind: str) -> bytes:
    out = io.BytesIO()
    first, then = (Image.new("RGB", (20, 20), color) for color in ("red", "blue"))
    first.save(out, kind, save_all=True, append_images=[then])
    return out.getvalue()


def photographs() -> Iterator[tuple[str, bytes]]:
    """Written again: the picture stays, nothing else."""
    yield "jpeg: place and maker (Exif)", image(exif=exif())
    yield "jpeg: comment", image(comment=CANARY)
    yield "jpeg: XMP", segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    yield "jpeg: IPTC", segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x14" + PLACE)
    yield "jpeg: profile with a comment", image(icc_profile=icc())
    yield "jpeg: unknown segment", segment(0xEB, CANARY)
    yield "jpeg: archive behind", image() + archive()
    yield "jpeg: web page behind", image() + PAGE
    yield "jpeg: php behind", image() + b"<?php system('canari-7f3a'); ?>"
    yield "jpeg: pdf behind", image() + pdf()
    yield "jpeg: second picture behind", image(exif=exif()) + image(exif=exif())
    yield "jpeg: four inks", image(mode="CMYK", comment=CANARY)
    yield "jpeg: grey", image(mode="L", comment=CANARY)
    yield "jpeg: progressive", image(progressive=True, exif=exif())
    yield "png: text", image("PNG", pnginfo=texts())
    yield "png: Exif", image("PNG", exif=exif())
    yield "png: profile", image("PNG", icc_profile=icc())
    yield "png: sixteen bits", image("PNG", "I;16", pnginfo=texts())
    yield "png: palette, see-through", image("PNG", "P", transparency=0, pnginfo=texts())
    yield "png: script behind", image("PNG") + SCRIPT
    yield "png: animated", frames("PNG") + CANARY
    yield "webp: Exif and XMP", image("WEBP", exif=exif(), xmp=XMP)
    yield "webp: animated", frames("WEBP") + CANARY


def not_photographs() -> Iterator[tuple[str, bytes]]:
    """Refused, whatever their name says."""
    yield "svg with a script", SCRIPT
    yield "web page named .jpg", PAGE
    yield "script after a jpeg's first bytes", b"\xff\xd8\xff\xe0" + SCRIPT
    yield "gif with a script", b"GIF89a/*" + SCRIPT + b"*/"
    yield "gif, animated", frames("GIF")
    yield "gif and archive of Java (GIFAR)", frames("GIF") + archive()
    yield "archive", archive()
    yield "archive of a pdf's name", archive() + b"%PDF-1.7"
    yield "compressed bomb", gzip.compress(b"\0" * 5_000_000)
    yield "nothing", b""
    yield "one byte", b"\xff"
    yield "half a jpeg", image(size=(800, 600))[:300]
    yield "truncated png", png(600, 600)
    yield "broken chunk", png(9, 9, more=b"\0\0\0\1junkx????")
    yield "pixel bomb, 10 billion", png(100_000, 100_000)
    yield "pixel bomb, 100 million", png(10_000, 10_000)
    yield "pixel bomb, 60 million", png(10_000, 6_000)
    bomb = zlib.compress(b"a" * 80_000_000)
    yield "text bomb", png(9, 9, more=chunk(b"zTXt", b"a\0\0" + bomb))
    yield "tiff", image("TIFF")
    yield "bitmap", image("BMP")
    yield "icon", image("ICO", size=(16, 16))
    yield "iPhone's HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
    yield "film", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 200
    yield "program", b"\x7fELF\2\1\1" + b"\0" * 200
    yield "program of Windows", b"MZ\x90\0" + b"\0" * 200
    yield "postscript", b"%!PS-Adobe-3.0\n(canari-7f3a) print"
    yield "office document", archive().replace(b"canari-7f3a.html", b"word/document.x")


# -- PDF -----------------------------------------------------------------------------------------


def blank(pages=1) -> Pdf:
    found = Pdf.new()
    for _page in range(pages):
        page = found.add_blank_page()
        page.Contents = Stream(found, b"0 0 100 100 re f")
    return found


def written(found: Pdf, **options) -> bytes:
    out = io.BytesIO()
    found.save(out, **options)
    return out.getvalue()


def pdf() -> bytes:
    return written(blank())


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('canari-7f3a')"))


def acting(place: str) -> bytes:
    """A script in each of the places where a reader looks for one."""
    found = blank()
    page = found.pages[0].obj
    if place == "opening":
        found.Root.OpenAction = script()
    elif place == "name tree":
        tree = Dictionary(Names=Array([String("a"), found.make_indirect(script())]))
        found.Root.Names = Dictionary(JavaScript=tree)
    elif place == "closing":
        found.Root.AA = Dictionary(WC=script())
    elif place == "page":
        page.AA = Dictionary(O=script())
    elif place == "link":
        page.Annots = Array([annotation(found, A=script())])
    elif place == "field":
        field = annotation(found, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), AA=keystroke())
        page.Annots = Array([field])
        found.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]))
    elif place == "bookmark":
        mark = found.make_indirect(Dictionary(Title=String("canari-7f3a"), A=script()))
        found.Root.Outlines = Dictionary(First=mark, Last=mark, Count=1)
    return written(found)


def keystroke() -> Dictionary:
    return Dictionary(K=script(), C=script())


def annotation(found: Pdf, **fields):
    fields = {"Subtype": Name.Link} | fields
    return found.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 50, 50], **fields))


def linking(**action) -> bytes:
    found = blank()
    found.pages[0].obj.Annots = Array([annotation(found, A=Dictionary(**action))])
    return written(found)


def carrying(what: str) -> bytes:
    found = blank()
    page = found.pages[0].obj
    file = Stream(found, PAGE, Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F=String("canari-7f3a.html"), EF=Dictionary(F=file))
    if what == "attachment":
        found.attachments["canari-7f3a.html"] = PAGE
    elif what == "portfolio":
        found.attachments["canari-7f3a.html"] = PAGE
        found.Root.Collection = Dictionary(View=Name.D)
    elif what == "associated":
        found.Root.AF = Array([spec])
        page.AF = Array([spec])
    elif what == "pinned":
        page.Annots = Array([annotation(found, Subtype=Name.FileAttachment, FS=spec)])
    elif what == "film":
        assets = Dictionary(Assets=Dictionary(Names=Array([String("canari-7f3a"), spec])))
        media = {"Subtype": Name.RichMedia, "RichMediaContent": assets}
        page.Annots = Array([annotation(found, **media)])
    elif what == "unseen stream":
        page.PieceInfo = Dictionary(Canari=Dictionary(Private=Stream(found, PAGE + PLACE)))
    elif what == "other file":
        outside = Stream(found, b"", F=String("file:///canari-7f3a"), Type=Name.XObject)
        outside.Subtype = Name.Form
        page.Resources = Dictionary(XObject=Dictionary(X=outside))
    elif what == "other pdf":
        form = Stream(found, b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Ref = Dictionary(F=String("http://exemple.fr/canari-7f3a.pdf"), Page=0)
        page.Resources = Dictionary(XObject=Dictionary(X=form))
    return written(found)


def told(what: str) -> bytes:
    """Metadata where readers, writers and cameras leave it."""
    found = blank()
    page = found.pages[0].obj
    if what == "author":
        found.docinfo["/Author"] = String((CANARY + PLACE).decode())
    elif what == "XMP":
        found.Root.Metadata = Stream(found, XMP, Type=Name.Metadata, Subtype=Name.XML)
    elif what == "XMP of a page":
        page.Metadata = Stream(found, XMP, Type=Name.Metadata, Subtype=Name.XML)
    else:
        photo = image(exif=exif(), comment=CANARY)
        drawn = Stream(found, photo, Type=Name.XObject, Subtype=Name.Image, Width=80, Height=60)
        drawn.ColorSpace, drawn.BitsPerComponent = Name.DeviceRGB, 8
        drawn.Filter = Name.DCTDecode
        if what == "photo, packed":
            drawn.write(zlib.compress(photo), filter=[Name.FlateDecode, Name.DCTDecode])
        drawn.Metadata = Stream(found, XMP, Type=Name.Metadata, Subtype=Name.XML)
        page.Resources = Dictionary(XObject=Dictionary(X=drawn))
        page.Contents = Stream(found, b"80 0 0 60 0 0 cm /X Do")
    return written(found)


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Written again: the pages stay, nothing else."""
    for place in ("opening", "name tree", "closing", "page", "link", "field", "bookmark"):
        yield f"pdf: script, {place}", acting(place)
    yield "pdf: script in packed objects", packed_script()
    yield "pdf: starts a program", linking(S=Name.Launch, F=String("canari-7f3a.exe"))
    yield "pdf: address", linking(S=Name.URI, URI=String("http://exemple.fr/canari-7f3a"))
    yield "pdf: other document", linking(S=Name.GoToR, F=String("canari-7f3a.pdf"), D=0)
    yield "pdf: sends a form", linking(S=Name.SubmitForm, F=String("http://canari-7f3a"))
    for what in (
        "attachment",
        "portfolio",
        "associated",
        "pinned",
        "film",
        "unseen stream",
        "other file",
        "other pdf",
    ):
        yield f"pdf: {what}", carrying(what)
    for what in ("author", "XMP", "XMP of a page", "photo", "photo, packed"):
        yield f"pdf: {what}", told(what)
    yield "pdf: web page behind", pdf() + PAGE
    yield "pdf: archive behind", pdf() + archive()
    yield "pdf: archive in a page", in_a_page()
    yield "pdf: former version below", revised()


def packed_script() -> bytes:
    found = blank()
    found.Root.OpenAction = found.make_indirect(script())
    return written(found, object_stream_mode=2)


def in_a_page() -> bytes:
    found = blank()
    found.pages[0].Contents = Stream(found, b"% " + archive().replace(CANARY, b"page-inconnu"))
    return written(found, compress_streams=False)


def revised() -> bytes:
    """What was written over is still in the file, as when a reader « saves » a change."""
    found = blank()
    found.docinfo["/Title"] = String(CANARY.decode())
    first = written(found, object_stream_mode=0, static_id=True)
    start = first.rindex(b"startxref") + 10
    offset = first[start : first.index(b"\n", start)]
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R /Prev " + offset + b" >>\n"
    return first + b"xref\n0 0\n" + trailer + b"startxref\n%d\n%%%%EOF\n" % len(first)


def not_pdfs() -> Iterator[tuple[str, bytes]]:
    """Refused: locked, unreadable, made for another program, or too much."""
    yield "pdf: locked", written(blank(), encryption=Encryption(owner="a", user="b"))
    form = blank()
    form.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(form, b"<xdp/>"))
    yield "pdf: form of another program", written(form)
    yield "pdf: thirty-one pages", written(blank(31))
    yield "pdf: no page", written(Pdf.new())
    yield "pdf: truncated", pdf()[:-200]
    yield "pdf: only its first bytes", b"%PDF-1.7\n/JS (app.alert(1))"
    yield "pdf: after a web page", PAGE + pdf()
    yield "pdf: after a picture of GIF", b"GIF89a" + pdf()
    yield "pdf: stream bomb", bomb()
    yield "pdf: bottomless", b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\n"


def bomb() -> bytes:
    """A page that unfolds, twice, into gigabytes."""
    found = blank()
    inside = zlib.compress(zlib.compress(b"\0" * 400_000_000, 9), 9)
    twice = Array([Name.FlateDecode, Name.FlateDecode])
    pages = [Stream(found, inside) for _ in range(12)]
    for page in pages:
        page.write(inside, filter=twice)
    found.pages[0].Contents = Array([found.make_indirect(page) for page in pages])
    return written(found)
