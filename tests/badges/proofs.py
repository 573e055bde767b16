"""Issuers, keys and documents for the tests of badges/proofs, and the general path of others."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from pyld import jsonld

from badges.proofs import contexts, documents, integrity, keys

SHARED = Path(__file__).resolve().parents[3] / "shared" / "openbadges"
THEN = datetime(2024, 3, 1, 8, 30, tzinfo=UTC)
HOST = "https://badges.example"
DID = documents.did_web(HOST, "orgs", "le-dome")
ACME = documents.did_web(HOST, "endorsers", "acme")
LIST = f"{HOST}/orgs/le-dome/status/1"


def ed25519(name: str = "le-dome"):
    return _key(name, "new_ed25519")


def rsa(name: str = "le-dome"):
    return _key(name, "new_rsa")


@cache
def _key(name, new):
    """One a name, kept for the run."""
    return getattr(keys, new)()


def method(name: str = "le-dome", did: str = DID) -> str:
    return f"{did}#{keys.multibase(ed25519(name).public_key())}"


def public_jwk(name: str = "le-dome") -> dict[str, str]:
    form = keys.jwk(rsa(name).public_key())
    return form | {"kid": f"{DID}#{keys.thumbprint(form)}"}


def pem(key) -> bytes:
    """As openbadgeslib wants a public key."""
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def le_dome() -> dict[str, Any]:
    return documents.profile(
        id=DID, name="Le Dôme", description="Tiers-lieu", url="https://ledome.example/à-propos"
    )


def laser() -> dict[str, Any]:
    return documents.achievement(
        id=f"{HOST}/badges/decoupe-laser/1",
        name="J’ai utilisé la découpe laser",
        description="Régler la machine, découper, ranger. 100 % en sécurité.",
        criteria="Une pièce découpée seul, devant quelqu’un du fablab.",
        criteria_url=f"{HOST}/badges/decoupe-laser/criteres",
        category="Competency",
        image=f"{HOST}/badges/decoupe-laser/1.svg",
        creator=le_dome(),
        alignments=[
            documents.alignment(
                name="Conduite d’équipement de découpe",
                url="https://candidat.example/H2902",
                framework="ROME",
                code="H2902",
                kind="ext:ROME",
            ),
            documents.alignment(name="DigComp 5.3", url="https://digcomp.example/5.3"),
        ],
        tags=["fablab", "machine"],
        language="fr",
        version="1",
        code="decoupe-laser",
    )


def badge(**changes: Any) -> dict[str, Any]:
    """A whole badge, every part of it; `changes` are those of `documents.credential`."""
    given = {
        "id": f"{HOST}/credentials/41b5c8f2-9f0c-4a7e-8f0e-4d2f2f3f6a11",
        "issuer": le_dome(),
        "subject": "urn:uuid:7d3c0a52-3c1c-4f4e-8f0f-0f7d7c1f9d10",
        "achievement": laser(),
        "valid_from": THEN,
        "awarded": THEN,
        "valid_until": datetime(2126, 3, 1, tzinfo=UTC),
        "evidence": [documents.evidence(narrative="J’ai découpé une boîte.\nElle ferme ! 📦")],
        "identity": documents.identity("Nadia@example.org", salt="sel"),
        "status": documents.status_entry(list_url=LIST, index=4711),
    }
    return documents.credential(**given | changes)


def support(**changes: Any) -> dict[str, Any]:
    given = {
        "id": "urn:uuid:0f0e8a7c-6d0c-4f6b-b9a3-2f3f1d6c9b55",
        "issuer": documents.profile(id=ACME, name="ACME"),
        "subject": "urn:uuid:7d3c0a52-3c1c-4f4e-8f0f-0f7d7c1f9d10",
        "comment": "Vu à l’œuvre dans notre atelier.",
        "valid_from": THEN,
    }
    return documents.endorsement(**given | changes)


def signed_support() -> dict[str, Any]:
    return integrity.sign(support(), key=ed25519(), method=method(did=ACME), created=THEN)


def by_pyld(document: dict[str, Any]) -> str:
    how = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    return jsonld.normalize(document, how | {"documentLoader": contexts.loader})


@cache
def schema(name: str) -> dict[str, Any]:
    """One of 1EdTech's JSON Schemas; the test is passed over where they are not present."""
    path = SHARED / "schema" / f"{name}.json"
    if not path.exists():
        pytest.skip("les schémas de 1EdTech ne sont pas là")
    return json.loads(path.read_text(encoding="utf-8"))
