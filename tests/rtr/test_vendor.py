"""What we carry of others is what we say it is."""

import hashlib
import re
import tomllib

import pytest
from django.conf import settings

VENDOR = settings.BASE_DIR / "static" / "vendor"
VENDORED = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["vendored"]
ids = [each["name"] for each in VENDORED]


@pytest.mark.parametrize("each", VENDORED, ids=ids)
def test_the_file_has_the_hash_that_was_noted(each):
    content = (VENDOR / each["file"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == each["sha256"]
    if source := each.get("source"):
        written = (VENDOR / source).read_bytes()
        assert hashlib.sha256(written).hexdigest() == each["source_sha256"]


@pytest.mark.parametrize("each", VENDORED, ids=ids)
def test_the_licence_travels_with_the_file(each):
    assert each["licence"] in {"MIT", "0BSD", "OFL-1.1"}
    assert (VENDOR / each["licence_file"]).read_text(encoding="utf-8").strip()


def test_nothing_else_is_carried():
    known = {
        (VENDOR / each[key]).resolve()
        for each in VENDORED
        for key in ("file", "licence_file", "source")
        if key in each
    }
    known.add(VENDOR / "VENDOR.toml")

    found = {path for path in VENDOR.rglob("*") if path.is_file()}

    assert found <= known, found - known


def test_the_stylesheet_names_no_map_and_no_address():
    css = (VENDOR / "bootstrap-5.3.9" / "bootstrap.css").read_text(encoding="utf-8")

    assert "sourceMappingURL" not in css
    assert "@import" not in css


def test_every_class_of_the_templates_has_a_style():
    """The part of Bootstrap that we carry is the one that our pages use."""
    styles = [*VENDOR.glob("bootstrap-*/bootstrap.css"), *VENDOR.parent.glob("css/*.css")]
    known = {
        name
        for path in styles
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", path.read_text(encoding="utf-8"))
    }
    used = {
        name
        for path in settings.BASE_DIR.glob("templates/**/*.html")
        for classes in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.sub(r"\{[{%].*?[}%]\}", " ", classes).split()
    }

    assert used - known == set()
