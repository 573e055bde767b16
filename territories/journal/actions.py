"""Writing the journal, in the transaction of the act it tells."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.utils import timezone

from territories.journal.enums import Act
from territories.journal.models import JournalEntry

# The colleague beside a person on the person's own pages, in this request.
_helper: ContextVar = ContextVar("rtr_helper", default=None)


@contextmanager
def helped_by(user) -> Iterator[None]:
    """Inside this block each line of the journal has a second one, of `user`, that names it."""
    token = _helper.set(user)
    try:
        yield
    finally:
        _helper.reset(token)


def record(
    act: str,
    *,
    by,
    territory_id: int | None,
    participant_id: int | None = None,
    about: models.Model | None = None,
    fields: Iterable[str] = (),
    version: int | None = None,
) -> JournalEntry:
    """Write one line: `by` did `act`, to whose file, on which object, touching which fields.

    Parameters: `by`, a user, or None for the platform itself; `fields`, names only, never values;
    `version`, the journey's version after the act.
    """
    where = {"territory_id": territory_id, "participant_id": participant_id}
    entry = JournalEntry.objects.create(
        act=act,
        actor=by,
        object_type=about._meta.model_name if about is not None else "",
        object_id=about.pk if about is not None else None,
        fields=list(fields),
        version=version,
        **where,
    )
    helper = _helper.get()
    if helper is not None and by != helper:
        beside = {"object_type": "journalentry", "object_id": entry.pk, "fields": [act]}
        JournalEntry.objects.create(act=Act.HELPED, actor=helper, **beside, **where)
    return entry


def record_opening(*, by, territory_id: int, participant_id: int) -> None:
    """Note that `by` opened this person's file: once an hour, however many pages are turned."""
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    noted = JournalEntry.objects.filter(
        participant_id=participant_id, actor=by, act=Act.OPENED, at__gt=hour_ago
    )
    if not noted.exists():
        record(Act.OPENED, by=by, territory_id=territory_id, participant_id=participant_id)
