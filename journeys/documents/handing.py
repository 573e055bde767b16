"""Handing a file over: journaled first, and so that a browser can do nothing with it but show."""

import io
import re

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
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
    return _closed(response)


def _closed(response):
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response


def shown(file, content_type: str) -> FileResponse:
    """A picture inside a page, of a row that this person may open. 404 when it is not there."""
    try:
        return _closed(FileResponse(file.open("rb"), content_type=content_type))
    except FileNotFoundError as error:
        raise Http404 from error


# -- Sounds, of which players ask a part ---------------------------------------------------------

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def asks_for_the_start(request: HttpRequest) -> bool:
    """Whether this is somebody opening the sound, rather than a player going on."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    return asked is None or asked[1] == "0"


def played(request: HttpRequest, file, content_type: str) -> HttpResponse:
    """The sound, or the one part that the player asks for; iPhones play nothing without it.

    Parameters: `file`, of a row that this person may open. 404 when it is not on the disk.
    Source: RFC 9110, section 14.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError as error:
        raise Http404 from error
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        response = FileResponse(io.BytesIO(content), content_type=content_type)
    elif not (part := _part(*asked.groups(), len(content))):
        response = HttpResponse(status=416, content_type=content_type)
        response["Content-Range"] = f"bytes */{len(content)}"
    else:
        piece = content[part.start : part.stop]
        response = HttpResponse(piece, status=206, content_type=content_type)
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
    response["Accept-Ranges"] = "bytes"
    return _closed(response)


def _part(first: str, last: str, size: int) -> range:
    """« 100-199 », « 100- », « -100 » for the last hundred; empty when there is no such part."""
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(size, int(last) + 1) if last else size)
