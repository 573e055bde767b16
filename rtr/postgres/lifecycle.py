"""Leave to change append-only rows: retention, merge, transfer. Never a page's ordinary act."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def lifecycle() -> Iterator[None]:
    """Inside this block, in one transaction, append-only tables accept UPDATE and DELETE.

    Keys are checked at its end: Django deletes a person's rows in an order that counts on it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('rtr.lifecycle', 'on', true)")
            cursor.execute("set constraints all deferred")
        yield
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("select set_config('rtr.lifecycle', '', true)")
