"""What verifiers read of an issuer: its keys, its profile, which of its badges are revoked."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from badges import hosted
from badges.achievements.models import Achievement
from badges.issuers import documents
from badges.issuers.models import Issuer, StatusList
from badges.proofs.documents import hosted as with_context


@require_safe
def did(request, slug):
    """Source: did:web method, « Read (Resolve) »."""
    document = documents.did_document(get_object_or_404(Issuer, slug=slug))
    return hosted.served(
        request, hosted.written(document), "application/did+json", seconds=5 * hosted.MINUTE
    )


@require_safe
def issuer(request, slug):
    """The Profile for programs, a page for people."""
    found = get_object_or_404(Issuer, slug=slug)
    if hosted.wants_page(request):
        context = {"issuer": found, "achievements": _achievements(found)}
        return hosted.opened(render(request, "badges/issuers/issuer.html", context))
    profile = with_context(documents.profile(found))
    return hosted.served(
        request, hosted.written(profile), hosted.prefers(request), seconds=hosted.HOUR
    )


@require_safe
def status_list(request, slug, number):
    """Built and signed at each revocation; here it is only handed over."""
    rows = StatusList.objects.only("document", "etag")
    found = get_object_or_404(rows, issuer__slug=slug, number=number)
    return hosted.served(
        request,
        found.document,
        hosted.prefers(request),
        seconds=hosted.MINUTE,
        etag=found.etag,
    )


@require_safe
def jwks(request):
    """Every key that signs tokens here: ours with their `iss`, and those an app above adds."""
    keys = {"keys": [*documents.jwks(), *(key for more in documents.more_keys for key in more())]}
    return hosted.served(
        request, hosted.written(keys), "application/jwk-set+json", seconds=5 * hosted.MINUTE
    )


def _achievements(found: Issuer) -> list[Achievement]:
    """None of a body whose badges another name is on: the models would tell that they are its."""
    if not found.organisation_id or found.neutral_id:
        return []
    return list(found.organisation.achievements.published().order_by("name"))
