"""Our own addresses, answered from the database: what the world is served, without going out."""

from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import Resolver404, resolve

from badges.achievements.documents import achievement
from badges.achievements.models import AchievementVersion
from badges.credentials.models import Credential
from badges.credentials.reading import Gone, shown_badge, shown_link
from badges.endorsements.enums import State as Given
from badges.endorsements.models import Endorsement
from badges.hosted import written
from badges.issuers import documents
from badges.issuers.enums import KeyState
from badges.issuers.models import Issuer, IssuerKey, StatusList
from badges.proofs.documents import did_web, hosted
from badges.verification.refusals import Refusal
from rtr import scope


def is_own(url: str) -> bool:
    """Whether an address is at this server's name: it is never asked over the network."""
    ours = {_host(settings.BADGES_URL), _host(settings.SITE_URL)}
    return _host(url) in ours


def document(url: str) -> str:
    """What we serve to programs at one of our addresses. Raises Refusal: not_found, gone, several,
    not_signed_yet."""
    try:
        match = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        raise Refusal("not_found") from None
    found = _SERVED[match.view_name](**match.kwargs) if match.view_name in _SERVED else None
    if found is None:
        raise Refusal("not_found")
    return found


def issuer_of(did: str | None) -> Issuer | None:
    """The one of ours that this identifier names."""
    slug = (did or "").rpartition(":")[2]
    if did != did_web(settings.BADGES_URL, "orgs", slug):
        return None
    return Issuer.objects.filter(slug=slug).first()


def is_compromised(method: str) -> bool:
    """Whether one of our keys, which our did documents do not list any more, was struck."""
    did, _sharp, kid = method.partition("#")
    keys = IssuerKey.objects.filter(issuer=issuer_of(did), kid=kid, state=KeyState.COMPROMISED)
    return keys.exists()


def version_of(achievement_id: object) -> AchievementVersion | None:
    """The model of ours that this address names, if it has an image."""
    if not isinstance(achievement_id, str) or not is_own(achievement_id):
        return None
    uuid = _uuid(achievement_id)
    versions = AchievementVersion.objects.published().exclude(image_svg="")
    return versions.filter(uuid=uuid).first() if uuid else None


def endorsement_of(id: object, issuer: str | None) -> Endorsement | None:
    """Our own row of a signed endorsement: whether it still stands, and how well we know whom.

    Parameters: `issuer`, who it says signed it. Another than the row's own gave it our identifier
    to be taken for somebody we know: it has no row here.
    """
    uuid, endorser = _uuid(id), issuer_of(issuer)
    if uuid is None or endorser is None or not is_own(str(id)):
        return None
    with scope.everything("a signed endorsement is public; its identifier names its row alone"):
        rows = Endorsement.objects.filter(uuid=uuid, endorser=endorser)
        return rows.filter(state__in=[Given.GIVEN, Given.WITHDRAWN]).first()


def _host(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "", parts.port if parts.port not in (80, 443) else None)
    except ValueError:
        return ("", None)


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text)[-36:])
    except ValueError:
        return None


# -- What is served where -------------------------------------------------------------------------


def _did(slug: str) -> str | None:
    found = Issuer.objects.filter(slug=slug).first()
    return written(documents.did_document(found)) if found else None


def _profile(slug: str) -> str | None:
    found = Issuer.objects.filter(slug=slug).first()
    return written(hosted(documents.profile(found))) if found else None


def _list(slug: str, number: int) -> str | None:
    rows = StatusList.objects.filter(issuer__slug=slug, number=number)
    return rows.values_list("document", flat=True).first()


def _model(uuid: UUID) -> str | None:
    found = AchievementVersion.objects.published().filter(uuid=uuid).first()
    return written(hosted(achievement(found))) if found else None


def _badge(uuid: UUID) -> str | None:
    try:
        found = shown_badge(uuid)
    except Gone:
        raise Refusal("gone") from None
    return _signed([found]) if found else None


def _shared(token: str, uuid: UUID | None = None, kind: str = "") -> str | None:
    try:
        found = shown_link(token)
    except Gone:
        raise Refusal("gone") from None
    if found is None:
        return None
    return _signed([one for one in found[1] if uuid in (None, one.uuid)])


def _signed(badges: list[Credential]) -> str:
    if len(badges) > 1:
        raise Refusal("several")
    if not badges or not badges[0].document:
        raise Refusal("not_signed_yet")
    return badges[0].document


_SERVED: dict[str, Callable[..., str | None]] = {
    "issuer_did": _did,
    "issuer_public": _profile,
    "status_list": _list,
    "achievement_public": _model,
    "credential_public": _badge,
    "share": _shared,
    "share_file": _shared,
}
