"""What a group chose to show to anybody. Nothing says who is in a programme, nor how many.

Visibility is asked again at each request, of the page and of each file: an author who takes back
their choice closes both at once.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from journeys.collective.enums import Licence, PartKind
from journeys.collective.handing import shown_file
from journeys.collective.models import CollectiveAction
from journeys.collective.productions import Production, ProductionPart
from journeys.collective.reading import drawn, shown_names
from rtr import scope


def _known(slug: str) -> CollectiveAction:
    """Actions are about nobody: they are outside the wall. Theirs is the territory one may read."""
    actions = CollectiveAction.objects.select_related("activity")
    return get_object_or_404(actions, slug=slug)


@never_cache
@require_safe
def group(request, slug):
    action = _known(slug)
    with scope.over([action.territory_id]):
        shown = list(Production.objects.public().filter(action=action))
        if not shown:
            raise Http404
        parts, names = _parts(shown), shown_names(shown)
        context = {
            "action": action,
            "steps": list(action.steps.all()),
            "productions": [_told(one, parts.get(one.pk, []), names.get(one.pk)) for one in shown],
        }
    response = render(request, "journeys/collective/public.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _parts(shown: list[Production]) -> dict[int, list[ProductionPart]]:
    found: dict[int, list[ProductionPart]] = {}
    for one in ProductionPart.objects.filter(production__in=shown):
        found.setdefault(one.production_id, []).append(one)
    return found


def _told(production: Production, parts: list[ProductionPart], names: list[str] | None) -> dict:
    return {
        "it": production,
        "licence": Licence(production.licence),
        "parts": parts,
        "points": [one for one in parts if one.kind == PartKind.POINT],
        "drawn": drawn(parts),
        "names": names or [],
    }


@never_cache
@require_safe
def group_file(request, slug, part):
    action = _known(slug)
    with scope.over([action.territory_id]):
        shown = Production.objects.public().filter(action=action)
        parts = ProductionPart.objects.filter(production__in=shown).exclude(file="")
        found = get_object_or_404(parts, pk=part)
        return shown_file(found.file, found.content_type, f"groupe-{found.pk}")
