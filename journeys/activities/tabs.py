"""The tabs of « Activités »: those the person may open; later chapters add theirs by name."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rtr.access import ACCESS

# The page, its word, and the pages under the same word.
TABS = [
    ("agenda", _("Agenda"), []),
    ("activities", _("Activités"), []),
    ("registers", _("Registres"), [("statements", _("Relevés d’heures"))]),
    ("frames_team", _("Immersions"), []),
    (
        "collective_actions",
        _("Groupes"),
        [("productions", _("Productions")), ("pairs", _("Binômes"))],
    ),
]


def tabs_for(request: HttpRequest) -> list[SimpleNamespace]:
    """For `components/_tabs.html`; the current one is the longest address the page is under."""
    names = [name for first, _word, below in TABS for name in (first, *dict(below))]
    urls = {name: reverse(name) for name in names if request.user.may(ACCESS[name])}
    under = [url for url in urls.values() if request.path.startswith(url)]
    here = max(under, key=len, default=urls.get("activities"))
    return [
        tab
        for first, word, below in TABS
        if (tab := _tab(first, word, below, urls=urls, here=here))
    ]


def _tab(first: str, word: str, below: list, *, urls: dict, here: str) -> SimpleNamespace | None:
    """One word, and what is under it once one is there; nothing when none of it may be opened."""
    pages = [(urls[name], label) for name, label in [(first, word), *below] if name in urls]
    if not pages:
        return None
    current = here in dict(pages)
    parts = [SimpleNamespace(url=url, label=label, current=url == here) for url, label in pages]
    return SimpleNamespace(
        url=pages[0][0],
        label=word,
        current=current,
        parts=parts if current and len(parts) > 1 else [],
    )


def part(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page under the tabs: its template extends journeys/activities/layout.html."""
    return render(request, template, context | {"tabs": tabs_for(request)}, status=status)
