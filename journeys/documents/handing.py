"""Handing a file over: journaled first, and so that a browser can do nothing with it but show."""

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from journeys.documents.cleaning import JPEG, PDF
from journeys.documents.models import Document
from territories.journal.actions import record
from territories.journal.enums import Act

SHOWN = {JPEG: "jpg", PDF: "pdf"}


def handed_over(request: HttpRequest, papers: QuerySet[Document], pk: int) -> FileResponse:
    """The whole file, whatever the method or the range asked for.

    Parameters: `papers`, those this person may open. 404 for another, or one without a file.
    """
    paper = get_object_or_404(papers.exclude(file=""), pk=pk)
    try:
        file = paper.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    record(
        Act.DOWNLOADED,
        by=request.user,
        territory_id=paper.territory_id,
        participant_id=paper.participant_id,
        about=paper,
    )
    return _response(file, paper)


def _response(file, paper: Document) -> FileResponse:
    """Only known types are shown, under a name that says nothing; the rest is bytes to save."""
    ending = SHOWN.get(paper.content_type)
    response = FileResponse(
        file,
        as_attachment=ending is None,
        filename=f"piece-{paper.pk}.{ending or 'bin'}",
        content_type=paper.content_type if ending else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
