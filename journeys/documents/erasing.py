"""Files that go: the promise to erase is a row, so that nothing that dies in between leaves one.

Every night, files that no row knows of are looked for too: an upload whose transaction was undone
leaves one.
"""

import datetime
import logging
from collections.abc import Iterator
from itertools import islice

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from journeys.documents.models import Document, FileToErase
from rtr import due, scope
from territories.places.models import Scoped

logger = logging.getLogger(__name__)

ORPHANED_AFTER = datetime.timedelta(days=1)  # an upload may still be in its transaction
DONE_KEPT = datetime.timedelta(days=30)
AT_ONCE = 500


def forget_file(row: Scoped, *, on: datetime.datetime | None = None, column: str = "file") -> None:
    """Have the row's file erased once this transaction commits, or at a moment, if it has one."""
    if name := getattr(row, column).name:
        due_at = on or timezone.now()
        due.add(FileToErase(territory_id=row.territory_id, name=name, due_at=due_at))


def erase_file(row: FileToErase) -> None:
    """What the due row runs; safe to run twice. A file that a row still shows stays."""
    with scope.everything("a paper may have followed its person elsewhere"):
        Document.objects.filter(file=row.name).gone().delete()
        if not _known([row.name]):
            default_storage.delete(row.name)


def _known(names: list[str]) -> set[str]:
    """Those that a row shows, in any table: an activity's photograph, a voice, a production."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.FileField):
                rows = model._base_manager.filter(**{f"{field.name}__in": names})
                found |= set(rows.values_list(field.name, flat=True))
    return found


def orphans() -> Iterator[str]:
    """Names of files on the disk since a day at least that no row knows of."""
    before = (timezone.now() - ORPHANED_AFTER).timestamp()
    names = default_storage.names_before(before)
    while some := list(islice(names, AT_ONCE)):
        with scope.everything("files of every territory"):
            known = _known(some)
            waiting = FileToErase.objects.filter(name__in=some, status=due.Status.DUE)
            known |= {*waiting.values_list("name", flat=True)}
        yield from (name for name in some if name not in known)


def erase_orphans() -> int:
    count = 0
    for name in orphans():
        default_storage.delete(name)
        count += 1
    return count


def nightly() -> None:
    """Rows without a file that are gone, old promises kept, files without a row."""
    Document.objects.gone().filter(file="").delete()
    kept = timezone.now() - DONE_KEPT
    FileToErase.objects.filter(status=due.Status.DONE, due_at__lt=kept).delete()
    if count := erase_orphans():
        logger.warning("files without a row, erased: %s", count)
