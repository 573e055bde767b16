"""Makes the style and the icons of the person's pages out of everybody's: `manage.py portal_look`.

Rules and icons are written once (static/css/rtr.css, Bootstrap, static/img/icons.svg); a phone
receives those that its pages may use. A rule is kept when the words of its selector are found in
the templates, code or scripts of these pages: too many rather than too few. `--check` writes
nothing and fails when a file would change.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rtr.lib.pictograms import ALL, PORTAL, names_in

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"
BOOTSTRAP = "vendor/bootstrap-5.3.9/bootstrap"
FRAME = "layouts/portal.html"
# Beside what extends the frame: fields of forms, drawn without being included by name.
OTHERS = ("components/_field.html", "components/_form.html", "django/")
CODE = [
    "rtr/templatetags/*.py",
    "rtr/lib/forms.py",
    "rtr/lib/told.py",
    "journeys/templatetags/*.py",
    "journeys/portal/**/*.py",
    "journeys/aids/saying.py",
    "journeys/activities/pictograms.py",
    "journeys/collective/enums.py",
    "journeys/experiences/*.py",
    "journeys/frames/reading.py",
    "journeys/appointments/saying.py",
    "journeys/rights/actions/consenting.py",
]
SCRIPTS = ["rtr", "listen", "idle", "tell", "papers", "offline"]
TOLD = "/* Made by `manage.py portal_look` from everybody's: do not write here. */\n"


class Command(BaseCommand):
    requires_system_checks: list = []  # it reads files only
    help = "Refait le style et les icônes des pages des participants."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        for name, text in made().items():
            path = STATIC / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            if check:
                raise CommandError(f"{name} : lancez « manage.py portal_look ».")
            path.write_text(text, encoding="utf-8")


def made() -> dict[str, str]:
    """Each file, by its name under `static`."""
    shown = [path.read_text(encoding="utf-8") for path in pages()]
    written = [path.read_text(encoding="utf-8") for path in code()]
    scripts = [path.read_text(encoding="utf-8") for path in _scripts()]
    words = set(re.findall(r"[\w-]+", " ".join(_classes_in([*shown, *written, *scripts]))))
    common = kept(_style("css/rtr"), words) + f"@media print{{{kept(_style('css/print'), words)}}}"
    return {
        "css/portal.css": TOLD + kept(_style(BOOTSTRAP), words) + common + "\n",
        "css/portal.rtl.css": TOLD + kept(_style(f"{BOOTSTRAP}.rtl"), words) + common + "\n",
        PORTAL: icons([*shown, *written]),
    }


# -- What the pages are made of --------------------------------------------------------------------


def pages() -> list[Path]:
    """Templates that extend the frame, however far, and all that they include."""
    sources = {
        str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8")
        for path in TEMPLATES.rglob("*.html")
    }
    framed, before = {FRAME}, 0
    while len(framed) > before:
        before = len(framed)
        framed |= {name for name in sources if framed & set(_extended(sources[name]))}
    found = framed | {name for name in sources if name.startswith(OTHERS)}
    before = 0
    while len(found) > before:
        before = len(found)
        for name in found & set(sources):
            found |= set(re.findall(r'{% (?:include|extends) "([^"]+)"', sources[name]))
    return [TEMPLATES / name for name in sorted(found & set(sources))]


def _extended(source: str) -> list[str]:
    """The frames a template may have: `{% extends is_person|yesno:"one,other" %}` has two; one that
    the view chooses may be the person's."""
    if re.search(r"{% extends \w+ %}", source):
        return [FRAME]
    named = re.findall(r'{% extends [^"]*"([^"]+)"', source)
    return named[0].split(",") if named else []


def code() -> list[Path]:
    return sorted({path for glob in CODE for path in settings.BASE_DIR.glob(glob)})


def icons(sources: list[str]) -> str:
    """The symbols named by the pages or by their code, as everybody's drawing has them."""
    named = set(re.findall(r"""["']([a-z0-9-]+)["']""", "\n".join(sources))) & names_in(ALL)
    symbols = re.findall(r'(<symbol id="([\w-]+)".*?</symbol>)', _read(ALL), re.DOTALL)
    kept_ones = "\n".join(symbol for symbol, name in symbols if name in named)
    head = _read(ALL).split("<symbol", 1)[0]
    return f"{head}{kept_ones}\n</svg>\n"


def _scripts() -> list[Path]:
    return [STATIC / "js" / f"{name}.js" for name in SCRIPTS]


def _classes_in(sources: list[str]) -> Iterator[str]:
    """What may name a class: attributes, blocks of layouts, whatever stands between quotes in code
    or in a tag."""
    for source in sources:
        yield from re.findall(r'class="((?:\{[{%].*?[%}]\}|[^"])*)"', source)
        yield from re.findall(r"{% block \w+_class %}(.*?){% endblock", source)
        yield from re.findall(r"""["'`]([^"'`\n]*)["'`]""", re.sub(r'"""', "", source))


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _style(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", _read(f"{name}.css").lstrip("\ufeff"), flags=re.DOTALL)


# -- Rules -----------------------------------------------------------------------------------------

STRING = r'"(?:[^"\\]|\\.)*"'
PIECE = re.compile(rf"(?:[^{{}};\"]|{STRING})+|[{{}};]")


def rules(css: str) -> Iterator[tuple[str, str]]:
    """(what stands before the brace, what it holds), at the first level; a line without a brace
    holds nothing."""
    depth, head, inside = 0, "", ""
    for piece in PIECE.findall(css):
        if piece == "{":
            depth += 1
            inside += piece if depth > 1 else ""
        elif piece == "}":
            depth -= 1
            if depth == 0:
                yield head.strip(), inside
                head, inside = "", ""
            else:
                inside += piece
        elif depth:
            inside += piece
        elif piece != ";":
            head = piece


def kept(css: str, words: set[str]) -> str:
    """The rules that may serve, without spaces."""
    found = []
    for head, inside in rules(css):
        if head.startswith(("@media", "@container", "@supports")):
            body = kept(inside, words)
        elif not head.startswith("@"):
            head, body = _served(head, words), _close(inside)
        else:
            body = _close(inside)
        if head and body:
            found.append(f"{_close(head)}{{{body}}}")
    return "".join(found)


def _served(head: str, words: set[str]) -> str:
    """The selectors of a rule whose every class is a word of the pages."""
    selectors = re.split(r",(?![^()]*\))", head)
    return ",".join(one.strip() for one in selectors if _classes(one) <= words)


def _classes(selector: str) -> set[str]:
    return set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", re.sub(r":not\([^)]*\)", "", selector)))


def _close(text: str) -> str:
    text = re.sub(r"\s+", " ", text.strip())
    text = re.sub(r"\s*([{};])\s*|(?<=[:;,]) ", lambda found: found[1] or "", text)
    return text.removesuffix(";")
