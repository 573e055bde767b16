"""Opening a paper: journaled, and handed over so that a browser can do nothing with it but show."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from journeys.documents.models import Document
from territories.journal.actions import record
from territories.journal.enums import Act

SHOWN = {"image/jpeg": "jpg", "application/pdf": "pdf"}


def document(request, pk):
    """The file itself. 404 for a paper of somebody whose file one may not open, or without file."""
    papers = Document.objects.visible_to(request.user).exclude(file="")
    paper = get_object_or_404(papers, pk=pk)
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
    return _handed(file, paper)


def _handed(file, paper: Document) -> FileResponse:
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
