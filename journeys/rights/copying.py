"""The copy a person takes away: a page to read, a file for machines, their papers and voices.

Written into the answer as it goes: a voice after the other, never all in memory.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from journeys.participants.models import Participant
from journeys.rights.gathering import Attached, Rows, files_of
from journeys.rights.telling import as_json, subjects_of

PAGE, DATA = "mon-dossier.html", "mon-dossier.json"
AT_ONCE = 64 * 1024
EARLIEST = (1980, 1, 1, 0, 0, 0)  # what an archive holds when nothing is said


class _Pipe(io.RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self):
        self.held = bytearray()

    def writable(self):
        return True

    def write(self, some):
        self.held += some
        return len(some)

    def take(self) -> bytes:
        found, self.held = bytes(self.held), bytearray()
        return found


def copy_of(person: Participant, rows: Rows) -> Iterator[bytes]:
    """The archive, piece by piece. What reads the database is read before the first one."""
    style = format_html(
        "<style>{}</style>", mark_safe(render_to_string("journeys/rights/copy.css"))
    )
    context = page_context(person, rows) | {"style": style}
    page = render_to_string("journeys/rights/copy.html", context)
    texts = {PAGE: page.encode(), DATA: as_json(rows).encode()}
    return _archive(texts, list(files_of(rows)))


def page_context(person: Participant, rows: Rows) -> dict:
    return {
        "participant": person,
        "subjects": subjects_of(rows),
        "made_on": timezone.localdate(),
        "files": [one.name for one in files_of(rows)],
    }


def _archive(texts: dict[str, bytes], files: Iterable[Attached]) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, content in texts.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
            yield pipe.take()
        for attached in files:
            yield from _added(archive, pipe, attached)
    yield pipe.take()


def _added(archive: zipfile.ZipFile, pipe: _Pipe, attached: Attached) -> Iterator[bytes]:
    """One more file; one that is not on the disk any more is passed over."""
    try:
        file = attached.file.open("rb")
    except FileNotFoundError:
        return
    entry = zipfile.ZipInfo(attached.name, EARLIEST)  # pictures and sounds are small already
    with file, archive.open(entry, "w") as inside:
        while some := file.read(AT_ONCE):
            inside.write(some)
            yield pipe.take()
