"""What one verification may ask outside of the badge: a few addresses, in a few seconds."""

import json
import time
from collections.abc import Callable
from typing import Any

from badges.verification import own
from badges.verification.refusals import Refusal
from rtr.lib import public_web

MOST = 12  # addresses of others
SECONDS = 20  # for all of them
SIZE = 1024 * 1024  # bytes of a document; a status list of a million badges has less
DEPTH = 60  # of JSON: badges have 24 at most
JSON = "application/vc, application/ld+json, application/json;q=0.9, */*;q=0.1"

Opener = Callable[..., public_web.Answer]


class Desk:
    """Parameters: `fetch`, whether others may be asked; `opener`, how (public_web.read)."""

    def __init__(self, *, fetch: bool, opener: Opener | None = None):
        self.fetch = fetch
        self.opener = opener or public_web.read
        self.end = time.monotonic() + SECONDS
        self.asked = 0
        self.known: dict[str, bytes] = {}

    def read(self, url: str, *, accept: str = JSON, most: int = SIZE) -> bytes:
        """What is at an address: ours from the database, others' from the web, once each.

        Raises Refusal.
        """
        if url not in self.known:
            self.known[url] = self._ours(url) or self._theirs(url, accept, most)
        return self.known[url]

    def document(self, url: str) -> dict[str, Any]:
        """The JSON object at an address. Raises Refusal."""
        return parsed(self.read(url))

    def _ours(self, url: str) -> bytes | None:
        return own.document(url).encode() if own.is_own(url) else None

    def _theirs(self, url: str, accept: str, most: int) -> bytes:
        if not self.fetch:
            raise Refusal("not_asked")
        self.asked += 1
        left = self.end - time.monotonic()
        if self.asked > MOST or left <= 0:
            raise Refusal("too_many")
        try:
            seconds = min(left, public_web.SECONDS)
            return self.opener(url, accept=accept, most=most, seconds=seconds).content
        except public_web.Refused as error:
            raise Refusal(error.code, url) from error


def parsed(content: str | bytes) -> dict[str, Any]:
    """A JSON object as strangers write it.

    Raises Refusal: not_a_document, bad_encoding, too_big.
    """
    if isinstance(content, bytes):
        content = text_of(content)
    try:
        found = json.loads(content, object_pairs_hook=_once, parse_constant=_never)
        json.dumps(found, ensure_ascii=False).encode()  # halves of characters are none
    except (ValueError, RecursionError) as error:
        raise Refusal("not_a_document", str(error)) from error
    if not isinstance(found, dict):
        raise Refusal("not_a_document", type(found).__name__)
    return bounded(found)


def bounded(document: dict[str, Any]) -> dict[str, Any]:
    """The same. Raises Refusal("too_big") if it is nested deeper than a badge."""
    level: list[Any] = [document]
    for _depth in range(DEPTH):
        level = [held for one in level for held in _inside(one)]
        if not level:
            return document
    raise Refusal("too_big", "depth")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def text_of(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise Refusal("bad_encoding") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A member written twice is read one way here and another way elsewhere."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member is there twice")
    return found


def _never(name: str) -> None:
    raise ValueError(name)
