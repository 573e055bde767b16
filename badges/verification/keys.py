"""Whose key is it? Found at the issuer, never taken from the badge itself.

Sources: Controlled Identifiers 1.0, 3.3 (Retrieve Verification Method); did:web; did:key; Open
Badges 3.0, 8.2.4 (`kid` as the address of a key) and 8.3.
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from jwt import PyJWK
from jwt.exceptions import PyJWTError

from badges.proofs import dates, keys
from badges.proofs.errors import ProofError
from badges.verification import own
from badges.verification.desk import Desk
from badges.verification.refusals import Refusal

_WEB = re.compile(r"did:web:([a-z0-9.-]+)(%3a[0-9]{1,5})?((?::[A-Za-z0-9._~-]+)*)", re.IGNORECASE)
_KEY = "did:key:"

Jwk = dict[str, Any]


def at(method: str, desk: Desk, *, now: datetime) -> Jwk:
    """The public key at the address of a verification method, as a JSON Web Key.

    Parameters: `method`, `<controller>#<fragment>`, whose controller the caller knows to be the
    issuer. Raises Refusal or ProofError.
    """
    controller, _sharp, fragment = method.partition("#")
    for found in _methods(controller, desk):
        if _absolute(found.get("id"), controller) == f"{controller}#{fragment}":
            return _checked(found, controller, now)
    raise Refusal("key_compromised" if own.is_compromised(method) else "key_not_found", method)


def of_token(header: dict[str, Any], issuer: str, desk: Desk, *, now: datetime) -> Jwk:
    """The key that a token says it is signed with, found at its issuer.

    Parameters: `header`, of the token; `issuer`, the identifier it names.
    """
    kid = header.get("kid")
    if isinstance(kid, str) and kid.startswith("did:"):
        if kid.partition("#")[0] != issuer:
            raise Refusal("wrong_method", kid)
        return at(kid, desk, now=now)
    if isinstance(kid, str) and kid.startswith(("https://", "http://")):
        return _at_address(kid, issuer, desk, now)
    if issuer.startswith("did:"):
        candidates = [
            _checked(one, issuer, now) | {"kid": one["id"].partition("#")[2]}
            for one in _methods(issuer, desk)
            if _is_usable(one, now)
        ]
    else:
        candidates = _in_set(desk.document(_origin(issuer) + "/.well-known/jwks.json"), issuer)
    return _chosen(candidates, header)


def public(jwk: Jwk) -> Any:
    """An Ed25519 key, for Data Integrity. Raises ProofError("bad_key")."""
    if (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
        raise ProofError("bad_key", str(jwk.get("kty"))[:20])
    try:
        return PyJWK({name: jwk[name] for name in ("kty", "crv", "x")}, algorithm="EdDSA").key
    except (PyJWTError, ValueError, TypeError, KeyError) as error:
        raise ProofError("bad_key") from error


def host_of(identifier: str | None) -> str:
    """The internet name that an identifier rests on; empty for one that rests on none."""
    if web := _WEB.fullmatch(identifier or ""):
        return web[1].lower()
    try:
        parts = urlsplit(identifier or "")
        return (parts.hostname or "") if parts.scheme in ("https", "http") else ""
    except ValueError:
        return ""


# -- Where keys are listed ------------------------------------------------------------------------


def _methods(controller: str, desk: Desk) -> list[dict[str, Any]]:
    """What the controller uses to assert. Raises Refusal or ProofError."""
    if controller.startswith(_KEY):
        text = controller.removeprefix(_KEY)
        keys.from_multibase(text)
        one = {"id": f"{controller}#{text}", "type": "Multikey", "publicKeyMultibase": text}
        return [one | {"controller": controller}]
    document = desk.document(_document_of(controller))
    if document.get("id") != controller:
        raise Refusal("wrong_method", controller)
    listed = [one for one in _many(document.get("verificationMethod")) if isinstance(one, dict)]
    by_id = {_absolute(one.get("id"), controller): one for one in listed}
    asserted = _many(document.get("assertionMethod"))
    found = [
        one if isinstance(one, dict) else by_id.get(_absolute(one, controller)) for one in asserted
    ]
    return [one | {"id": _absolute(one.get("id"), controller)} for one in found if one]


def _document_of(controller: str) -> str:
    """Source: did:web, « Read (Resolve) »."""
    if web := _WEB.fullmatch(controller):
        host, port, path = web.groups()
        where = path.replace(":", "/") or "/.well-known"
        return f"https://{host}{unquote(port or '')}{where}/did.json"
    if controller.startswith("did:"):
        raise Refusal("bad_did" if controller.startswith("did:web:") else "unknown_did", controller)
    if not controller.startswith("https://"):
        raise Refusal("not_https", controller)
    return controller


def _at_address(kid: str, issuer: str, desk: Desk, now: datetime) -> Jwk:
    """A key at an address of its own: at the issuer's internet name, or it is nobody's."""
    if not host_of(issuer) or host_of(kid) != host_of(issuer):
        raise Refusal("wrong_method", kid)
    if kid.partition("#")[0] == issuer:
        return at(kid, desk, now=now)
    found = desk.document(kid.partition("#")[0])
    if "keys" in found:
        name = kid.partition("#")[2] or kid
        return _chosen(_in_set(found, issuer), {"kid": name})
    if "kty" not in found:
        found = found | {"id": kid}
        return _checked(found, str(found.get("controller", issuer)), now)
    return found


def _in_set(document: dict[str, Any], issuer: str) -> list[Jwk]:
    """Those of a JWK Set (RFC 7517) that are the issuer's."""
    listed = [one for one in _many(document.get("keys")) if isinstance(one, dict)]
    return [one for one in listed if one.get("iss", issuer) == issuer]


def _chosen(candidates: list[Jwk], header: dict[str, Any]) -> Jwk:
    """By name; without one, by what the token carries; else the only one there is."""
    kid, inside = header.get("kid"), header.get("jwk")
    if isinstance(kid, str):
        candidates = [one for one in candidates if one.get("kid") == kid]
    if isinstance(inside, dict):
        name = _thumbprint(inside)
        candidates = [one for one in candidates if _thumbprint(one) == name]
    if len(candidates) != 1:
        raise Refusal("key_not_found", str(kid))
    return candidates[0]


def _checked(found: dict[str, Any], controller: str, now: datetime) -> Jwk:
    """The key of a verification method, as a JSON Web Key."""
    if found.get("controller", controller) != controller:
        raise Refusal("wrong_method", str(found.get("controller")))
    if not _is_usable(found, now):
        raise Refusal("key_revoked", str(found.get("id")))
    if isinstance(jwk := found.get("publicKeyJwk"), dict):
        return jwk
    return keys.jwk(keys.from_multibase(found.get("publicKeyMultibase")))


def _is_usable(found: dict[str, Any], now: datetime) -> bool:
    return all(
        dates.read_date(found[name]) > now for name in ("expires", "revoked") if name in found
    )


def _thumbprint(form: Jwk) -> str:
    try:
        return keys.thumbprint(form)
    except (TypeError, ValueError):
        raise ProofError("bad_key") from None


def _absolute(id: object, controller: str) -> str:
    return f"{controller}{id}" if str(id).startswith("#") else str(id)


def _origin(issuer: str) -> str:
    if not issuer.startswith("https://"):
        raise Refusal("not_https" if issuer.startswith("http://") else "unknown_did", issuer)
    return f"https://{urlsplit(issuer).netloc}"


def _many(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
