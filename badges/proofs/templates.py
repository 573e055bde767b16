"""The canonical form of a document like one already met, a hundred times faster.

Badges of one achievement differ by a few values. The first goes through JSON-LD and RDF; its
statements are kept with holes where those values stood (a template). For the next ones the values
are written in the holes, the few blank nodes that hold some are named again, the lines are sorted:
string work. Nothing has to be declared, and nothing can be wrong silently: a template is found by
the whole document less its values, so another context, another achievement or one more member is
another template.

Names of blank nodes follow RDFC-1.0, 4.4.3: in the order of the hash of their own statements. When
two nodes have the same (4.4.3, step 5) the general path decides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import pyoxigraph as ox

from badges.proofs import canonical
from badges.proofs.canonical import IN_QUADS, IRI, SLOT, WORDS
from badges.proofs.errors import ProofError

# Whole parts that are the same from one badge of an achievement to the next.
SAME = {("issuer",), ("credentialSubject", "achievement")}
MOST = 512  # templates kept by a process
ALIKE = 6  # blank nodes that cannot be told apart at once, beyond which nobody is helped

# Canonical N-Quads, RDF 1.2, 4.2: what a literal escapes.
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
_ESCAPES |= {ord(held): rf"\{name}" for held, name in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}

_ESCAPED = re.compile(f"[{re.escape(''.join(map(chr, _ESCAPES)))}]")


@dataclass(frozen=True)
class Template:
    """Statements with holes, as `%(name)s`: values are `0`, `1`…; blank nodes `b0`, `b1`…"""

    skeleton: dict[str, Any]  # the document, stand-ins for its values
    fixed: list[str]  # statements without a hole, sorted
    lines: str  # the others
    iris: list[str]  # the values that are identifiers, not texts
    still: dict[str, str]  # blank nodes without a hole: the hash of their statements
    moving: dict[str, str]  # the others: their statements, themselves `_:a`, their like `_:z`

    def dump(self) -> dict[str, Any]:
        """As JSON; `Template.load` reads it again."""
        return asdict(self)

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> "Template":
        return cls(**dumped)

    def canonize(self, values: Mapping[str, str]) -> str:
        """Canonical N-Quads of the skeleton with these values.

        Parameters: `values`, by name, all of those of the skeleton, as written in the JSON.
        Raises `bad_iri`, `too_complex`, and what `canonical.canonize` raises.
        """
        for name in self.iris:
            if not IRI.fullmatch(values[name]):
                raise ProofError("bad_iri", values[name][:80])
        held = {
            name: value.translate(_ESCAPES) if _ESCAPED.search(value) else value
            for name, value in values.items()
        }
        hashes, merged = dict(self.still), False
        for name, pattern in self.moving.items():
            lines = (pattern % held).split("\n")
            distinct = set(lines)
            merged |= len(distinct) < len(lines)  # perhaps two statements became one
            hashes[name] = _hash(distinct)
        alike = len(hashes) - len(set(hashes.values()))
        if alike > ALIKE:
            raise ProofError("too_complex", f"{alike} parts alike")
        if alike or merged:
            return canonical.canonize(_filled(self.skeleton, values))
        for rank, name in enumerate(sorted(hashes, key=hashes.__getitem__)):
            held[name] = f"_:c14n{rank}"
        lines = sorted([*self.fixed, *(self.lines % held).split("\n")])
        return "\n".join(dict.fromkeys(lines)) + "\n"  # a statement made twice is one


def canonize(document: dict[str, Any]) -> str:
    """Canonical N-Quads of any document, by its template, made at its first meeting.

    Raises what `canonical.check` raises: what is not wholly signed is not made canonical.
    """
    skeleton, values = split(document)
    return _known(document, skeleton).canonize(values)


def canonize_once(document: dict[str, Any]) -> str:
    """The same for a stranger's document, of which this process keeps nothing."""
    canonical.check(document)
    skeleton, values = split(document)
    return compile(skeleton).canonize(values)


def of(document: dict[str, Any]) -> Template:
    """The template of documents like this one, to be kept with an achievement."""
    return _known(document, split(document)[0])


