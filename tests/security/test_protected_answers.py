"""What is shared category by category leaves no trace anywhere else: pages are the same whatever
the answer. Two journeys that differ by one protected answer alone are read side by side, at every
address of the platform, by whoever must not read that answer (rule 20)."""

import difflib
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from journeys.models import Barrier, EntrySituation, Note
from tests.figures import FULL, figure
from tests.security.test_access_matrix import visitor
from tests.security.visits import visits

# A token, and the hour of the journal's lines (the database's clock), change by themselves.
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|name="client_uuid" value="[\w-]+"'
    r"|csrftoken=\w+|nonce-[\w+/=-]+|à\s\d+\sh(\s\d\d)?"
)
OF_NOBODY = ("account_", "contract_verify", "portal_enter", "alive", "ready")


def barrier(world, there: bool):
    rows = Barrier.objects.filter(journey=world.mine.journey)
    rows.update(theme="logement" if there else "mobilite", level="much" if there else "little")


def answer(name, one, other):
    def change(world, there: bool):
        rows = EntrySituation.objects.filter(journey=world.mine.journey)
        rows.update(**{name: one if there else other})

    return change


def note(world, there: bool):
    text = "Une chose" if there else "Une tout autre chose"
    Note.objects.filter(journey=world.mine.journey).update(text=text)


CHANGES = {
    "situation": barrier,
    "resources": answer("resources", "rsa", "salaire"),
    "disability": answer("disability", "yes", "no"),
    "notes": note,
    "employment": answer("employment", "inactif", "emploi"),
    "publics": answer("publics", ["fle"], ["ase"]),
}
PROTECTED = ["situation", "resources", "disability", "notes"]
# Who must not notice. The participant's pages do not show these; the presences and the evaluation
# page show nothing of one person at all.
BLIND = {
    "activity_referent": [*PROTECTED, "employment", "publics"],
    "referent": PROTECTED,  # in the team, without this person's agreement
    "manager": PROTECTED,
    "animator": [*PROTECTED, "employment", "publics"],
    "evaluator": [*PROTECTED, "employment", "publics"],
}


@pytest.fixture(autouse=True)
def the_same_minute():
    with time_machine.travel(timezone.now(), tick=False):
        yield


def addresses(world) -> dict[str, str]:
    """Pages about somebody or about everyone."""
    about = [visit for visit in visits(world) if visit.target in ("mine", "-")]
    return {visit.name: visit.url for visit in about if not visit.name.startswith(OF_NOBODY)}


def read(guest, urls: dict[str, str]) -> dict[str, str]:
    """Those that this person opens."""
    answers = {name: guest.answer("GET", url) for name, url in urls.items()}
    return {name: CHANGING.sub("", it.body) for name, it in answers.items() if it.status == 200}


@pytest.mark.parametrize("role", BLIND)
def test_nothing_anywhere_tells_a_protected_answer(role, world, cast, everywhere):
    """All answers at once, one by one in the trials."""
    guest, differing = visitor(role, world, cast), []
    turns = [[category] for category in BLIND[role]] if FULL else [BLIND[role]]
    change(world, BLIND[role], True)
    first = read(guest, addresses(world))
    urls = {name: url for name, url in addresses(world).items() if name in first}
    for categories in turns:
        change(world, categories, False)
        then = read(guest, urls)
        change(world, categories, True)
        differing += [
            f"{', '.join(categories)} · {name} : {_where(first[name], then.get(name, ''))}"
            for name in urls
            if first[name] != then.get(name)
        ]

    assert urls
    assert not differing, "\n".join(differing)
    pages = len(urls) * len(turns)
    figure(f"pages comparées, {role}", pages, "la même quelle que soit la réponse")


def change(world, categories, there: bool):
    for category in categories:
        CHANGES[category](world, there)


@pytest.mark.parametrize("category", PROTECTED)
def test_who_may_read_it_does_notice(category, world, cast, everywhere):
    """The control: the same comparison sees the coordinator's pages change."""
    guest = visitor("coordinator", world, cast)

    urls = {"situation": reverse("journey_situation", args=[world.mine.journey.pk])}
    CHANGES[category](world, True)
    first = read(guest, urls)
    CHANGES[category](world, False)

    assert first != read(guest, urls)


def _where(first: str, then: str) -> str:
    lines = difflib.unified_diff(first.splitlines(), then.splitlines(), n=0, lineterm="")
    return " / ".join(line.strip() for line in list(lines)[2:8])[:300]
