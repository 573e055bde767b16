"""Writing the journal, in the transaction of the act it tells."""

from collections.abc import Iterable

from django.db import models

from territories.journal.models import JournalEntry


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
    return JournalEntry.objects.create(
        act=act,
        actor=by,
        territory_id=territory_id,
        participant_id=participant_id,
        object_type=about._meta.model_name if about is not None else "",
        object_id=about.pk if about is not None else None,
        fields=list(fields),
        version=version,
    )
