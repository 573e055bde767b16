"""Every row about a person, in every table, whatever the way to it."""

from django.apps import apps
from django.db import models

from badges.models import Recipient
from journeys import models as m
from territories.models import JournalEntry, LogEntry
from territories.places.models import Scoped

# From a row to its person: a key, a journey's, or a plain number; of badges, by their recipient.
WAYS = ("participant", "participant_id", "journey__participant", "kept", "one")
WAYS += ("recipient__holder__participant", "credential__recipient__holder__participant")


def rows_of(person: int, *shells: int) -> dict[str, models.QuerySet]:
    """Model → its rows about this person, or about a file that was merged into theirs."""
    ids = [person, *shells]
    found = {
        "Participant": m.Participant.everyone.filter(pk__in=ids),
        "Recipient": Recipient.objects.filter(holder__participant__in=ids),
    }
    for model in apps.get_models():
        columns = {field.name for field in model._meta.local_concrete_fields}
        if issubclass(model, Scoped) or model in (JournalEntry, LogEntry, m.Word):
            ways = [way for way in WAYS if way.partition("__")[0] in columns]
            if ways:
                found[model.__name__] = model._base_manager.filter(**{f"{ways[0]}__in": ids})
    return found
