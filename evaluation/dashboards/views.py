"""The first page for evaluators: figures without names, and the same as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from evaluation.dashboards import context, files, sections
from evaluation.dashboards.board import Board, board
from evaluation.dashboards.counts import reporting_date
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.models import Programme, Territory


def evaluation(request: HttpRequest) -> HttpResponse:
    programmes, programme = _programmes(request)
    page = {"programmes": programmes, "programme": programme, "board": None}
    if programme:
        page["board"] = found = _board(request, programme)
        page |= _figures(request, found) if found.journeys else {}
    return render(request, "evaluation/dashboards/dashboard.html", page)


def evaluation_csv(request: HttpRequest) -> HttpResponse:
    _all, programme = _programmes(request)
    if programme is None:
        raise Http404
    found = _board(request, programme)
    excel = "excel" in request.GET
    record(Act.EXPORTED, by=request.user, territory_id=None, about=programme, fields=files.HEADS)
    response = HttpResponse(files.written(found, excel=excel), content_type="text/csv")
    name = f"comptes-{programme.slug}-{found.on:%Y-%m-%d}{'-excel' if excel else ''}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _territories(request: HttpRequest):
    readable = request.user.territories_where("evaluation.read")
    return Territory.objects.visible_to(request.user).filter(pk__in=readable)


def _programmes(request: HttpRequest) -> tuple[list[Programme], Programme | None]:
    """Those whose figures the person may read, and the one asked for: 404 for any other."""
    theirs = Programme.objects.visible_to(request.user)
    theirs = theirs.filter(territories__in=_territories(request)).distinct()
    if slug := request.GET.get("programme"):
        return list(theirs), get_object_or_404(theirs, slug=slug)
    chosen = theirs.filter(territories__in=request.place_ids)
    programmes = list(theirs)
    return programmes, chosen.first() or (programmes[0] if programmes else None)


def _board(request: HttpRequest, programme: Programme) -> Board:
    """The top bar's territory narrows the page, where it is one of this programme."""
    readable = set(_territories(request).filter(programme=programme).values_list("pk", flat=True))
    return board(
        programme,
        readable & request.place_ids or readable,
        reporting_date(timezone.localdate()),
    )


def _figures(request: HttpRequest, found: Board) -> dict:
    return {
        "figures": sections.key_figures(found),
        "exits": sections.exits(found),
        "steps": sections.steps(found),
        "states": sections.states(found),
        "phases": sections.phases(found) if found.phases else None,
        "publics": sections.publics(found) if found.publics else None,
        "territories": sections.territories(found),
        "context": context.of(request.user, found.places),
    }
