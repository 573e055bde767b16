"""Everything kept about a person, found by the keys of the tables and told by the register.

A table behind the second wall is read here by itself, as soon as a key leads from it to a person.
What no key tells has its way in OTHER_WAYS; what is left out has its reason in LEFT_OUT, else
tests/journeys/test_rights.py fails.
Source: GDPR, articles 15 (access) and 20 (portability).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Q

from badges.credentials.models import Credential
from journeys.collective.models import GroupMember
from journeys.participants.models import Participant
from journeys.pathway.models import Journey, TeamMember
from journeys.registry import REGISTER, TECHNICAL, Kept
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField

Rows = dict[type[models.Model], list[models.Model]]

# Tables behind the wall that say nothing of one person, or nothing more, and why.
LEFT_OUT = {
    "Word": "nickname and name, cut in words that find a file",
    "Outreach": "counts of people met, without anybody",
    "PurgedCount": "counts, without anybody",
    "FileToErase": "names that say nothing, of files about to go",
    "PairFeedback": "two structures about each other",
    "Production": "what a group made; its authors' choices are given",
    "ProductionPart": "the same",
}
# Columns that open a door, tell of somebody else, or repeat what is given, and why.
LEFT_OUT_COLUMNS = {
    "token_sha256": "the fingerprint of a link",
    "hashed": "the fingerprint of a code",
    "pin": "the fingerprint of a code",
    "code_sha256": "the fingerprint of a code",
    "TutorLink.to": "the tutor's own contact",
    "Referral.prescriber_email": "the sender's own address",
    "Merge.record": "the same rows as they were, in the platform's own writing",
    "KeptApart.other_id": "somebody else's file",
    "PortalLink.code": "the fingerprint of a code",
    "PortalLink.figures": "the fingerprint of a code",
    "LogEntry.serialized_data": "always empty",
    "ShareLink.token": "opens the page",
    "ForeignBadge.image": "drawn from what is given",
    "Endorsement.invited_email": "somebody else's own address",
    "Credential.subject": "inside the document, as the next five",
    "Credential.status_list": "the same",
    "Credential.status_index": "the same",
    "ed_key": "the same",
    "rsa_key": "the same",
    "Endorsement.key": "inside the document, as the next two",
    "Endorsement.status_list": "the same",
    "Endorsement.status_index": "the same",
    "UserSession.session_key": "opens the session",
    "UserSession.data": "of the session's machinery",
}
HIDDEN = {
    "journey",
    "participant",
    "participant_id",
    "search_name",
    "uuid",
    "client_uuid",
    "batch",
    "recipient",
    # For machines: the signed forms of a badge, and what they hold
    "document",
    "token",
    "raw",
    "sha256",
    "identity_hash",
    "identity_salt",
}


@cache
def ways() -> dict[type[models.Model], tuple[str, ...]]:
    """By table, the look-ups that lead to a person: the shortest ones, from the keys."""
    found = {Participant: ("pk",), Journey: ("participant",)}
    tables = [model for model in apps.get_models() if model.__name__ not in LEFT_OUT]
    while True:
        further = {}
        for model in tables:
            if model not in found and (mine := _ways_of(model, found)):
                further[model] = mine
        if not further:
            return found
        found |= further


def _ways_of(model: type[models.Model], found: dict) -> tuple[str, ...]:
    keys = [f for f in model._meta.local_concrete_fields if _is_scoped(f)]
    lengths = {f.name: found[f.related_model] for f in keys if f.related_model in found}
    steps = [
        (way.count("__"), name if way == "pk" else f"{name}__{way}")
        for name, its in lengths.items()
        for way in its
    ]
    shortest = min((step for step, _way in steps), default=0)
    return tuple(way for step, way in steps if step == shortest)


def _is_scoped(field: models.Field) -> bool:
    return isinstance(field, ScopedForeignKey | ScopedOneToOneField)


def _phones(person: Participant) -> set[str]:
    kept = {str(person.phone), str(person.call_back_phone), person.contact}
    return kept - {""}


def _holder(path: str):
    """Badges know of their recipient alone."""
    return lambda person, ids: Q(**{f"{path}holder__participant__in": ids})


# Tables that no key ties to a person, by the name of what ties them.
OTHER_WAYS = {
    "JournalEntry": lambda person, ids: Q(participant_id__in=ids),
    "LogEntry": lambda person, ids: Q(participant_id__in=ids),
    "ProductionAuthor": lambda person, ids: Q(
        member__in=GroupMember.objects.filter(participant__in=ids).values("pk")
    ),
    "GroupEntry": lambda person, ids: Q(written_by=person.user_id, written_by__isnull=False),
    "OptOut": lambda person, ids: Q(phone__in=_phones(person)),
    "Recipient": _holder(""),
    "Credential": _holder("recipient__"),
    "Collection": _holder("recipient__"),
    "CollectionItem": _holder("collection__recipient__"),
    "ShareLink": _holder("recipient__"),
    "ForeignBadge": _holder("recipient__"),
    "ConnectedWallet": _holder("recipient__"),
    "Endorsement": _holder("credential__recipient__"),
    "UserSession": lambda person, ids: Q(user=person.user_id, user__isnull=False),
}


def rows_of(person: Participant) -> Rows:
    """Every row about a person, and about the files that were joined to theirs."""
    joined = Participant.everyone.filter(Q(pk=person.pk) | Q(merged_into=person.pk))
    ids = list(joined.values_list("pk", flat=True))
    found: Rows = {}
    for model in apps.get_models():
        if condition := _condition(model, person, ids):
            rows = model._base_manager.filter(condition).distinct().order_by("pk")
            if some := list(rows.select_related(*_said_with(model))):
                found[model] = some
    return found


def _condition(model: type[models.Model], person: Participant, ids: list[int]) -> Q | None:
    if model.__name__ in OTHER_WAYS:
        return OTHER_WAYS[model.__name__](person, ids)
    condition = None
    for way in ways().get(model, ()):
        one = Q(**{f"{way}__in": ids})
        condition = condition | one if condition else one
    return condition


def _said_with(model: type[models.Model]) -> list[str]:
    """Keys whose rows are named, read with the row."""
    keys = [f for f in columns_of(model) if f.is_relation and not f.many_to_many]
    further = {
        TeamMember: "__user",
        Credential: "__version",
        **dict.fromkeys(_of_activity(), "__activity"),
    }
    return [f.name + further.get(f.related_model, "") for f in keys]


@cache
def _of_activity() -> tuple[type[models.Model], ...]:
    named = ("Session", "CollectiveAction")
    return tuple(apps.get_model("journeys", name) for name in named)


@cache
def columns_of(model: type[models.Model]) -> tuple[models.Field, ...]:
    """The columns that the register declares, in its order, without those left out."""
    names = [name for columns in REGISTER[model.__name__].values() for name in columns.split()]
    fields = {f.name: f for f in model._meta.local_concrete_fields}
    fields |= {f.attname: f for f in model._meta.local_concrete_fields}
    kept = [name for name in dict.fromkeys(names) if not _is_left_out(model, name)]
    return tuple(fields[name] for name in kept if name in fields)


def _is_left_out(model: type[models.Model], name: str) -> bool:
    return bool({name, f"{model.__name__}.{name}"} & LEFT_OUT_COLUMNS.keys()) or name in TECHNICAL


def first_kept(model: type[models.Model]) -> Kept:
    return next(iter(REGISTER[model.__name__]))


@dataclass(frozen=True)
class Attached:
    """A file of a row: what it is called in the copy, and where it is read."""

    name: str
    file: models.fields.files.FieldFile


ENDINGS = {"voice": "mp3", "photo": "jpg"}
TYPES = {"image/jpeg": "jpg", "application/pdf": "pdf", "audio/mpeg": "mp3"}


def files_of(rows: Rows) -> Iterator[Attached]:
    for model, some in rows.items():
        columns = [f for f in columns_of(model) if isinstance(f, models.FileField)]
        for row in some:
            for column in columns:
                if file := getattr(row, column.name):
                    yield Attached(file_name(row, column), file)


def file_name(row: models.Model, column: models.FileField) -> str:
    ending = ENDINGS.get(column.name) or TYPES.get(getattr(row, "content_type", ""), "bin")
    return f"fichiers/{row._meta.model_name}-{row.pk}-{column.name}.{ending}"
