"""A badge model as anybody reads it: for programs, for people, and its image."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from badges import hosted
from badges.achievements import drawing
from badges.achievements.documents import achievement, url_of
from badges.achievements.models import AchievementVersion
from badges.proofs.documents import hosted as with_context


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
    # A drawing opened by itself runs nothing and loads nothing, whoever drew it.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _found(uuid) -> AchievementVersion:
    rows = AchievementVersion.objects.published().select_related("achievement")
    return get_object_or_404(rows.prefetch_related("alignments"), uuid=uuid)
