"""A page signed by hand, drawn: nobody's signature."""

import io
import math

from PIL import Image, ImageDraw

PAPER, INK = (251, 250, 247), (29, 36, 51)
SIZE = (480, 200)


def handwriting() -> bytes:
    """A JPEG of a few kilobytes: a line to sign on, and a loop of ink above it."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.line([(60, 150), (420, 150)], fill=(170, 170, 170))
    points = [
        (90 + 3 * t + 26 * math.cos(t / 4), 110 - t / 6 + 34 * math.sin(t / 4) * (1 - t / 130))
        for t in range(100)
    ]
    draw.line(points, fill=INK, width=3, joint="curve")
    held = io.BytesIO()
    image.save(held, "JPEG", quality=75, optimize=True)
    return held.getvalue()
