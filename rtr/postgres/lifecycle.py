"""Leave to change append-only rows: retention, merge, transfer. Never a page's ordinary act."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def lifecycle() -> Iterator[None]:
    """Inside this block, in one transaction, append-only tables accept UPDATE and DELETE."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('rtr.lifecycle', 'on', true)")
        yield
        with connection.cursor() as cursor:
            cursor.execute("select set_config('rtr.lifecycle', '', true)")
