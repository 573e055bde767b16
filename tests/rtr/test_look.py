"""The look held by arithmetic and by reading: colours, sizes, what no template may contain."""

import re
from html.parser import HTMLParser
from itertools import product

import pytest
from django.conf import settings
from django.template.loader import get_template

from rtr.lib.pictograms import ALL, names_in

CSS = (settings.BASE_DIR / "static" / "css" / "rtr.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
ROOT, AFTER_ROOT = RULES.split("}", 1)
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", ROOT))
TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
names = [str(path.relative_to(TEMPLATES)) for path in PAGES]

TINTS = ["primary-tint", "success-tint", "warning-tint", "danger-tint", "sand", "hover"]
TEXTS = [
    *product(["ink", "ink-2"], ["paper", "card", *TINTS]),
    *product(["primary"], ["paper", "card", "hover", "primary-tint", "success-tint"]),
    *product(["primary-dark"], ["paper", "card", "primary-tint"]),
    *product(["danger"], ["paper", "card", "danger-tint"]),
    ("success-dark", "success-tint"),
    ("warning-dark", "warning-tint"),
    *product(["card"], ["primary", "primary-dark", "danger", "danger-dark"]),
]
MARKS = [
    *product(["accent", "line-strong"], ["paper", "card", "primary-tint"]),
    *product(["reperage", "mobilisation", "insertion"], ["paper", "card", "hover"]),
    *product(["success", "warning", "danger", "primary"], ["card", "paper"]),
    ("success", "success-tint"),
    ("warning", "warning-tint"),
    ("danger", "danger-tint"),
]


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    figures = colour.lstrip("#")
    figures = figures if len(figures) == 6 else "".join(2 * figure for figure in figures)
    parts = [int(figures[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# -- The stylesheet ------------------------------------------------------------------------------


def test_contrast_is_computed_the_way_of_wcag():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXTS, ids="-on-".join)
def test_text_can_be_read(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), MARKS, ids="-on-".join)
def test_marks_can_be_seen(mark, ground):
    assert contrast(TOKENS[mark], TOKENS[ground]) >= 3


def test_every_colour_is_a_token():
    assert re.findall(r"#[0-9a-f]{3,6}\b|\brgb\(", AFTER_ROOT) == []


def test_apricot_is_never_text():
    assert not re.search(r"(?<![\w-])color: var\(--accent\)", RULES)


def test_there_are_three_sizes_and_two_weights():
    sizes = set(re.findall(r"font-size: ([^;]+);", AFTER_ROOT))
    weights = set(re.findall(r"font-weight: ([^;]+);", AFTER_ROOT))

    assert sizes == {"var(--s)", "var(--m)", "var(--l)", "112.5%"}  # the last: the portal's root
    assert weights == {"400", "var(--bold)"}


def test_properties_are_logical_so_that_arabic_turns():
    physical = r"(?<![\w-])(left|right|(margin|padding|border)-(left|right)|float: (left|right)):"

    assert re.findall(physical, RULES) == []
    assert "text-align: left" not in RULES and "text-align: right" not in RULES


# -- The templates -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_every_template_compiles(path):
    get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_no_template_carries_style_or_script(path):
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"<style\b", source)
    assert not re.search(r"<[^>{]*\s(style|on[a-z]+)\s*=", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"(src|href)=\"(https?:)?//", source)
    assert "|safe" not in source


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_a_template_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 120


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_every_icon_named_is_drawn(path):
    source = path.read_text(encoding="utf-8")
    named = set(re.findall(r"""(?:icon|icon_name=|medal) ?["']([\w-]+)["']""", source))

    assert named <= names_in(ALL)


# -- The words -----------------------------------------------------------------------------------

SAID = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
NEEDS_NO_TRANSLATION = {"RTR", "– RTR"}
CLASSES = re.compile(r"{% block (?:\w+_class|robots) %}.*?{% endblock %}", re.S)
BLOCK = re.compile(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.S)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.S)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.S)


class Words(HTMLParser):
    """The words of a template that no translation tag holds."""

    def __init__(self, source):
        super().__init__()
        self.found = []
        for pattern in (COMMENT, CLASSES, BLOCK, CODE):
            source = pattern.sub("", source)
        self.feed(source)

    def handle_data(self, data):
        self._note(data)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in SAID:
                self._note(value or "")

    def _note(self, text):
        text = " ".join(text.split())
        if re.search(r"[^\W\d_]{2,}", text) and text not in NEEDS_NO_TRANSLATION:
            self.found.append(text)


def test_the_reader_of_words_sees_what_is_not_translated():
    source = '<p title="Un titre">Bonjour {{ name }}</p>{% translate "Dit" %}{# Rien #}'

    assert Words(source).found == ["Un titre", "Bonjour"]


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_every_word_of_a_template_can_be_translated(path):
    assert Words(path.read_text(encoding="utf-8")).found == []
