"""The documents we sign, from closed builders: no member enters that the contexts do not define.

Shapes pass both editions of 1EdTech's JSON Schemas: `type` is an array, except in Image,
IdentityObject and statuses; so is `proof`; instants are whole seconds in UTC. Every text goes
through `clean`. None of them names a programme or a person: the holder is a `urn:uuid`.

Sources: Open Badges 3.0, appendix B (data models); Verifiable Credentials 2.0, section 4.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from badges.proofs.canonical import IRI
from badges.proofs.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES
from badges.proofs.dates import iso
from badges.proofs.errors import ProofError

NAME = 10_000  # characters; what pages ask for is shorter
TEXT = 10_000
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)

Document = dict[str, Any]

# What no text keeps: controls but the new line, overrides of direction, characters that are none.
# RDFC-1.0 and its implementations do not agree on some; readers would be misled by others.
_DROPPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def clean(text: str, limit: int = TEXT) -> str:
    """A text as it may be signed: composed (NFC), without characters that mislead.

    Parameters: `limit`, the most characters, counted afterwards. Raises `too_long`.
    """
    lines = re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text)
    kept = unicodedata.normalize("NFC", _DROPPED.sub("", lines.replace("\t", " "))).strip()
    if len(kept) > limit:
        raise ProofError("too_long", f"{len(kept)} characters, {limit} at most")
    return kept


def identifier(part: object) -> str | None:
    """The `id` of an issuer or a subject, written as an object, alone in an array, or bare."""
    if isinstance(part, list) and len(part) == 1:
        part = part[0]
    found = part.get("id") if isinstance(part, dict) else part
    return found if isinstance(found, str) else None


def address(url: str) -> str:
    """A web address in ASCII, as identifiers must be, which `canonical.check` lets through.

    Raises `bad_iri` for any other. Source: RFC 3986, 2.1; RFC 3490 for names that are not ASCII.
    """
    try:
        parts = urlsplit(clean(url))
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:
        raise ProofError("bad_iri", url[:80]) from None
    path, query, fragment = (
        quote(_LONE_PERCENT.sub("%25", part), safe="%/:@!$&'()*+,;=?~-._")
        for part in (parts.path, parts.query, parts.fragment)
    )
    whole = f"{parts.scheme}://{host}{path}"
    whole += (query and f"?{query}") + (fragment and f"#{fragment}")
    if parts.scheme not in ("http", "https") or not IRI.fullmatch(whole):
        raise ProofError("bad_iri", url[:80])
    return whole


def is_address(url: str) -> bool:
    """Whether `address` would take it: asked where it is typed, long before it is signed."""
    try:
        return bool(address(url))
    except ProofError:
        return False


# -- Who -----------------------------------------------------------------------------------------


def did_web(base_url: str, *path: str) -> str:
    """`did:web:host%3A8000:orgs:slug`, whose did.json is at `base_url/orgs/slug/did.json`.

    Source: did:web method, section 2. Always with a path: a host may hold several issuers.
    """
    parts = urlsplit(base_url)
    steps = [*filter(None, parts.path.split("/")), *path]
    return ":".join(["did:web", parts.netloc.replace(":", "%3A"), *steps])


def did_document(
    *, did: str, multibases: Iterable[str] = (), jwks: Iterable[dict[str, str]] = ()
) -> Document:
    """What a verifier reads to know an issuer's keys: retired ones stay, compromised ones do not.

    Parameters: `multibases`, Ed25519 keys; `jwks`, RSA keys with `kid`, `<did>#<thumbprint>`.
    Source: Controlled Identifiers 1.0, 2.2; Open Badges 3.0, 8.3 (controller = issuer).
    """
    methods = [
        {"id": f"{did}#{key}", "type": "Multikey", "controller": did, "publicKeyMultibase": key}
        for key in multibases
    ] + [
        {"id": jwk["kid"], "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk}
        for jwk in jwks
    ]
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def profile(
    *, id: str, name: str, description: str = "", url: str = "", email: str = "", image: str = ""
) -> Document:
    """An issuer, or who endorses; `hosted` for its own page.

    Parameters: `id`, its did; `url` and `image`, web addresses, left out when empty.
    Raises `ProofError`: `too_long`, `bad_iri`. Source: Open Badges 3.0, Profile.
    """
    return _without_blanks(
        id=id,
        type=["Profile"],
        name=clean(name, NAME),
        url=url and address(url),
        description=clean(description),
        image=image and _image(image),
        email=clean(email),
    )


def hosted(part: Document) -> Document:
    """A profile or an achievement as it is served by itself, unsigned."""
    return {"@context": [CREDENTIALS, OPEN_BADGES]} | part


# -- What ----------------------------------------------------------------------------------------


def achievement(
    *,
    id: str,
    name: str,
    description: str,
    criteria: str,
    criteria_url: str = "",
    category: str = "",
    image: str = "",
    creator: Document | None = None,
    alignments: Sequence[Document] = (),
    tags: Sequence[str] = (),
    language: str = "",
    version: str = "",
    code: str = "",
    endorsements: Sequence[Document] = (),
) -> Document:
    """What is recognised.

    Parameters: `id`, its address for ever; `category`, a word of AchievementType, or `ext:` and one
    of ours; `creator`, of `profile`; `alignments`, of `alignment`; `language`, a tag of BCP 47;
    `version` and `code`, as people write them; `endorsements`, signed, about `id`. What is empty
    is left out.
    Raises `ProofError`: `too_long`, `bad_iri`. Source: Open Badges 3.0, Achievement.
    """
    return _without_blanks(
        id=id,
        type=["Achievement"],
        name=clean(name, NAME),
        description=clean(description),
        criteria=_without_blanks(
            id=criteria_url and address(criteria_url), narrative=clean(criteria)
        ),
        achievementType=category,
        image=image and _image(image),
        creator=creator,
        alignment=list(alignments),
        tag=list(dict.fromkeys(clean(tag, NAME) for tag in tags)),
        inLanguage=language,
        version=version,
        humanCode=code,
        endorsement=list(endorsements),
    )


def alignment(
    *, name: str, url: str, framework: str = "", code: str = "", kind: str = ""
) -> Document:
    """A word of another framework.

    Parameters: `name` and `url`, required; `code`, as the framework writes it; `kind`, of
    AlignmentTargetType, as `ext:ROME`. Raises `ProofError`: `too_long`, `bad_iri`.
    Source: Open Badges 3.0, Alignment.
    """
    return _without_blanks(
        type=["Alignment"],
        targetName=clean(name, NAME),
        targetUrl=address(url),
        targetFramework=clean(framework, NAME),
        targetCode=clean(code, NAME),
        targetType=kind,
    )


# -- To whom -------------------------------------------------------------------------------------


def credential(
    *,
    id: str,
    issuer: Document,
    subject: str,
    achievement: Document,
    valid_from: datetime,
    awarded: datetime | None = None,
    valid_until: datetime | None = None,
    name: str = "",
    image: str = "",
    narrative: str = "",
    identity: Document | None = None,
    evidence: Sequence[Document] = (),
    status: Document | None = None,
    endorsements: Sequence[Document] = (),
) -> Document:
    """A badge given to somebody, not signed yet.

    Parameters: `id` and `subject`, absolute identifiers, the subject's made for this badge alone;
    `valid_from`, when this edition starts, `awarded`, when the first did; `endorsements`, signed,
    about the subject, the achievement or the issuer (never about `id`: verifiers refuse a badge
    described twice). Other parts come from the builders of this module.
    Source: Open Badges 3.0, AchievementCredential.
    """
    return _without_blanks(
        **{"@context": [CREDENTIALS, OPEN_BADGES, EXTENSIONS]},
        id=id,
        type=["VerifiableCredential", "OpenBadgeCredential"],
        name=clean(name or achievement["name"], NAME),
        image=image and _image(image),
        issuer=issuer,
        validFrom=iso(valid_from),
        validUntil=valid_until and iso(valid_until),
        awardedDate=awarded and iso(awarded),
        credentialSubject=_without_blanks(
            id=subject,
            type=["AchievementSubject"],
            narrative=clean(narrative),
            identifier=[identity] if identity else [],
            achievement=achievement,
        ),
        evidence=list(evidence),
        credentialStatus=status,
        credentialSchema=[{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        endorsement=list(endorsements),
    )


def evidence(*, narrative: str = "", url: str = "", name: str = "", genre: str = "") -> Document:
    """What the person chose to show of how it was learnt.

    Parameters: all may be empty; `url`, where it is seen; `genre`, what kind of thing it is.
    Raises `ProofError`: `too_long`, `bad_iri`. Source: Open Badges 3.0, Evidence.
    """
    return _without_blanks(
        id=url and address(url),
        type=["Evidence"],
        name=clean(name, NAME),
        narrative=clean(narrative),
        genre=clean(genre, NAME),
    )


def identity(email: str, *, salt: str | None = None) -> Document:
    """Who the badge is for, checkable by who already knows their e-mail, and by nobody else.

    Parameters: `salt`, 128 bits drawn here unless given.
    Source: Open Badges 3.0, IdentityObject: SHA-256 of the identifier then the salt.
    """
    salt = salt or secrets.token_hex(16)
    digest = sha256((clean(email).lower() + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def endorsement(
    *,
    id: str,
    issuer: Document,
    subject: str,
    comment: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    name: str = "Endorsement",
    status: Document | None = None,
) -> Document:
    """What somebody says in support, not signed yet.

    Parameters: `subject`, what is supported: the holder's `urn:uuid` in a badge (it stands for
    that badge alone), the `id` of an achievement or of an issuer.
    Source: Open Badges 3.0, EndorsementCredential.
    """
    return _without_blanks(
        **{"@context": [CREDENTIALS, OPEN_BADGES]},
        id=id,
        type=["VerifiableCredential", "EndorsementCredential"],
        name=clean(name, NAME),
        issuer=issuer,
        validFrom=iso(valid_from),
        validUntil=valid_until and iso(valid_until),
        credentialSubject=_without_blanks(
            id=subject, type=["EndorsementSubject"], endorsementComment=clean(comment)
        ),
        credentialStatus=status,
    )


# -- Whether it still holds ------------------------------------------------------------------------


def status_entry(*, list_url: str, index: int) -> Document:
    """Where a badge's withdrawal would show.

    Parameters: `index`, of a bit of the list at `list_url`, from 0.
    Source: Bitstring Status List 1.0, 2.1.
    """
    return {
        "id": f"{list_url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }


def status_list(
    *, id: str, issuer: str, encoded: str, valid_from: datetime, valid_until: datetime | None = None
) -> Document:
    """An issuer's list, not signed yet.

    Parameters: `id`, its address; `issuer`, the did of the badges' own; `encoded`, of
    `status.encode`; `valid_from` and `valid_until`, aware datetimes. Raises `bad_date`.
    Source: Bitstring Status List 1.0, 2.2.
    """
    return _without_blanks(
        **{"@context": [CREDENTIALS]},
        id=id,
        type=["VerifiableCredential", "BitstringStatusListCredential"],
        issuer=issuer,
        validFrom=iso(valid_from),
        validUntil=valid_until and iso(valid_until),
        credentialSubject={
            "id": f"{id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    )


def _image(url: str) -> Document:
    return {"id": address(url), "type": "Image"}


def _without_blanks(**members: Any) -> Document:
    return {name: held for name, held in members.items() if held not in (None, "", [], {})}
