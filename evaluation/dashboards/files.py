"""The dashboard's figures as one long table, in two writings of the same rows."""

import csv
import io
from collections.abc import Iterator

from evaluation.dashboards import words
from evaluation.dashboards.board import Board, Part
from rtr.lib.sheets import BOM, harmless

HEADS = [
    "programme",
    "arrete_au",
    "dimension",
    "modalite",
    "libelle",
    "classe",
    "territoire",
    "valeur",
    "secret",
    "definition",
]
EVERYWHERE = "ensemble"


def rows(board: Board) -> Iterator[list[str]]:
    """One row per thing counted and territory; « ensemble » is the sum of those of the page."""
    for dimension, part in board.parts():
        for row in part.rows:
            if dimension == "parcours" or part.protected.table.parents[row]:
                yield from _rows_of(board, dimension, part, row)


def _rows_of(board: Board, dimension: str, part: Part, row: str) -> Iterator[list[str]]:
    above = part.protected.table.parents[row] or ""
    start = [board.programme.slug, board.on.isoformat(), dimension, row, words.label(row)]
    start.append(above if above in words.CLASSES else "")
    found = [(place.slug, part.at(row, str(place.pk))) for place in board.places]
    found += [(EVERYWHERE, part.all(row))] if len(found) > 1 else []
    for place, people in found:
        hidden = people is None
        value = "" if hidden else str(people)
        secret = "oui" if hidden else "non"
        yield [*start, place, value, secret, words.definition(board.programme, dimension, row)]


def written(board: Board, *, excel: bool) -> bytes:
    """The table in UTF-8: RFC 4180 (comma), or as a French Excel opens it (BOM, semicolon).

    Nothing in it was typed about a person, and no cell is one that a spreadsheet would run.
    """
    out = io.StringIO(BOM if excel else "", newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows(board):
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode()
