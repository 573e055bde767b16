"""QR codes as SVG, drawn here: nothing is asked of anybody."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str, label: str) -> SafeString:
    """A QR code for a page, sized by the class `qr`.

    Parameters: `text`, what a phone reads; `label`, what it is, for those who do not see it.
    Source: ISO/IEC 18004; level M, 15 % of it may be lost.
    """
    drawn = segno.make_qr(text, error="m").svg_inline(
        svgclass="qr", lineclass=None, omitsize=True, border=2, title=label, dark="#1d2433"
    )
    drawn = drawn.replace("<svg ", '<svg role="img" ', 1)
    return mark_safe(drawn)  # noqa: S308 (segno escapes the title; the text is drawn, not written)


def svg_file(text: str) -> str:
    """The same as a file of its own, for print: black on nothing."""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="svg", xmldecl=False, border=0)
    return out.getvalue().decode()
