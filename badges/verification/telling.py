"""What a badge says, made safe to show: strangers wrote it."""

import base64
import binascii
import io
import re
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from badges.proofs.dates import read_date
from badges.proofs.documents import clean, identifier
from badges.proofs.errors import ProofError
from badges.verification import own
from badges.verification.desk import Desk
from badges.verification.keys import host_of
from badges.verification.refusals import Refusal
from badges.verification.report import Told

NAME, TEXT = 200, 2000  # characters shown
SIDE = 4000  # pixels of a stranger's image, at most
SHOWN = 400  # pixels once drawn again
IMAGE = 2 * 1024 * 1024  # bytes
FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
_DATA = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)")

Part = dict[str, Any]


def told(document: Part) -> Told:
    """Of an OpenBadgeCredential. Whatever it holds, it is read or left out."""
    subject = part(document.get("credentialSubject"))
    achievement = part(subject.get("achievement"))
    issuer = part(document.get("issuer"))
    model = own.version_of(achievement.get("id"))
    return Told(
        name=text(achievement.get("name") or document.get("name"), NAME),
        description=text(achievement.get("description")),
        criteria=text(part(achievement.get("criteria")).get("narrative")),
        issuer_name=text(issuer.get("name"), NAME),
        issuer_url=link(issuer.get("url")),
        host=host_of(identifier(document.get("issuer"))),
        awarded_on=day(document.get("awardedDate")) or day(document.get("validFrom")),
        valid_until=day(document.get("validUntil")),
        image_url=address_of(achievement.get("image") or document.get("image")),
        own_image=str(model.uuid) if model else "",
    )


def part(value: object) -> Part:
    """An object, alone or first of an array; an empty one for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}


def text(value: object, most: int = TEXT) -> str:
    """A text, or the first of those in several languages; cut where it is too long."""
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    if not isinstance(value, str):
        return ""
    kept = clean(value[: 4 * most], 12 * most)  # composed, a letter makes three at most
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def link(value: object) -> str:
    found = value if isinstance(value, str) else ""
    plain = found.startswith(("https://", "http://")) and found.isascii() and found.isprintable()
    return found if plain and len(found) <= 500 else ""


def day(value: object) -> datetime | None:
    """The moment, within what every clock and every database can show: some write « for ever » as
    the last second of the year 9999."""
    try:
        return min(max(read_date(value), FIRST), LAST)
    except ProofError:
        return None


def address_of(image: object) -> str:
    found = identifier(image)
    return found if found and len(found) <= 2 * IMAGE else ""


def picture(url: str, desk: Desk) -> bytes | None:
    """The image of a stranger's badge, drawn again as PNG; None if there is none to show."""
    if found := _DATA.fullmatch(url):
        try:
            return drawn_again(base64.b64decode(found[1]))
        except binascii.Error:
            return None
    if not url.startswith("https://") or own.is_own(url):
        return None
    try:
        return drawn_again(desk.read(url, accept="image/png, image/jpeg", most=IMAGE))
    except Refusal:
        return None


def drawn_again(content: bytes) -> bytes | None:
    """A picture less all that it carries. None for another kind, too large, or damaged."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
            if max(image.size) > SIDE:  # its head alone was read
                return None
            image.thumbnail((SHOWN, SHOWN))
            out = io.BytesIO()
            image.convert("RGBA").save(out, "PNG")
            return out.getvalue()
    except Exception:  # noqa: BLE001 (damaged pictures raise anything: there is none to show)
        return None
