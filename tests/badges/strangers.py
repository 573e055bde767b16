"""Issuers of the outside world, and the web that they are on: no connection is made."""

import io
import json
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from badges.proofs import documents, integrity, jwt, keys
from badges.proofs import status as bits
from badges.verification import Report, verify
from rtr.lib import public_web
from tests.badges import proofs

HOST = "https://badges.example"
DID_JSON = f"{HOST}/orgs/le-dome/did.json"
V2 = "https://old.example"


class Web:
    """Pages by address; asked for anything else, it is unreachable. `asked`, what was read."""

    def __init__(self, **pages: Any):
        self.pages: dict[str, Any] = {}
        self.asked: list[str] = []

    def put(self, url: str, page: Any) -> "Web":
        self.pages[url] = page
        return self

    def __call__(self, url: str, **bounds: Any) -> public_web.Answer:
        self.asked.append(url)
        found = self.pages.get(url, public_web.Refused("unreachable"))
        if isinstance(found, public_web.Refused):
            raise found
        content = found if isinstance(found, bytes) else as_text(found).encode()
        return public_web.Answer(url, content)


def as_text(page: Any) -> str:
    return page if isinstance(page, str) else json.dumps(page, ensure_ascii=False)


def le_dome(*revoked: int, **list_changes: Any) -> Web:
    """The web of the issuer of tests/badges/proofs.py, whose list holds these bits."""
    return (
        Web()
        .put(DID_JSON, did_json())
        .put(proofs.LIST, status_list(*revoked, **list_changes))
        .put(f"{HOST}/endorsers/acme/did.json", did_json(proofs.ACME))
    )


def did_json(did: str = proofs.DID) -> dict[str, Any]:
    multibase = keys.multibase(proofs.ed25519().public_key())
    jwks = [proofs.public_jwk()] if did == proofs.DID else []
    return documents.did_document(did=did, multibases=[multibase], jwks=jwks)


def status_list(*revoked: int, as_token: bool = False, **changes: Any) -> Any:
    given = {
        "id": proofs.LIST,
        "issuer": proofs.DID,
        "encoded": bits.encode(revoked),
        "valid_from": proofs.THEN,
    }
    unsigned = documents.status_list(**given | changes)
    if as_token:
        return jwt.sign(unsigned, key=proofs.rsa(), kid=proofs.public_jwk()["kid"])
    return signed(unsigned, did=unsigned["issuer"])


def signed(document: dict[str, Any], *, name: str = "le-dome", did: str = proofs.DID) -> Any:
    method = proofs.method(name, did)
    return integrity.sign(document, key=proofs.ed25519(name), method=method, created=proofs.THEN)


def badge(**changes: Any) -> dict[str, Any]:
    return signed(proofs.badge(**changes))


def token(**changes: Any) -> str:
    return jwt.sign(proofs.badge(**changes), key=proofs.rsa(), kid=proofs.public_jwk()["kid"])


def days(count: int) -> datetime:
    return timezone.now() + timedelta(days=count)


# -- Open Badges 2.0 ------------------------------------------------------------------------------


def assertion(**changes: Any) -> dict[str, Any]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{V2}/assertions/1",
        "recipient": {"type": "email", "hashed": True, "identity": "sha256$00"},
        "badge": f"{V2}/badges/1",
        "verification": {"type": "hosted"},
        "issuedOn": "2020-01-01T00:00:00Z",
    } | changes


def old_web(hosted: dict[str, Any] | None = None, **issuer: Any) -> Web:
    profile = {"type": "Issuer", "id": f"{V2}/issuer", "name": "Vieille école", "url": V2}
    klass = {
        "type": "BadgeClass",
        "id": f"{V2}/badges/1",
        "name": "Souder",
        "description": "Sait souder.",
        "criteria": {"narrative": "Une soudure."},
        "issuer": f"{V2}/issuer",
    }
    return (
        Web()
        .put(f"{V2}/assertions/1", hosted or assertion())
        .put(f"{V2}/badges/1", klass)
        .put(f"{V2}/issuer", profile | issuer)
    )


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(held, "PNG")
    return held.getvalue()


PNG = picture()


def looked_at(source, web: Web | None = None, **how) -> Report:
    return verify(source, opener=web if web is not None else le_dome(), **how)


def outcome(report: Report) -> tuple[str, str]:
    return (report.verdict, report.reason)
