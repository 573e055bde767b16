"""Rows that change hands, one recorded step after the other, so that all can be put back."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField

# Keys to a person or a journey that do not follow: `model.column`, and why.
STAY = {
    "journey.participant": "the absorbed file keeps its own path",
    "phasechange.journey": "the kept file's history of phases stays as it was lived",
    "word.participant": "written by triggers",
    "merge.absorbed": "says who was absorbed",
}
# Keys that follow by a rule of their own (journeys/duplicates/actions/merging.py).
OWN_RULE = {
    "teammember.journey",
    "share.journey",
    "personlink.participant",
    "keptapart.one",
    "holder.participant",
}


def keys_to(parent: type[models.Model]) -> Iterator[models.ForeignKey]:
    """Every scoped key to rows of this table (people, journeys, …), whatever the table."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            is_key = isinstance(field, ScopedForeignKey | ScopedOneToOneField)
            if is_key and field.related_model is parent:
                yield field


def name_of(field: models.ForeignKey) -> str:
    return f"{field.model._meta.model_name}.{field.name}"


def keys_that_follow() -> Iterator[models.ForeignKey]:
    for parent in (Participant, Journey):
        for field in keys_to(parent):
            if name_of(field) not in STAY.keys() | OWN_RULE:
                yield field


class Steps:
    """`made`: [model, column, before, after, rows] in the order they were made."""

    def __init__(self):
        self.made: list[list] = []

    def set(self, rows: QuerySet, column: str, after) -> None:
        """Give a column of these rows another value, and remember what each held."""
        field = rows.model._meta.get_field(column)
        after = _plain(field, after)
        held: dict = {}
        for pk, value in rows.order_by("pk").values_list("pk", field.attname):
            if (before := _plain(field, value)) != after:
                held.setdefault(before, []).append(pk)
        for before, pks in held.items():
            self.made.append([rows.model._meta.label_lower, field.attname, before, after, pks])
            _all(rows.model, pks).update(**{field.attname: after})

    def move(self, field: models.ForeignKey, source: int, target: int) -> None:
        """Give the rows of one to the other, save those that would come twice there."""
        rows = field.model._base_manager.filter(**{field.name: source})
        for taken in _taken(field, target):
            rows = rows.exclude(taken)
        self.set(rows, field.name, target)


def put_back(made: list[list]) -> int:
    """Undo the steps, the last one first. Returns how many values were changed again since,
    which are left as they are now."""
    left = 0
    for label, column, before, after, pks in reversed(made):
        model = apps.get_model(label)
        field = model._meta.get_field(column)
        same = {f"{column}__isnull": True} if after is None else {column: _read(field, after)}
        left += len(pks) - _all(model, pks).filter(**same).update(**{column: _read(field, before)})
    return left


def follow_parents(journeys: list[int]) -> None:
    """Rows made since for one that went back (a share of a member, a follow-up of an exit) go with
    it: what is of a row is of its journey."""
    for model in filter(_is_of_journey, apps.get_models()):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ScopedForeignKey) and _is_of_journey(field.related_model):
                parent = f"{field.name}__journey"
                there = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
                rows = model._base_manager.filter(journey__in=journeys)
                rows = rows.filter(**{f"{parent}__in": journeys}).exclude(journey=F(parent))
                rows.update(journey_id=Subquery(there.values("journey_id")))


def _is_of_journey(model: type[models.Model]) -> bool:
    return any(isinstance(key, ScopedForeignKey) for key in keys_to(Journey) if key.model is model)


def _all(model: type[models.Model], pks: list[int]) -> QuerySet:
    return model._base_manager.filter(pk__in=pks)


def _plain(field: models.Field, value):
    """A value that JSON holds and a dictionary finds."""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if value is None or isinstance(value, int | str):
        return value
    return str(value)


def _read(field: models.Field, value):
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def _taken(field: models.ForeignKey, target: int) -> Iterator[Q]:
    """Rows that a unique constraint would refuse beside those of the target."""
    there = field.model._base_manager.filter(**{field.name: target})
    if field.unique:
        yield Q(Exists(there))
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            others = {name: OuterRef(name) for name in constraint.fields if name != field.name}
            condition = constraint.condition or Q()
            yield condition & Q(Exists(there.filter(condition, **others)))
