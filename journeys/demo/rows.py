"""Rows of many tables, kept for a while and written together.

COPY does not write below row-level security: it fills a temporary table, and INSERT … SELECT takes
from there, so that policies, constraints and triggers see every row.
"""

from typing import Any

from django.db import connection, models

from journeys.models import (
    Absence,
    Barrier,
    Contact,
    Contract,
    Document,
    EntrySituation,
    Extension,
    FollowUp,
    FollowUpTry,
    Journey,
    Note,
    Objective,
    OtherSupport,
    Outcome,
    Outreach,
    Participant,
    PeriodEntry,
    PhaseChange,
    PurgedCount,
    Referral,
    Share,
    Signature,
    SignedText,
    Strength,
    TeamMember,
)
from territories.accounts.models import User
from territories.journal.models import JournalEntry

# Parents first. The rows of these are pointed at: their ids are drawn before they are written.
PARENTS = [User, Participant, Journey, Document, Contract, Absence, FollowUp, TeamMember]
CHILDREN = [
    SignedText,
    Signature,
    Objective,
    PeriodEntry,
    PhaseChange,
    Contact,
    Outcome,
    FollowUpTry,
    Extension,
    Share,
    Strength,
    Barrier,
    EntrySituation,
    Note,
    OtherSupport,
    Referral,
    Outreach,
    PurgedCount,
    JournalEntry,
]
IDS_AT_ONCE = 1000


def _blank(field: models.Field) -> Any:
    """What an unsaid column holds; nothing when its default depends on the moment (today, now, a
    new uuid): then it must be said."""
    if field.has_db_default() and not field.has_default():
        return None if isinstance(field.db_default, models.Expression) else field.db_default
    return None if field.has_default() and callable(field.default) else field.get_default()


class _Table:
    def __init__(self, model: type[models.Model], with_id: bool):
        self.name = connection.ops.quote_name(model._meta.db_table)
        self.staged = connection.ops.quote_name(f"staged_{model._meta.db_table}")
        fields = [
            field
            for field in model._meta.local_concrete_fields
            if not field.generated and (with_id or not isinstance(field, models.AutoField))
        ]
        self.blank = {field.attname: _blank(field) for field in fields}
        self.columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        self.rows: list[tuple] = []


class Rows:
    def __init__(self):
        self._tables = {model: _Table(model, with_id=True) for model in PARENTS}
        self._tables |= {model: _Table(model, with_id=False) for model in CHILDREN}
        self._ids: dict[type[models.Model], list[int]] = {model: [] for model in PARENTS}

    def next_id(self, model: type[models.Model]) -> int:
        """An id drawn from the table's sequence, for a row that others will point at."""
        if not self._ids[model]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
                    [model._meta.db_table, IDS_AT_ONCE],
                )
                self._ids[model] = [pk for (pk,) in cursor.fetchall()][::-1]
        return self._ids[model].pop()

    def add(self, model: type[models.Model], **values: Any) -> None:
        """Keep a row. Raises TypeError for a name that is not a column's attribute."""
        table = self._tables[model]
        row = table.blank | values
        if len(row) != len(table.blank):
            raise TypeError(f"{model.__name__} has no {sorted(row.keys() - table.blank.keys())}")
        table.rows.append(tuple(row.values()))

    def write(self) -> int:
        """Write everything kept, parents first. Returns how many rows."""
        written = 0
        with connection.cursor() as cursor:
            # No queue of deferred checks: memory stays bounded in one long transaction.
            cursor.execute("set constraints all immediate")
            for table in self._tables.values():
                if table.rows:
                    written += len(table.rows)
                    self._copy(cursor, table)
                    table.rows.clear()
        return written

    @staticmethod
    def _copy(cursor, table: _Table) -> None:
        cursor.execute(
            f"create temporary table {table.staged} on commit drop as"  # noqa: S608  our own names
            f" select {table.columns} from {table.name} with no data"
        )
        with cursor.copy(f"copy {table.staged} from stdin") as copy:
            for row in table.rows:
                copy.write_row(row)
        cursor.execute(
            f"insert into {table.name} ({table.columns}) select * from {table.staged}"  # noqa: S608
        )
        cursor.execute(f"drop table {table.staged}")
