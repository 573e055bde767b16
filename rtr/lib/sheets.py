"""Lists as CSV files that a spreadsheet opens without running anything.

Two writings of the same rows: the reference one (UTF-8, comma, ISO dates) and the one a French
Excel opens (byte order mark, semicolon). Rows are copied by PostgreSQL, in blocks: memory stays
the same whatever their number.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import CharField, Func, QuerySet, Value
from django.http import StreamingHttpResponse

BLOCK = 64 * 1024  # bytes
# What makes a spreadsheet take a cell for a formula, once the blanks before it are gone.
STARTS = "=+@-＝＋－＠"
BLANKS = " \t\r\n\v\f\u00a0\u3000"
BOM = "\ufeff"


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: no blank first, an apostrophe before what starts a formula.

    >>> harmless(" =2+2")
    "'=2+2"
    """
    text = text.replace("\0", "").lstrip(BLANKS)
    return f"'{text}" if text[:1] and text[:1] in STARTS else text


class Harmless(Func):
    """`harmless` for the database; nothing rather than an empty text."""

    output_field = CharField()
    # No bracket expression holds a range or a class here: each sign stands for itself.
    template = (
        f"nullif(regexp_replace(ltrim(%(expressions)s, '{BLANKS}'),"
        f" '^([{STARTS.replace('-', '')}-])', '''\\1'), '')"
    )


class Labelled(Func):
    """The word of a code, the code being worked out once; nothing for an unknown one."""

    output_field = CharField()
    template = "(%(expressions)s)"
    arg_joiner = "::jsonb ->> "

    def __init__(self, code: str, choices: Iterable[tuple[str, object]]):
        labels = {value: str(label) for value, label in choices}
        super().__init__(Value(json.dumps(labels)), code)


class Phone(Func):
    """A phone number as French people write it, « 06 39 98 12 34 »; others start with 00.

    A sheet keeps it whole: with its spaces it is not a number, and no sign comes first.
    """

    output_field = CharField()
    template = (
        r"nullif(regexp_replace(regexp_replace(%(expressions)s, '^\+33(\d)', '0\1'),"
        r" '^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$', '\1 \2 \3 \4 \5'), '')"
    )

    def as_sql(self, compiler, connection, **context):
        sql, params = super().as_sql(compiler, connection, **context)
        return rf"regexp_replace({sql}, '^\+', '00 ')", params


def download(rows: QuerySet, head: list[str], *, name: str, excel: bool) -> StreamingHttpResponse:
    """Stream a table as a file.

    Parameters: `rows`, a `values_list` queryset; `head`, the first line, one word a column; `name`,
    of the file, without `.csv`; `excel`, as `copied`.
    """
    answer = StreamingHttpResponse(
        copied(rows, head, excel=excel), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def copied(rows: QuerySet, head: list[str], *, excel: bool) -> Iterator[bytes]:
    """The file in blocks; the scope in force when each is asked must be that of the reader.

    Parameters: `rows` and `head`, as `download`; `excel`, semicolons and a mark of order, as the
    French Excel opens, else commas. Returns: blocks of `BLOCK` bytes or so, in UTF-8.
    """
    sign = ";" if excel else ","
    line = io.StringIO(BOM if excel else "", newline="")
    line.seek(0, io.SEEK_END)
    csv.writer(line, delimiter=sign, lineterminator="\n").writerow(head)
    block = bytearray(line.getvalue().encode())
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        statement = cursor.mogrify(
            f"copy ({sql}) to stdout (format csv, delimiter '{sign}')", params
        )
        with cursor.copy(statement) as lines:
            for each in lines:
                block += each
                if len(block) >= BLOCK:
                    yield bytes(block)
                    block.clear()
    yield bytes(block)
