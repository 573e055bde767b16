"""Writing the journal, in the transaction of the act it tells."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models

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


OPENED = """
    insert into territories_journalentry
      (territory_id, participant_id, actor_id, act, object_type, fields)
    select %(territory)s, %(participant)s, %(actor)s, %(act)s, '', '{}'
    where not exists (
      select from territories_journalentry
      where participant_id = %(participant)s and actor_id = %(actor)s and act = %(act)s
        and at > now() - interval '1 hour'
    )
"""


def record_opening(*, by, territory_id: int, participant_id: int) -> None:
    """Note that `by` opened this person's file: once an hour, however many pages are turned. One
    query, on pages that are often read."""
    of = {"territory": territory_id, "participant": participant_id, "actor": by.pk}
    with connection.cursor() as cursor:
        cursor.execute(OPENED, of | {"act": Act.OPENED.value})
