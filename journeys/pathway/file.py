"""The frame that every page of somebody's file shares: head, tabs, acts.

A page of another chapter takes it too: `render(request, template, file_context(request, journey,
"contract") | {…})`, with a template that extends journeys/pathway/file.html.
"""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from journeys.pathway.coming import next_step
from journeys.pathway.enums import Phase, Status
from journeys.pathway.menu import menu_of
from journeys.pathway.models import Journey
from journeys.pathway.reading import Reading, reading_of
from journeys.pathway.story import Story, story_of
from rtr.access import ACCESS
from territories.accounts.models import User

TABS = {
    "essential": ("journey", gettext_lazy("L’essentiel")),
    "experiences": ("journey_experiences", gettext_lazy("Expériences")),
    "contract": ("contract", gettext_lazy("Contrat")),
    "badges": ("journey_badges", gettext_lazy("Badges")),
    "ideas": ("ideas", gettext_lazy("Idées")),
    "team": ("journey_team", gettext_lazy("Équipe")),
    "situation": ("journey_situation", gettext_lazy("Situation")),
    "appointments": ("journey_appointments", gettext_lazy("Rendez-vous")),
    "aids": ("journey_aids", gettext_lazy("Aides")),
    "frames": ("frames", gettext_lazy("Immersions")),
    "documents": ("journey_documents", gettext_lazy("Pièces")),
    "history": ("journey_history", gettext_lazy("Histoire")),
}
ASIDE = {"ideas"}  # a tab while one is there; links lead to it
PILLS = {
    Status.BUTINAGE: ("info", "compass"),
    Status.ACTIVE: ("ok", "check-circle"),
    Status.PAUSED: ("warn", "pause-circle"),
    Status.OVERDUE: ("bad", "hourglass-split"),
    Status.LEFT: ("", "door-open"),
}


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    current: bool


def file_context(request: HttpRequest, journey: Journey, tab: str) -> dict:
    story, reading = story_of(journey), reading_of(request.user, journey)
    tone, icon = PILLS[journey.status]
    return {
        "journey": journey,
        "participant": journey.participant,
        "story": story,
        "reading": reading,
        "menu": menu_of(request.user, journey, story, reading, in_place=tab == "essential"),
        "tabs": _tabs(request.user, journey, reading, tab),
        "tab_label": TABS[tab][1],
        "pill": {"tone": tone, "icon": icon, "word": Status(journey.status).label},
        "phases": _phases(story),
        "next_step": next_step(journey, story),
        "age": _age(journey),
        "printed_on": timezone.localdate(),
        "can_suggest": request.user.may("suggestions.read", journey.territory_id),
        "can_act": request.user.may("journeys.act", journey.territory_id),
    }


def _age(journey: Journey) -> int | None:
    born = journey.participant.birth_date
    return relativedelta(timezone.localdate(), born).years if born else None


def _tabs(user: User, journey: Journey, reading: Reading, current: str) -> list[Tab]:
    """A reference of activity reads the path alone: what is closed to them is not offered."""
    closed = () if reading.answers else ("contract", "situation", "documents")
    return [
        Tab(reverse(url_name, args=[journey.pk]), str(label), name == current)
        for name, (url_name, label) in TABS.items()
        if name not in closed
        and (name not in ASIDE or name == current)
        and url_name in ACCESS
        and user.may(ACCESS[url_name], journey.territory_id)
    ]


def _phases(story: Story) -> list[dict]:
    current = story.phase
    return [
        {
            "code": phase.value,
            "since": story.since(phase),
            "step": current.step if phase == current.code else "",
            "current": phase == current.code,
            "ahead": story.since(phase) is None,
        }
        for phase in Phase
    ]
