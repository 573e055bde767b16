"""A document as the statements that a signature covers: RDF, in one canonical order.

What is signed is not the JSON but the facts that it states once its contexts are applied. A member
that no context defines states nothing: it would travel unsigned. `check` refuses it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from badges.proofs import contexts
from badges.proofs.errors import ProofError

SIZE = 256 * 1024  # bytes of JSON
DEPTH = 24
NODES = 2_000
EMBEDDED = 32  # credentials inside one: each has its contexts read again

# Stand-ins for values, that no context touches: absolute as identifiers, plain as texts.
SLOT = "urn:rtr:slot:"
IN_QUADS = re.compile(rf'(?:<{SLOT}(\w+)>|"{SLOT}(\w+)")')
# Words, not values: what they mean is in the contexts.
WORDS = {"@context", "type", "proofPurpose"}
# Addresses that every processor takes as they are (RFC 3986, the forms that badges use).
_CHAR = r"(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
IRI = re.compile(
    rf"(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?]{_CHAR}*)?|(?:urn|did|mailto|tel):{_CHAR}+)"
    rf"(?:\#{_CHAR}*)?"
)


def canonize(document: dict[str, Any]) -> str:
    """The general path: the document's canonical N-Quads, one statement a line.

    Raises `ProofError` with `not_a_document` or a code of its contexts. Slow on purpose-made
    puzzles (RDFC-1.0 is exponential on blank nodes that look alike): `check` what strangers send.
    Source: RDFC-1.0, with SHA-256; JSON-LD 1.1, 8.1 (Deserialize JSON-LD to RDF).
    """
    dataset = ox.Dataset(statements(document))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS).decode().split("\n")
    return "\n".join(sorted(lines[:-1])) + "\n"  # strings sort by code point, as it wants


def statements(document: dict[str, Any]) -> list[ox.Quad]:
    """What a document states, its blank nodes named anyhow."""
    text = json.dumps(_with_definitions(document), ensure_ascii=False)
    try:
        return list(ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD))
    except (SyntaxError, ValueError, UnicodeError) as error:
        raise ProofError("not_a_document", str(error)[:200]) from error


def _with_definitions(value: Any) -> Any:
    """The same with contexts in place of their addresses: nothing is left to fetch."""
    if isinstance(value, dict):
        return {
            key: [contexts.load(url) for url in contexts.listed(held)]
            if key == "@context"
            else _with_definitions(held)
            for key, held in value.items()
        }
    if isinstance(value, list):
        return [_with_definitions(one) for one in value]
    # A number has 16 digits at most (JSON-LD 1.1 API, 8.2.2, canonical lexical form: `%1.15E`).
    return float(f"{value:.15E}") if isinstance(value, float) else value


def check(document: object) -> None:
    """Refuse a document of which something would not be signed, or that reads in two ways.

    Each value is replaced by a stand-in; one that is in no statement would not be signed. Raises
    `ProofError`: its shape (`not_a_document`, `too_big`, `too_complex`, `not_plain`), its contexts,
    `unknown_term`, `unsigned_value`, `bad_iri`, `described_twice`.
    Source: VC Data Integrity 1.0, 2.4.1 (Validating Contexts).
    """
    if not isinstance(document, dict):
        raise ProofError("not_a_document")
    contexts.listed(document.get("@context"))
    _check_shape(document)
    _check_places(document)
    values: dict[str, Any] = {}
    filled = _stand_ins(document, values)
    found = {
        match[1] or match[2]: match[1] is not None
        for quad in statements(filled)
        for match in IN_QUADS.finditer(str(quad))
    }
    for name, value in values.items():
        if name not in found:
            raise ProofError("unsigned_value", str(value)[:80])
        if found[name] and not (isinstance(value, str) and IRI.fullmatch(value)):
            raise ProofError("bad_iri", str(value)[:80])


def _stand_ins(value: Any, values: dict[str, Any], key: str = "") -> Any:
    if isinstance(value, dict):
        return {
            key: held if key in WORDS else _stand_ins(held, values, key)
            for key, held in value.items()
        }
    if isinstance(value, list):
        return [_stand_ins(one, values) for one in value]
    values[name := str(len(values))] = value
    return SLOT + name


def _check_shape(document: dict[str, Any]) -> None:
    try:
        size = len(json.dumps(document, ensure_ascii=False).encode())
    except (TypeError, ValueError, RecursionError) as error:
        raise ProofError("not_a_document", str(error)[:80]) from error
    if size > SIZE:
        raise ProofError("too_big", f"{size} bytes")
    nodes = embedded = 0
    for depth, node in objects(document):
        nodes += 1
        embedded += "@context" in node
        if depth > DEPTH:
            raise ProofError("too_big", "depth")
        if nodes > NODES or embedded > EMBEDDED:
            raise ProofError("too_complex", "parts")
        for key, value in node.items():
            _check_member(key, value)


def _check_member(key: str, value: Any) -> None:
    if key == "@context":
        contexts.listed(value)
        return
    if key.startswith("@"):
        raise ProofError("not_plain", key)
    if key not in contexts.terms():
        raise ProofError("unknown_term", key)
    many = value if isinstance(value, list) else [value]
    if any(isinstance(one, list) or one is None for one in many):
        raise ProofError("not_plain", key)
    if key in WORDS:
        for word in many:
            if not isinstance(word, str) or word not in contexts.terms():
                raise ProofError("unknown_term", str(word)[:80])


def objects(value: Any, depth: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every object of a document, with how deep it is; contexts are not looked into."""
    if isinstance(value, dict):
        yield depth, value
        for key, held in value.items():
            if key != "@context":
                yield from objects(held, depth + 1)
    elif isinstance(value, list):
        for one in value:
            yield from objects(one, depth + 1)


def _check_places(document: dict[str, Any]) -> None:
    """What is said of the badge, its holder and its status is said where everybody reads it.

    RDF joins what is said of one identifier in several places, so that a signed `validUntil` could
    be moved where nobody looks. Endorsing is the exception: a comment on the same identifier.
    """
    own = [document, document.get("credentialSubject"), document.get("credentialStatus")]
    kept = {id(one) for one in own}
    named = {one["id"] for one in own if isinstance(one, dict) and isinstance(one.get("id"), str)}
    for _depth, node in objects(document):
        if id(node) in kept or not isinstance(node.get("id"), str) or node["id"] not in named:
            continue
        if node.keys() - {"id", "type", "endorsementComment"}:
            raise ProofError("described_twice", node["id"])
