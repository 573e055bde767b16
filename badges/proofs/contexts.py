"""The JSON-LD contexts we carry, and no others: they say what each word of a badge means.

A context fetched at run time could change what was signed, and would let a stranger's badge make
us call any address. Each file is as published, pinned by its hash (contexts/VENDOR.toml).
"""

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from badges.proofs.errors import ProofError

FOLDER = Path(__file__).with_suffix("")
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
MOST = 8  # contexts in one document


@cache
def vendored() -> dict[str, dict[str, Any]]:
    """Address → its entry of VENDOR.toml."""
    listed = tomllib.loads((FOLDER / "VENDOR.toml").read_text(encoding="utf-8"))
    return {each["url"]: each for each in listed["context"]}


def known(url: object) -> bool:
    return isinstance(url, str) and url in vendored()


@cache
def load(url: str) -> dict[str, Any]:
    """The definitions at `url`: the value of `@context` in its file.

    Raises `ProofError("unknown_context")`, and RuntimeError if the file is not the pinned one.
    """
    if not known(url):
        raise ProofError("unknown_context", url)
    entry = vendored()[url]
    content = (FOLDER / entry["file"]).read_bytes()
    if sha256(content).hexdigest() != entry["sha256"]:
        raise RuntimeError(f"{entry['file']} is not the file that was pinned")
    return json.loads(content)["@context"]


def loader(url: str, options: object = None) -> dict[str, Any]:
    """For PyLD, which tests and benchmarks compare with: its `documentLoader`."""
    document = {"@context": load(url)}
    return {"contextUrl": None, "documentUrl": url, "document": document, "tag": "static"}


def listed(value: object) -> list[str]:
    """The addresses of an `@context`, checked.

    Raises `no_context` (VC Data Model 2.0, 4.3: its own comes first), `inline_context`,
    `unknown_context`, `too_complex`.
    """
    urls = value if isinstance(value, list) else [value]
    if not urls or urls[0] != CREDENTIALS:
        raise ProofError("no_context")
    if len(urls) > MOST or len({str(url) for url in urls}) < len(urls):
        raise ProofError("too_complex", "contexts")
    for url in urls:
        if not isinstance(url, str):
            raise ProofError("inline_context")
        load(url)
    return urls


@cache
def terms() -> frozenset[str]:
    """Every word that one of our contexts defines, wherever it does."""
    return frozenset(word for url in vendored() for word in _words(load(url)))


def _words(definitions: object) -> Iterator[str]:
    if isinstance(definitions, dict):
        for word, definition in definitions.items():
            if not word.startswith("@"):
                yield word
            if isinstance(definition, dict):
                yield from _words(definition.get("@context"))
