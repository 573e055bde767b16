"""The forms that a signed badge takes: PNG and SVG that carry it, PDF to print, QR code.

Typst draws the PNG and lays out the PDF: what people typed reaches it as data, never as markup.
"""

import json
from functools import cache
from pathlib import Path

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from badges import hosted
from badges.achievements.drawing import FONTS, picture
from badges.credentials.models import Credential
from badges.proofs import baking
from rtr.lib import qr

ARABIC = FONTS.parent / "amiri-0.4.1"
FILES = {
    "json": hosted.LD,
    "jwt": "application/jwt",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


def as_file(credential: Credential, kind: str, url: str = "") -> str | bytes:
    """Parameters: `kind`, of FILES; `url`, as in `as_pdf`. Raises ValueError while not signed."""
    if kind == "pdf":
        return as_pdf(credential, url)
    if kind in ("json", "jwt"):
        return _signed(credential) if kind == "json" else credential.token
    return as_png(credential) if kind == "png" else as_svg(credential)


def file_name(credential: Credential, kind: str) -> str:
    """`badge-greffer-un-arbre.png`: on a phone, it is found again by what it is about."""
    return f"badge-{slugify(credential.version.name)[:60] or credential.uuid}.{kind}"


def as_svg(credential: Credential) -> str:
    """Its drawing with the credential inside.

    Raises ValueError while it is not signed, ProofError for a drawing that is not plain.
    Source: Open Badges 3.0, § 5.3.2.2 (Baking SVG).
    """
    return baking.bake_svg(credential.version.image_svg, json.loads(_signed(credential)))


def as_png(credential: Credential) -> bytes:
    """The same as a PNG of 400 × 400 pixels. Source: Open Badges 3.0, § 5.3.2.1 (Baking PNG)."""
    return baking.bake_png(picture(credential.version.image_svg), _signed(credential))


def as_qr(url: str) -> SafeString:
    """A link as a QR code for a page. Parameters: `url`, of a share that its holder opened."""
    return qr.svg(url, _("Code à scanner pour voir ce badge"))


def as_pdf(credential: Credential, url: str = "") -> bytes:
    """A page to print or to join to an application, that anybody can check, in the badge's own
    language whoever asks.

    Parameters: `url`, of a share that its holder opened; without it, the page has no code to scan.
    Returns: a PDF, tagged (PDF/UA-1, unless a sign in it has no drawing).
    """
    _signed(credential)
    with translation.override(credential.version.language):
        data = _data(credential, url)
    how = {
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
        "ignore_system_fonts": True,
        "font_paths": [str(FONTS), str(ARABIC)],
        "timestamp": int(credential.signed_on.timestamp()),
    }
    try:
        return typst.compile(_layout(), pdf_standards="ua-1", **how)
    except typst.TypstError:  # an emoji that no font of ours draws: a box stands for it
        return typst.compile(_layout(), **how)


def _data(credential: Credential, url: str) -> dict:
    version, day = credential.version, date_format(localdate(credential.awarded_on), "j F Y")
    until = credential.valid_until
    said = _("Délivré le %(day)s par %(issuer)s.")
    return {
        "language": version.language.partition("-")[0],
        "title": version.name,
        "image": version.image_svg,
        "image_said": _("Image du badge %(name)s") % {"name": version.name},
        "description": version.description,
        "said": said % {"day": day, "issuer": credential.issuer.name},
        "until": _("Valable jusqu’au %(day)s.") % {"day": date_format(localdate(until), "j F Y")}
        if until
        else "",
        "criteria": {"title": _("Ce qu’il a fallu faire"), "text": version.criteria},
        "evidence": {
            "title": _("Ce que la personne en dit"),
            "text": credential.evidence_narrative,
        },
        "check": {"title": _("Vérifier ce badge"), "text": _("Scannez ce code ou ouvrez ce lien.")},
        "url": url,
        "qr": qr.svg_file(url) if url else "",
        "qr_said": _("Code à scanner : %(url)s") % {"url": url},
        "id": credential.url,
    }


@cache
def _layout() -> bytes:
    return (Path(__file__).parent / "badge.typ").read_bytes()


def _signed(credential: Credential) -> str:
    if not credential.document:
        raise ValueError("a badge that is not signed has no file yet")
    return credential.document
