"""What every act on a journey shares: the lock, the version, the line in the journal."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.models import Journey
from rtr.lib import french
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.models import JournalEntry


class Stale(Exception):
    """Somebody acted meanwhile. `changes`: the journal's lines since the page was opened."""

    def __init__(self, changes: list[JournalEntry], version: int):
        super().__init__(f"{len(changes)} changes")
        self.changes, self.version = changes, version


def begin(journey: Journey, *, seen: int | None) -> Journey:
    """Lock the journey for this transaction and count one more act.

    Parameters: `seen`, the version on the page the person acts from; None for the platform's own
    acts. Raises Stale when the journey changed since.
    """
    locked = (
        Journey.objects.select_for_update(of=("self",))
        .select_related("participant", "territory__programme")
        .filter(pk=journey.pk)
        .first()
    )
    if locked is None:
        raise ValidationError(_("Ce dossier vient d’être réuni avec un autre : cherchez son code."))
    if seen is not None and seen != locked.version:
        entries = JournalEntry.objects.about(locked.participant_id)
        raise Stale(list(entries.filter(version__gt=seen)[:10]), locked.version)
    locked.version += 1
    locked.save(update_fields=["version"])
    return locked


def tell(act: str, *, journey: Journey, by: User | None, about=None, fields=()) -> None:
    """The journal's line of this act, in its transaction."""
    record(
        act,
        by=by,
        territory_id=journey.territory_id,
        participant_id=journey.participant_id,
        about=about,
        fields=fields,
        version=journey.version,
    )


def refuse_future(day: datetime.date, field: str) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("Choisissez aujourd’hui ou un jour passé.")})


def refuse_before(day: datetime.date, first: datetime.date, field: str) -> None:
    if day < first:
        raise ValidationError({field: _from(first) % {"day": french.day(first)}})


def _from(first: datetime.date) -> str:
    if first > timezone.localdate():
        return _("Cela se note à partir du %(day)s. Si le départ est une erreur, annulez-le.")
    return _("Choisissez un jour à partir du %(day)s.")


def save_new(row) -> None:
    """Check a new row's constraints with their French words, then write it."""
    row.full_clean(exclude=["territory", "journey"])
    row.save(force_insert=True)