def remember(template: Template) -> None:
    """Spare this process its making."""
    if len(_templates) >= MOST:
        _templates.clear()
    _templates[repr(template.skeleton)] = template


_templates: dict[str, Template] = {}


def _known(document: dict[str, Any], skeleton: dict[str, Any]) -> Template:
    template = _templates.get(repr(skeleton))
    if template is None:
        canonical.check(document)
        template = compile(skeleton)
        remember(template)
    return template


def split(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """A document as its skeleton and its values, in the order that they are met."""
    values: dict[str, str] = {}
    return _split(document, (), values), values


def _split(part: Any, path: tuple[str, ...], values: dict[str, str]) -> Any:
    if isinstance(part, str):
        name = str(len(values))
        values[name] = part
        return SLOT + name
    if isinstance(part, dict):
        whole = {}
        for key, held in part.items():
            here = (*path, key)
            whole[key] = held if key in WORDS or here in SAME else _split(held, here, values)
        return whole
    if isinstance(part, list):
        return [_split(one, (*path, ""), values) for one in part]
    return part


def _filled(part: Any, values: Mapping[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _filled(held, values) for key, held in part.items()}
    if isinstance(part, list):
        return [_filled(one, values) for one in part]
    if isinstance(part, str) and part.startswith(SLOT):
        return values[part.removeprefix(SLOT)]
    return part


def compile(skeleton: dict[str, Any]) -> Template:
    """The template of a skeleton: a document whose values are stand-ins, `SLOT` and a name.

    Raises `ProofError`: `unsigned_value` if one of them is in no statement or if the document
    holds a stand-in of its own, and what `canonical.statements` raises.
    """
    quads = list(dict.fromkeys(canonical.statements(skeleton)))
    found = {match[1] or match[2]: match[1] for quad in quads for match in _stand_ins(quad)}
    if len(found) != repr(skeleton).count(SLOT):
        raise ProofError("unsigned_value", "a stand-in")
    nodes = list(dict.fromkeys(node for quad in quads for node in _blank(quad)))
    names = {node: f"%(b{rank})s" for rank, node in enumerate(nodes)}
    still, moving = {}, {}
    for rank, node in enumerate(nodes):
        called = {other: "_:a" if other == node else "_:z" for other in nodes}
        own = [_line(quad, called) for quad in quads if node in _blank(quad)]
        if any(_is_hollow(line) for line in own):
            moving[f"b{rank}"] = "\n".join(own)
        else:
            still[f"b{rank}"] = _hash([line % () for line in own])
    lines = [_line(quad, names) for quad in quads]
    return Template(
        skeleton=skeleton,
        fixed=sorted(line % () for line in lines if not _is_hollow(line)),
        lines="\n".join(line for line in lines if _is_hollow(line)),
        iris=sorted(name for name, is_iri in found.items() if is_iri),
        still=still,
        moving=moving,
    )


def _stand_ins(quad: ox.Quad) -> Iterator[re.Match[str]]:
    return IN_QUADS.finditer(str(quad))


def _blank(quad: ox.Quad) -> list[ox.BlankNode]:
    parts = (quad.subject, quad.object, quad.graph_name)
    return [part for part in parts if isinstance(part, ox.BlankNode)]


def _line(quad: ox.Quad, names: Mapping[ox.BlankNode, str]) -> str:
    """A statement as canonical N-Quads, with holes; `names` of blank nodes as they come."""
    parts = [quad.subject, quad.predicate, quad.object]
    if not isinstance(quad.graph_name, ox.DefaultGraph):
        parts.append(quad.graph_name)
    return " ".join(names.get(part) or _hollow(str(part)) for part in parts) + " ."


def _is_hollow(line: str) -> bool:
    return "%(" in line.replace("%%", "")


def _hollow(term: str) -> str:
    found = IN_QUADS.match(term)
    if not found:
        return term.replace("%", "%%")
    hole = f"%({found[1] or found[2]})s"
    return (f"<{hole}>" if found[1] else f'"{hole}"') + term[found.end() :].replace("%", "%%")


def _hash(lines: Iterable[str]) -> str:
    """RDFC-1.0, 4.6.3: of the statements about a node, sorted."""
    return sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()
