"""What a database holds, table by table, as one number each."""

from django.apps import apps
from django.db import connection

from tests.security.test_wall_two import INSIDE

# What an act and its undoing leave behind on purpose: their own traces.
TRACES = {"JournalEntry", "LogEntry", "Merge"}
# Columns that count acts, or keys of rows that triggers write anew.
COUNTERS = {"Journey": ["version"], "Word": ["id"]}


def checksums() -> dict[str, str]:
    """Model → md5 of its rows, in no order; the tables behind the wall and the accounts."""
    found = {}
    for model in apps.get_models():
        name = model.__name__
        if name in TRACES or name not in (*INSIDE, "User"):
            continue
        without = "".join(f" - '{column}'" for column in COUNTERS.get(name, []))
        with connection.cursor() as cursor:
            cursor.execute(
                f"select count(*), md5(string_agg(row, '' order by row)) from"
                f" (select (to_jsonb(t){without})::text as row"
                f'  from "{model._meta.db_table}" t) rows'
            )
            found[name] = cursor.fetchone()
    return found
