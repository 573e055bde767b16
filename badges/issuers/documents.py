"""What the world reads of an issuer: its profile, its keys. Source: Open Badges 3.0, did:web."""

from collections.abc import Callable

from badges.issuers.enums import Algorithm, KeyState, Kind
from badges.issuers.models import Issuer, IssuerKey
from badges.proofs import documents
from badges.proofs.documents import Document

# Keys that an app above publishes in the same set: functions, appended in `AppConfig.ready`.
more_keys: list[Callable[[], list[dict[str, str]]]] = []


def profile(issuer: Issuer) -> Document:
    """The Profile, as it is inside what the issuer signs."""
    return documents.profile(
        id=issuer.did,
        name=issuer.name,
        description=issuer.description,
        # Its own site, unless verifiers would refuse its badges for it
        url=issuer.url if documents.is_address(issuer.url) else issuer.base_url,
        email=issuer.email,
    )


def did_document(issuer: Issuer) -> Document:
    """Its keys: those that sign, and those that were replaced; never a compromised one."""
    trusted = list(issuer.keys.exclude(state=KeyState.COMPROMISED).order_by("-created_on", "-pk"))
    return documents.did_document(
        did=issuer.did,
        multibases=[one.public_multibase for one in trusted if one.algorithm == Algorithm.ED25519],
        jwks=[
            one.public_jwk | {"kid": f"{issuer.did}#{one.kid}", "alg": "RS256"}
            for one in trusted
            if one.algorithm == Algorithm.RSA
        ],
    )


def jwks() -> list[dict[str, str]]:
    """Every RSA key that signs badges, or did, with whose it is (`iss`); who only endorses signs no
    token. Source: RFC 7517."""
    rows = IssuerKey.objects.filter(algorithm=Algorithm.RSA).exclude(state=KeyState.COMPROMISED)
    rows = rows.exclude(issuer__kind=Kind.ENDORSER)
    return [
        one.public_jwk | {"kid": one.method, "iss": one.issuer.did, "alg": "RS256", "use": "sig"}
        for one in rows.select_related("issuer").order_by("issuer", "-created_on", "-pk")
    ]
