"""Badges signed per second of processor: templates against each other way, in turns.

The badge is a whole one: profile, achievement with alignments, evidence, hashed e-mail, status.
Each is different. PyLD has its contexts at hand, resolved once (its documented `static` tag).
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from statistics import median
from typing import Any

from pyld import jsonld

from badges.proofs import canonical, contexts, dates, documents, integrity, jwt, keys

GOAL = 20  # times what PyLD does
ROUNDS = 5
SECONDS = 0.4  # of each way, each round

HOST = "https://badges.example"
DID = documents.did_web(HOST, "orgs", "le-dome")
NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)

Way = Callable[[dict[str, Any]], object]


def ways() -> dict[str, Way]:
    """How to sign a document, by name; `gabarit` is ours, raw Ed25519 the least it could cost."""
    key, rsa = keys.new_ed25519(), keys.new_rsa()
    method = f"{DID}#{keys.multibase(key.public_key())}"
    kid = f"{DID}#{keys.thumbprint(keys.jwk(rsa.public_key()))}"

    def through(canonize: Callable[[dict[str, Any]], str]) -> Way:
        def sign(document: dict[str, Any]) -> str:
            options = {
                "@context": document["@context"],
                "type": "DataIntegrityProof",
                "cryptosuite": integrity.SUITE,
                "created": dates.iso(NOW),
                "verificationMethod": method,
                "proofPurpose": integrity.PURPOSE,
            }
            digests = [sha256(canonize(part).encode()).digest() for part in (options, document)]
            return keys.base58(key.sign(b"".join(digests)))

        return sign

    return {
        "gabarit": lambda document: integrity.sign(document, key=key, method=method, created=NOW),
        "PyLD": through(_pyld),
        "pyoxigraph": through(canonical.canonize),
        "VC-JWT, RS256": lambda document: jwt.sign(document, key=rsa, kid=kid),
        "Ed25519 seul": lambda document: key.sign(document["id"].encode()[-64:]),
    }


def _pyld(document: dict[str, Any]) -> str:
    how = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    return jsonld.normalize(document, how | {"documentLoader": contexts.loader})


def badge(number: int) -> dict[str, Any]:
    profile = documents.profile(id=DID, name="Le Dôme", url="https://ledome.example/")
    achievement = documents.achievement(
        id=f"{HOST}/badges/decoupe-laser/1",
        name="J’ai utilisé la découpe laser",
        description="Régler la machine, découper, ranger.",
        criteria="Une pièce découpée seul, devant quelqu’un du fablab.",
        category="Competency",
        image=f"{HOST}/badges/decoupe-laser/1.svg",
        creator=profile,
        alignments=[
            documents.alignment(name="Découpe", url="https://rome.example/H2902", code="H2902"),
            documents.alignment(name="DigComp 5.3", url="https://digcomp.example/5.3"),
        ],
        tags=["fablab", "machine"],
        language="fr",
    )
    return documents.credential(
        id=f"{HOST}/credentials/{number}",
        issuer=profile,
        subject=f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        achievement=achievement,
        valid_from=NOW,
        awarded=NOW,
        evidence=[documents.evidence(narrative=f"J’ai découpé {number} boîtes.\nElles ferment.")],
        identity=documents.identity("nadia@example.org", salt=f"{number:032x}"),
        status=documents.status_entry(list_url=f"{HOST}/status/1", index=number),
    )


def rates() -> dict[str, float]:
    """Documents signed per second by each way: medians of rounds where all take their turn."""
    numbers, signing = count(), ways()
    found: dict[str, list[float]] = {name: [] for name in signing}
    for sign in signing.values():
        sign(badge(next(numbers)))
    for _round in range(ROUNDS):
        for name, sign in signing.items():
            made, taken = 0, 0.0
            while taken < SECONDS:
                batch = [badge(next(numbers)) for _one in range(20)]  # made before, by all alike
                started = time.process_time()
                for document in batch:
                    sign(document)
                taken += time.process_time() - started
                made += len(batch)
            found[name].append(made / taken)
    return {name: median(each) for name, each in found.items()}


def table(found: dict[str, float]) -> str:
    """One line a way, and how many times more badges the template signs."""
    ours = found["gabarit"]
    lines = [f"{'badges signés':<14}  par seconde  gabarit ÷  but"]
    for name, rate in found.items():
        goal = f"≥ {GOAL}" + ("" if reached(found) else "  manqué") if name == "PyLD" else ""
        lines.append(f"{name:<14}  {rate:>11,.0f}  {ours / rate:>9.2f}  {goal}".rstrip())
    return "\n".join(lines)


def reached(found: dict[str, float]) -> bool:
    return found["gabarit"] >= GOAL * found["PyLD"]
