"""Months pass in a test: everything known of one person becomes that much older."""

import datetime

from django.apps import apps
from django.db import connection, models

from journeys.models import Journey, Participant
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from territories.places.models import Scoped


def time_passes(participant: Participant, *, days: int) -> None:
    """Move every date of the person's rows back, birth excepted; constraints are checked after."""
    with scope.everything("le temps passe"), lifecycle():
        journey_id = Journey.objects.get(participant=participant).pk
        for model in apps.get_app_config("journeys").get_models():
            if not issubclass(model, Scoped):
                continue
            if of := _of_person(model, participant.pk, journey_id):
                _move_back(model, of, days)


def _of_person(model, participant_id: int, journey_id: int) -> str:
    columns = {field.column for field in model._meta.concrete_fields}
    if model is Participant:
        return f"id = {participant_id}"
    if model is Journey:
        return f"id = {journey_id}"
    if "journey_id" in columns:
        return f"journey_id = {journey_id}"
    return f"participant_id = {participant_id}" if "participant_id" in columns else ""


def _move_back(model, of: str, days: int) -> None:
    moved = [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField) and field.name not in ("birth_date", "adult_on")
    ]
    if moved:
        sets = ", ".join(
            f'"{column}" = "{column}" - make_interval(days => %(days)s)' for column in moved
        )
        with connection.cursor() as cursor:
            cursor.execute(f"update {model._meta.db_table} set {sets} where {of}", {"days": days})


def today(days: int = 0) -> str:
    """A day as a date field wants it."""
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()
