"""Handing over a file of a group: shown, and nothing else, by a browser that keeps no copy."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from journeys.documents.cleaning import JPEG, PDF
from journeys.documents.sounds import MP3

SHOWN = {JPEG: "jpg", PDF: "pdf", MP3: "mp3"}


def shown_file(file: FieldFile, content_type: str, name: str) -> FileResponse:
    """The caller has just asked whether this viewer may see it: withdrawn, it answers 404 at the
    next request. Raises Http404 when the file is gone."""
    ending = SHOWN.get(content_type)
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        opened,
        as_attachment=ending is None,
        filename=f"{name}.{ending or 'bin'}",
        content_type=content_type if ending else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
