"""Every answer carries its headers, and nothing in a page needs an exception to them.

`lacking` and `exceptions` are asked of every address by test_access_matrix.py.
"""

import os
import re
import secrets
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from tests.security.visits import patterns

# What a page would need `unsafe-inline` or `unsafe-eval` for.
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:"
    r"|<script(?![^>]*\s(?:src=|type=\"application/json\"))[^>]*>",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)


def policy(response) -> dict[str, list[str]]:
    found = response.headers["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (part.split() for part in found if part.strip())}


def lacking(found, role) -> list[str]:
    headers, csp = found.response.headers, policy(found.response)
    wrong = [f"{name}: {values}" for name, values in csp.items() if "'unsafe" in str(values)]
    if csp["default-src"] != ["'none'"] and "sandbox" not in csp:
        wrong.append("default-src is not closed")
    if csp.get("frame-ancestors", ["'none'"]) != ["'none'"]:
        wrong.append("may be framed")
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    wrong += [
        f"{name} is {headers.get(name)}" for name in expected if headers.get(name) != expected[name]
    ]
    # A script is the same for everybody; so is a document open to every site.
    is_script = headers.get("Content-Type", "").startswith("text/javascript")
    for_all = is_script or headers.get("Access-Control-Allow-Origin") == "*"
    if role != "anonymous" and not for_all and "no-store" not in headers.get("Cache-Control", ""):
        wrong.append("may stay in a cache")
    return wrong


def exceptions(found) -> list[str]:
    """What in a page would need the policy to be opened."""
    if "text/html" not in found.response.headers.get("Content-Type", ""):
        return []
    return [f"has {m[0]}" for m in (*INLINE.finditer(found.body), *OUTSIDE.finditer(found.body))]


def test_a_lacking_header_would_be_seen():
    """The control of what the matrix asks of every answer."""
    bare = HttpResponse("<p style='x'>", headers={"Content-Security-Policy": "default-src *"})
    found = SimpleNamespace(response=bare, body=bare.content.decode())

    assert len(lacking(found, "coordinator")) == 6
    assert exceptions(found) == ["has  style="]


@pytest.mark.parametrize(
    "written",
    [
        '<p style="color: red">',
        '<a onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        "<style>p {}</style>",
    ],
)
def test_an_exception_would_be_seen(written):
    """The control of the expression above."""
    assert INLINE.search(written)
    assert not INLINE.search('<script src="/static/js/rtr.js" defer></script> une phrase on = "a"')
    assert not INLINE.search('<script id="mots" type="application/json">{}</script>')  # data


def refused(request):
    raise PermissionDenied


def broken(request):
    raise ZeroDivisionError


@pytest.mark.parametrize(("view", "status"), [(refused, 403), (broken, 500), (None, 404)])
def test_error_pages_carry_them_too(view, status, client, monkeypatch, db):
    client.raise_request_exception = False
    alive = next(pattern for pattern in patterns() if pattern.name == "alive")
    if view:
        monkeypatch.setattr(alive, "callback", view)

    response = client.get("/sante/vif" if view else "/nulle-part/")

    found = SimpleNamespace(response=response)
    assert response.status_code == status
    assert lacking(found, "anonymous") == []
    assert not INLINE.search(response.content.decode())


def test_settings_of_a_real_server_pass_the_deployment_checks():
    environment = {
        "PATH": os.environ["PATH"],
        "SITE_URL": "https://rtr.example",
        "ALLOWED_HOSTS": "rtr.example",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
