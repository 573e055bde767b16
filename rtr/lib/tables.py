"""A table somebody sends as a CSV file: read whole or refused, each fault with its line.

Accepted: UTF-8 with or without its mark, semicolon, comma or tab, quotes, any order of columns.
Nothing is guessed beyond that: a file that is not understood changes nothing.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from rtr.lib.forbidden import forbidden_numbers
from rtr.lib.sheets import harmless
from rtr.lib.words import plain

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 5000
LONGEST = 300  # characters of a cell
MOST_FAULTS = 20  # told at once: the others are likely the same


class Line(NamedTuple):
    number: int  # in the file, as a text editor counts
    cells: dict[str, str]


class Faulty(Exception):
    """Why the file is refused: (line, or 0 for the whole file; what to do), in order."""

    def __init__(self, faults: Iterable[tuple[int, str]]):
        self.faults = sorted(faults)[:MOST_FAULTS]
        super().__init__(self.faults)


def read(data: bytes, columns: list[str], optional: Iterable[str] = ()) -> list[Line]:
    """The lines of a file that has these columns, empty lines left out.

    Parameters: `columns`, their names, without accents; `optional`, those that may be missing.
    Raises Faulty.
    """
    if len(data) > MOST_BYTES:
        raise Faulty([(0, _("Le fichier dépasse 2 Mo : coupez-le en plusieurs."))])
    text = _decoded(data)
    rows = _rows(text)
    head = next(rows, None)
    if head is None:
        raise Faulty([(0, _("Le fichier est vide."))])
    names = _named(head, columns, optional)
    lines, faults = [], []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(lines) == MOST_LINES:
            raise Faulty([(number, _("Le fichier dépasse 5 000 lignes : coupez-le en plusieurs."))])
        faults += _faults(number, cells, names)
        lines.append(Line(number, {n: c.strip() for n, c in zip(names, cells, strict=False)}))
    if faults:
        raise Faulty(faults)
    if not lines:
        raise Faulty([(0, _("Le fichier n’a que la ligne des colonnes."))])
    return lines


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] == b"PK\x03\x04":
        said = _("Ce n’est pas un fichier CSV en UTF-8 : enregistrez-le « CSV UTF-8 ».")
        raise Faulty([(1, said)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        said = _("Une lettre n’est pas en UTF-8 : enregistrez le fichier en « CSV UTF-8 ».")
        raise Faulty([(line, said)]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Faulty(
            [(line, _("Un caractère nul : ce fichier est abîmé, exportez-le de nouveau."))]
        )
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    sign = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = 1
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            said = _("Des guillemets ne se ferment pas, ou la ligne est bien trop longue.")
            raise Faulty([(number, said)]) from None
        yield number, cells


def _named(head: tuple[int, list[str]], columns: list[str], optional: Iterable[str]) -> list[str]:
    names = [plain(cell.strip()).replace(" ", "_").replace("’", "_") for cell in head[1]]
    wanted = [name for name in columns if name not in set(optional)]
    faults = []
    if missing := [name for name in wanted if name not in names]:
        said = _("Il manque la colonne %(names)s. Colonnes attendues : %(all)s.")
        faults.append((1, said % {"names": ", ".join(missing), "all": ", ".join(columns)}))
    elif unknown := [name for name in names if name not in columns]:
        shown = ", ".join(name[:40] or "…" for name in unknown[:5])
        faults.append((1, _("Colonne inconnue : %(names)s. Retirez-la.") % {"names": shown}))
    elif len(set(names)) < len(names):
        faults.append((1, _("Une colonne est là deux fois : gardez-en une.")))
    if faults:
        raise Faulty(faults)
    return names


def _faults(number: int, cells: list[str], names: list[str]) -> Iterator[tuple[int, str]]:
    if len(cells) != len(names):
        said = _("%(found)s cases au lieu de %(wanted)s.")
        yield number, said % {"found": len(cells), "wanted": len(names)}
        return
    for name, cell in zip(names, cells, strict=True):
        if len(cell) > LONGEST:
            yield number, _("%(name)s : plus de 300 caractères.") % {"name": name}
        elif harmless(cell.strip()) != cell.strip() and number_of(cell) is None:
            said = _("%(name)s : un tableur y verrait une formule. Retirez le premier signe.")
            yield number, said % {"name": name}
        elif forbidden_numbers(cell):
            said = _("%(name)s : un numéro de sécurité sociale ou de carte n’a pas sa place ici.")
            yield number, said % {"name": name}


def number_of(cell: str) -> str | None:
    """A number as a person or a tool writes it, « 1 234,5 » or « 1234.5 », for Decimal; or None."""
    text = cell.strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    text = text.replace("−", "-").replace(",", ".", 1)
    digits = text.removeprefix("-").replace(".", "", 1)
    return text if digits.isascii() and digits.isdigit() and len(digits) <= 14 else None
