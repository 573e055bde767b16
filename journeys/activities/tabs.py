"""The tabs of « Activités »: those the person may open; later chapters add theirs by name."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rtr.access import ACCESS

# The page, its word.
TABS = [
    ("agenda", _("Agenda")),
    ("activities", _("Activités")),
    ("registers", _("Registres")),
    ("statements", _("Relevés d’heures")),
    ("frames_team", _("Immersions et AFEST")),
    ("collective_actions", _("Actions collectives")),
    ("productions", _("Productions")),
    ("pairs", _("Binômes")),
]


def tabs_for(request: HttpRequest) -> list[SimpleNamespace]:
    """For `components/_tabs.html`; the current one is the longest address the page is under."""
    urls = {name: reverse(name) for name, _label in TABS}
    under = [url for url in urls.values() if request.path.startswith(url)]
    here = max(under, key=len, default=urls["activities"])
    return [
        SimpleNamespace(url=urls[name], label=label, current=urls[name] == here)
        for name, label in TABS
        if request.user.may(ACCESS[name])
    ]


def part(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page under the tabs: its template extends journeys/activities/layout.html."""
    return render(request, template, context | {"tabs": tabs_for(request)}, status=status)
