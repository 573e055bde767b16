"""A badge model as anybody reads it: for programs, for people, and its image."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from badges import hosted
from badges.achievements import drawing, exchange
from badges.achievements.documents import achievement, url_of
from badges.achievements.models import Achievement, AchievementVersion
from badges.proofs.documents import hosted as with_context


@require_safe
def catalogue(request):
    """All that can be recognised: for people, and as JSON under its free licence.

    The same badge of several programmes is told once; none is named.
    """
    rows = Achievement.objects.published()
    once = {}
    for version in exchange.last_versions(rows):
        once.setdefault((version.achievement.code, version.name), version)
    versions = list(once.values())
    if not hosted.wants_page(request):
        text = exchange.written(exchange.exported(versions))
        return hosted.served(request, text, hosted.JSON, seconds=hosted.HOUR)
    groups = groupby(versions, key=lambda version: version.achievement.field)
    context = {
        "groups": [(field, list(found)) for field, found in groups],
        "count": len(versions),
        "licence": exchange.LICENCE,
    }
    return hosted.opened(render(request, "badges/achievements/catalogue.html", context))


@require_safe
def model(request, uuid):
    found = _found(uuid)
    if hosted.wants_page(request):
        context = {"version": found, "url": url_of(found)}
        return hosted.opened(render(request, "badges/achievements/model.html", context))
    document = with_context(achievement(found))
    return hosted.served(
        request, hosted.written(document), hosted.prefers(request), seconds=hosted.HOUR
    )


@require_safe
def image(request, uuid, kind):
    """Parameters: `kind`, `svg` or `png`. A version never changes: kept for a day."""
    svg = _found(uuid).image_svg
    if not svg:
        raise Http404
    content = svg if kind == "svg" else drawing.picture(svg)
    response = hosted.served(
        request, content, {"svg": "image/svg+xml", "png": "image/png"}[kind], seconds=hosted.DAY
    )
    response["Content-Security-Policy"] = hosted.STILL
    return response


def _found(uuid) -> AchievementVersion:
    rows = AchievementVersion.objects.published().select_related("achievement")
    return get_object_or_404(rows.prefetch_related("alignments"), uuid=uuid)
