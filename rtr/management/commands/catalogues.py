"""Brings the catalogues of the person's pages up to date: `manage.py catalogues`.

Every sentence of these pages is found again in the code and the templates; each catalogue of
`locale` keeps its translations, takes the new sentences, drops those that are said no more, and is
compiled. `--check` writes nothing: it fails when a file would change or a sentence is not said.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from journeys.portal.languages import CODE, LISTS, NOT_THEIRS, OF_THE_TEAM, TEMPLATES
from rtr.lib.languages import EASY_FRENCH

SAYS = {"_", "_now", "said", "gettext", "gettext_lazy", "gettext_noop"}
COUNTS = {"ngettext", "ngettext_lazy"}
# What Django makes of a template's tags for a reader of Python that skips all the rest.
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(?:_|n?gettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?")


class Command(BaseCommand):
    requires_system_checks: list = []  # it reads sentences, not addresses
    help = "Met à jour les catalogues de traduction des pages des participants."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        sentences, wrong = list(dict.fromkeys(found())), []
        for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
            wrong += bring(path, sentences, check=check)
        if wrong:
            raise CommandError("\n".join(wrong))


def found() -> Iterator[tuple[str, str]]:
    """Sentences of the person's pages, with their plurals or nothing, in the order of the files."""
    for path in _files(TEMPLATES):
        source = path.read_text(encoding="utf-8")
        if not any(f'{{% extends "{frame}"' in source for frame in OF_THE_TEAM):
            yield from said_in_template(source)
    for pattern, names in CODE.items():
        for path in _files([pattern]):
            yield from said_in(path.read_text(encoding="utf-8"), names)
    yield from labels()


def labels() -> Iterator[tuple[str, str]]:
    for each in LISTS:
        for code in each:
            yield code.french.split(" (")[0], ""


def _files(patterns: list[str]) -> Iterator[Path]:
    for pattern in patterns:
        paths = sorted(settings.BASE_DIR.glob(pattern))
        if not paths:
            raise CommandError(f"{pattern} : aucun fichier.")
        yield from (path for path in paths if _name_of(path) not in NOT_THEIRS)


def _name_of(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()


def said_in(source: str, names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Sentences of a Python file, or of the parts of it that are named."""
    tree = ast.parse(source)
    parts = [part for part in ast.walk(tree) if _name(part) in names] if names else [tree]
    if lacking := set(names) - {_name(part) for part in parts}:
        raise CommandError(f"Ce qui est nommé n’existe plus : {', '.join(sorted(lacking))}")
    for part in parts:
        for call in ast.walk(part):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                yield from _said_by(call)


def _name(part: ast.AST) -> str:
    if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
        return part.targets[0].id
    return getattr(part, "name", "")


def _said_by(call: ast.Call) -> Iterator[tuple[str, str]]:
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    if call.func.id in SAYS and texts:
        yield texts[0], ""
    elif call.func.id in COUNTS and len(texts) >= 2:
        yield texts[0], texts[1]


def said_in_template(source: str) -> Iterator[tuple[str, str]]:
    for call in CALL.finditer(templatize(source)):
        one, many = call.groups()
        yield ast.literal_eval(one), ast.literal_eval(many) if many else ""


def _say_as_written(entry: polib.POEntry) -> None:
    """The code is written in easy French: its catalogue says otherwise where it must."""
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr = entry.msgid


def bring(path: Path, sentences: list[tuple[str, str]], *, check: bool) -> list[str]:
    """Rewrite a catalogue with these sentences; returns those it does not say."""
    old = polib.pofile(str(path), wrapwidth=100)
    kept = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.header, new.metadata = old.header, old.metadata
    for one, many in sentences:
        entry = kept.get(one) or polib.POEntry(msgid=one, msgid_plural=many)
        if path.parts[-3] == to_locale(EASY_FRENCH) and not entry.translated():
            _say_as_written(entry)
        new.append(entry)
    binary = path.with_suffix(".mo")
    if not check:
        new.save(str(path))
        new.save_as_mofile(str(binary))
    wrong = [f"{path.parts[-3]} : « {entry.msgid} »" for entry in new if not entry.translated()]
    if check and (str(new) != str(old) or new.to_binary() != binary.read_bytes()):
        wrong.append(f"{path} : lancez « manage.py catalogues ».")
    return wrong
