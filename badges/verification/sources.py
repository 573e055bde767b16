"""From what somebody gives to one badge: a file, a text, a link; an image or not."""

import re
from dataclasses import dataclass
from typing import Any

from badges.proofs import baking
from badges.verification.desk import Desk, parsed, text_of
from badges.verification.proving import Given, is_token
from badges.verification.refusals import Refusal
from badges.verification.telling import part

_LINK = re.compile(r"https?://\S+")
IMAGES = "image/png, image/svg+xml, application/vc, application/ld+json, application/json, */*;q=.1"
# Pictures that carry no badge, and papers: their first bytes.
_OTHERS = (b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF", b"PK\x03\x04")


@dataclass(frozen=True)
class Found:
    signed: Given
    text: str  # the same, as it was written
    image: bytes | None = None  # the PNG that it was in


def found_in(source: bytes | str | dict[str, Any], desk: Desk, *, links: int = 2) -> Found:
    """One badge, not verified yet. Raises ProofError or Refusal.

    Parameters: `links`, how many may lead from one to the next: an image of Open Badges 2.0 may
    hold the address of its badge.
    """
    if isinstance(source, dict):
        return _of_document(source, "")
    if len(source) > baking.MOST:
        raise Refusal("too_big")
    if isinstance(source, bytes) and source.startswith(_OTHERS):
        raise Refusal("no_badge" if source.startswith(b"\xff\xd8\xff") else "not_an_image")
    if isinstance(source, bytes) and source.startswith(baking.PNG):
        inside = found_in(baking.unbake(source), desk, links=links)
        return Found(inside.signed, inside.text, source)
    text = (text_of(source) if isinstance(source, bytes) else source).strip().lstrip("\ufeff")
    if not text:
        raise Refusal("nothing")
    if text.startswith("<"):
        return found_in(baking.unbake(text.encode(errors="replace")), desk, links=links)
    if _LINK.fullmatch(text):
        if links == 0:
            raise Refusal("redirected")
        return found_in(desk.read(text, accept=IMAGES, most=baking.MOST), desk, links=links - 1)
    if is_token(text):
        return Found(text, text)
    return _of_document(parsed(text), text)


def _of_document(document: dict[str, Any], text: str) -> Found:
    """A badge; or the only one of a presentation (VC Data Model 2.0, 4.13)."""
    kinds = document.get("type")
    if isinstance(kinds, list) and "VerifiablePresentation" in kinds:
        inside = document.get("verifiableCredential")
        listed = inside if isinstance(inside, list) else [inside]
        if len(listed) > 1:
            raise Refusal("several")
        document, text = part(listed), ""
    return Found(document, text)
