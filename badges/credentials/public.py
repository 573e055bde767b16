"""A badge that its holder shows: page, document, files. Shown no more, it answers 410 at once."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from badges import hosted
from badges.achievements.documents import url_of
from badges.credentials import hooks, rendering
from badges.credentials.models import Credential
from badges.credentials.reading import Gone, shown_badge, shown_link, worth
from rtr import scope


@require_safe
def badge(request, uuid):
    """The address that a badge has as its `id`."""
    try:
        found = shown_badge(uuid)
    except Gone:
        return _gone(request)
    if found is None or not found.document:
        raise Http404
    if hosted.wants_page(request):
        return _page(request, {"badges": [_told(found)], "link": None})
    return hosted.served(request, found.document, hosted.prefers(request), seconds=0)


@require_safe
def shared(request, token):
    """The link that its holder gave: one badge, or several."""
    link, found = _shown(token) or (None, [])
    if link is None:
        return _gone(request)
    if hosted.wants_page(request):
        return _page(request, {"badges": [_told(one) for one in found], "link": link})
    if link.credential_id and found:
        return hosted.served(request, found[0].document, hosted.prefers(request), seconds=0)
    return hosted.served(request, _presented(found), hosted.prefers(request), seconds=0)


@require_safe
def shared_file(request, token, uuid, kind):
    """One of its badges as a file. Parameters: `kind`, of rendering.FILES."""
    link, found = _shown(token) or (None, [])
    if link is None:
        return _gone(request)
    one = next((one for one in found if one.uuid == uuid), None)
    if one is None or kind not in rendering.FILES:
        raise Http404
    content = rendering.as_file(one, kind, link.url)
    response = hosted.served(request, content, rendering.FILES[kind], seconds=0)
    name = rendering.file_name(one, kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _shown(token: str):
    """Raises Http404 for no link; gives None for one that is closed."""
    try:
        found = shown_link(token)
    except Gone:
        return None
    if found is None:
        raise Http404
    return found


def _presented(found: list[Credential]) -> str:
    """Several badges at once, unsigned. Source: VC Data Model 2.0, § 4.13."""
    inside = ",".join(one.document for one in found)
    return (
        '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],'
        f'"verifiableCredential":[{inside}]}}'
    )


def _told(one: Credential) -> dict:
    with scope.over([one.territory_id]):
        given = list(one.endorsements.given().select_related("endorser"))
    checks = hooks.checks_of(one)
    return {
        "it": one,
        "version": one.version,
        "image": f"{url_of(one.version)}/image.png",
        "alignments": list(one.version.alignments.all()),
        "checks": checks,
        "worth": _word(worth(one, timezone.now()), checks),
        "endorsements": given,
    }


def _word(found: str, checks: list) -> str:
    """What the page says of a badge: « verified » only once everything was looked at, now."""
    if found != "good" or not checks:
        return found
    return "doubtful" if any(check.ok is False for check in checks) else "verified"


def _page(request, context: dict) -> HttpResponse:
    link, badges = context["link"], context["badges"]
    named = link.collection if link and link.collection_id else badges and badges[0]["version"]
    context["title"] = named.name if named else _("Badge")
    context["qr"] = rendering.as_qr(link.url) if link else ""
    context["now"] = timezone.now()
    return hosted.opened(render(request, "badges/credentials/shared.html", context))


def _gone(request) -> HttpResponse:
    """410, in words for people, in a sentence for programs."""
    if hosted.wants_page(request):
        return hosted.opened(render(request, "badges/credentials/gone.html", status=410))
    response = HttpResponse('{"error":"gone"}', content_type=hosted.JSON, status=410)
    return hosted.opened(response)
