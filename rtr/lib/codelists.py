"""Code lists: small CSV files kept beside the app that uses them, read once.

The lists come from funders and statisticians (FSE+ Annex I, ASP, France Travail, data·inclusion);
the `source` column of each file says which. A code never changes meaning; labels are French,
and those that people read on their own pages are in the catalogues of `locale`.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from django.db import models
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Code:
    code: str
    french: str
    row: dict = field(hash=False, compare=False)

    @property
    def label(self) -> str:
        """In the language of the page, for the lists that the catalogues hold."""
        return _(self.french)

    def __getitem__(self, column: str) -> str:
        return self.row[column]

    def is_yes(self, column: str) -> bool:
        return self.row[column] == "yes"


class CodeList:
    """An ordered list of codes with a `code` and a `label_fr` column.

    Parameters: `path`, the CSV file; `keep`, which of its rows belong to this list.
    Raises KeyError for an unknown code, FileNotFoundError when the file is missing.
    """

    def __init__(self, path: Path, keep: Callable[[dict], bool] = lambda row: True):
        self.path, self._keep = path, keep

    @cached_property
    def codes(self) -> dict[str, Code]:
        rows = [row for row in _read(self.path) if self._keep(row)]
        return {row["code"]: Code(row["code"], _written(row["label_fr"]), row) for row in rows}

    def __iter__(self):
        return iter(self.codes.values())

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> Code:
        return self.codes[code]

    def label(self, code: str) -> str:
        """The label, or nothing for an empty code."""
        return self.codes[code].label if code else ""

    def choices(self) -> list[tuple[str, str]]:
        """Pairs for a form field of the team, whose pages are in French."""
        return [(code.code, code.french) for code in self]


def _written(label: str) -> str:
    """The files keep the straight apostrophe of their sources; pages show the curved one."""
    return label.replace("'", "’")


@cache
def _read(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SHORT = 30  # characters, unless the list has longer codes


class CodeField(models.CharField):
    """A code of a list. Migrations do not know the list, so that it can grow without one."""

    def __init__(self, *args, codes: CodeList | None = None, **kwargs):
        kwargs.setdefault("max_length", SHORT)
        if codes is not None:
            kwargs["choices"] = codes.choices
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        if kwargs["max_length"] == SHORT:
            del kwargs["max_length"]
        return name, path, args, kwargs
