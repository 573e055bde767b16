"""What each page of the person costs the database: twelve queries at most, for a full file."""

import gzip
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.portal.actions import give_link
from journeys.portal.entering import OWN
from rtr import scope
from rtr.access import ACCESS, PARTICIPANT
from rtr.lib.light import without_comments
from territories.journal.models import JournalEntry
from tests.figures import figure
from tests.journeys.contracts import frozen
from tests.journeys.factories import join
from tests.journeys.meetings import propose
from tests.journeys.phones import reach
from tests.journeys.recognition import a_badge_of_each_moment
from tests.security.visits import Visitor, visits
from tests.security.world import cast, world  # noqa: F401 (fixtures)

MOST = 12
BRACKETS = re.compile(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b")  # they ask for nothing
# The copy of a file reads every table about the person, once each.
WHOLE = {"portal_copy_read"}
# Not read as they are found in the world: a moment of their own, below.
MOMENTS = {"portal_offline", "portal_consent", "portal_openings"}
MOMENTS |= {"portal_sign_code", "portal_sign_refuse"}
MOMENTS |= {"portal_badge_file", "portal_asked_complete", "portal_support_remove"}
MOMENTS |= {"portal_foreign_image"}
NO_PAGE = {204, 405}  # an act, and nothing to read


def read(client, url: str) -> int:
    """The page, and whole the file that it hands over; its status."""
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
        for close in answer._resource_closers:
            close()
    return answer.status_code


def asked(client, url: str) -> int:
    """What the page asks of the database, read a second time: the first one keeps the language in
    the session."""
    assert read(client, url) == 200, url
    with CaptureQueriesContext(connection) as queries:
        read(client, url)
    return len([one for one in queries if not BRACKETS.match(one["sql"])])


def costs(world) -> dict[str, int]:  # noqa: F811
    """Every page of somebody of whom there is a row of everything; no page, no figure."""
    visitor, found = Visitor(world.people["mine"].participant.user), {}
    for visit in visits(world):
        if ACCESS.get(visit.name) != PARTICIPANT or visit.target not in ("mine", "-"):
            continue
        status = read(visitor.client, visit.url)
        if status == 200:
            found[visit.name] = asked(visitor.client, visit.url)
        else:
            assert status in NO_PAGE or visit.name in MOMENTS, (visit.name, status)
    return found


def test_a_page_costs_twelve_queries_at_most(world):  # noqa: F811
    found = costs(world)
    pages = {name: count for name, count in found.items() if name not in WHOLE}

    figure("requêtes d’une page de la personne", max(pages.values()), f"{len(pages)} pages")
    assert len(pages) > 45 and WHOLE <= set(found) and not MOMENTS & set(found)
    assert {name: count for name, count in pages.items() if count > MOST} == {}


def test_pages_of_a_moment_cost_no_more(client, kiwi, coordinator, referent):
    """A phone of their own, an agreement, the days somebody opened the file, a contract to sign."""
    with scope.over([kiwi.territory_id]):
        join(kiwi, referent)
        propose(kiwi, referent)
        frozen(kiwi, coordinator)
        reach(kiwi)
        told = {"participant_id": kiwi.participant_id, "territory_id": kiwi.territory_id}
        JournalEntry.objects.create(act="opened", actor=coordinator, **told)
        token = give_link(journey=kiwi, by=coordinator)
    client.post(reverse("portal_enter", args=[token]))
    client.post(reverse("portal_phone"), {"own": "yes"})
    client.post(reverse("portal_keep_next"), {"keep": "yes"})
    client.post(reverse("portal_sign_send"))
    about = {"portal_consent": ["messages", 0], "portal_openings": [coordinator.pk]}
    with scope.over([kiwi.territory_id]):
        found = a_badge_of_each_moment(kiwi, coordinator)
    about |= {name: args for name, args in found.items() if name in MOMENTS}

    found = {name: asked(client, reverse(name, args=about.get(name))) for name in MOMENTS}

    assert {name: count for name, count in found.items() if count > MOST} == {}
    figure("requêtes d’une page d’un moment", max(found.values()), f"{len(found)} pages")


# -- Scripts ---------------------------------------------------------------------------------------

LIGHT = 6_000  # bytes, compressed: portal.md, 10
SCRIPT = re.compile(r'<script src="/static/(js/[\w-]+\.js)"')


def weight(name: str) -> int:
    text = (settings.BASE_DIR / "static" / name).read_text(encoding="utf-8")
    return len(gzip.compress(without_comments(text).encode()))


@pytest.mark.parametrize("own", [True, False], ids=["their phone", "a phone of others"])
def test_scripts_of_every_page_stay_light(world, own):  # noqa: F811
    visitor, found = Visitor(world.people["mine"].participant.user), {}
    visitor.client.get(reverse("portal"))
    session = visitor.client.session
    session[OWN] = own
    session.save()
    for visit in visits(world):
        if ACCESS.get(visit.name) == PARTICIPANT and visit.target in ("mine", "-"):
            body = visitor.answer("GET", visit.url).body
            found[visit.name] = sum(weight(name) for name in set(SCRIPT.findall(body)))

    heaviest = max(found, key=found.get)
    whose = "à soi" if own else "partagé"
    figure(f"JavaScript de la page la plus lourde, {whose}", found[heaviest], f"{heaviest}, octets")
    assert found["portal_tell"] > found["portal_team"] > 0
    assert {name: size for name, size in found.items() if size > LIGHT} == {}


def test_a_script_is_lightened_of_comments_and_of_nothing_else():
    written = '/* Head. */\n(() => {\n  // alone\n  const a = "// kept"; // beside\n})();\n'

    assert without_comments(written) == '(() => {\n  const a = "// kept"; // beside\n})();\n'
