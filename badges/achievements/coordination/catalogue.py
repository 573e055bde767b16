"""The catalogue: what can be recognised; one badge, its versions, what can be done with it."""

from types import SimpleNamespace

from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from badges.achievements import actions
from badges.achievements.coordination.doors import STEWARD, badge_for, is_steward, known
from badges.achievements.enums import Status
from badges.achievements.filters import ORDERS, CatalogueFilters
from badges.achievements.models import Achievement, AchievementVersion, Proposal
from rtr.lib import french
from rtr.lib.words import plain
from territories.coordination.listing import asked, page_of, words

# In place of an image that nobody drew yet: a dashed outline, as badges aimed at.
NOT_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">'
    '<path d="M200 20 356 110V290L200 380 44 290V110Z" fill="none" stroke="#545b69"'
    ' stroke-width="6" stroke-dasharray="18 14"/></svg>'
)


def achievements(request):
    """The page, or its rows alone for htmx."""
    partial = request.htmx and not request.htmx.history_restore_request
    name = "_achievements.html" if partial else "achievements.html"
    return render(request, f"badges/achievements/{name}", _listed(request))


def _listed(request) -> dict:
    rows = _here(request)
    steward = request.user.may(STEWARD)
    filters = _filters(request, rows, steward)
    order = request.GET.get("tri", "")
    order = order if order in ORDERS else ""
    found = filters.qs
    if "status" not in filters.in_force:
        found = found.exclude(status=Status.RETIRED)
    found = found.order_by(*ORDERS[order][1]).select_related("organisation")
    found = list(found.prefetch_related(_versions()))
    if text := words(request):
        found = [one for one in found if _says(one, text)]
    shown, around = page_of(request, found)
    context = asked(request, filters)
    context["beside"] += [("tri", order)] if order else []
    return (
        context
        | around
        | {
            "rows": [_row(one) for one in shown],
            "said": _counted(len(found), bool(text or filters.in_force)),
            "orders": _orders(request, order),
            "order": ORDERS[order][0],
            "by_field": not order,
            "narrowed": bool(text or filters.in_force),
            "steward": steward,
            "waiting": Proposal.objects.visible_to(request.user).open().count(),
        }
    )


def _here(request):
    """The badges of the programmes shown in the top bar."""
    roles = request.user.roles
    shown = {r.programme_id for r in roles if request.place_ids & set(r.territory_ids)}
    return known(request).filter(programme__in=shown)


def _filters(request, rows, steward: bool) -> CatalogueFilters:
    fields = rows.order_by("field").values_list("field", flat=True).distinct()
    houses = rows.order_by("organisation__name").distinct()
    return CatalogueFilters(
        request.GET,
        rows,
        request=request,
        fields=list(fields),
        houses=list(houses.values_list("organisation", "organisation__name")),
        steward=steward,
    )


def _says(badge: Achievement, text: str) -> bool:
    """Each word looked for is in what the badge says of itself, accents aside."""
    said = plain(
        " ".join([badge.name, badge.description, badge.criteria, badge.field, *badge.tags])
    )
    return all(word in said for word in plain(text).split()[:6])


def _versions() -> Prefetch:
    """Without what is heavy: a list shows images by their address."""
    rows = AchievementVersion.objects.only("achievement", "number", "uuid", "published_on")
    return Prefetch("versions", rows.order_by("-number"))


def _row(one: Achievement) -> SimpleNamespace:
    versions = one.versions.all()
    published = next((v for v in versions if v.published_on), None)
    return SimpleNamespace(
        badge=one,
        published=published,
        has_draft=any(v.published_on is None for v in versions),
        image=reverse("achievement_svg", args=[published.uuid])
        if published
        else reverse("achievement_draft_svg", args=[one.pk]),
    )


def _orders(request, chosen: str) -> list[SimpleNamespace]:
    found = []
    for name, (label, _columns) in ORDERS.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["tri"] = name
        found.append(
            SimpleNamespace(label=label, url=f"?{query.urlencode()}", current=name == chosen)
        )
    return found


def _counted(count: int, narrowed: bool) -> str:
    number = french.capitalised(french.spelled(count)) if count else _("Aucun")
    said = f"{number} {french.plural(count, 'badge', 'badges')}"
    if not narrowed:
        return said
    verb = (
        french.plural(count, _("correspond"), _("correspondent")) if count else _("ne correspond")
    )
    return f"{said} {verb}"


# -- One of them -----------------------------------------------------------------------------------


def achievement(request, pk):
    """What it says today, the draft beside it, its versions, what may be done."""
    badge = badge_for(request, pk)
    steward = is_steward(request.user, badge.programme_id)
    versions = list(
        badge.versions.defer("templates", "image_svg")
        .prefetch_related("alignments")
        .annotate(given=Count("credentials"))
    )
    draft = next((v for v in versions if v.published_on is None), None) if steward else None
    published = [v for v in versions if v.published_on]
    shown = published[0] if published else draft
    context = {
        "badge": badge,
        "shown": shown,
        "draft": draft if published else None,
        "lacks": actions.missing(draft) if draft else [],
        "to_publish": draft,
        "versions": published,
        "given": sum(version.given for version in published),
        "co_designers": list(badge.co_designers.order_by("name")),
        "steward": steward,
        "alignments": list(shown.alignments.all()) if shown else [],
    }
    return render(request, "badges/achievements/achievement.html", context)


def draft_image(request, pk):
    """The image being prepared, for whoever prepares it."""
    badge = badge_for(request, pk, steward=True)
    draft = get_object_or_404(badge.versions.drafts())
    return drawn(draft.image_svg or NOT_DRAWN)


def drawn(svg: str) -> HttpResponse:
    """An image that is not public; opened by itself, it runs nothing and loads nothing."""
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; img-src data:; sandbox"
    response["Cache-Control"] = "no-store"
    return response
