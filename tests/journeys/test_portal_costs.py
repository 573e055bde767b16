"""What each page of the person costs the database: twelve queries at most, for a full file."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from rtr.access import ACCESS, PARTICIPANT
from tests.figures import figure
from tests.security.visits import Visitor, visits
from tests.security.world import cast, world  # noqa: F401 (fixtures)

MOST = 12
BRACKETS = re.compile(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b")  # they ask for nothing
# The copy of a file reads every table about the person, once each.
WHOLE = {"portal_copy_read"}


def read(client, url: str) -> int:
    """The page, and whole the file that it hands over; its status."""
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
        for close in answer._resource_closers:
            close()
    return answer.status_code


def costs(world) -> dict[str, int]:  # noqa: F811
    """Every page of somebody of whom there is a row of everything, each read a second time: the
    first one keeps their language in the session."""
    visitor, found = Visitor(world.people["mine"].participant.user), {}
    for visit in visits(world):
        if ACCESS.get(visit.name) != PARTICIPANT or visit.target not in ("mine", "-"):
            continue
        if read(visitor.client, visit.url) == 200:
            with CaptureQueriesContext(connection) as queries:
                read(visitor.client, visit.url)
            asked = [one["sql"] for one in queries if not BRACKETS.match(one["sql"])]
            found[visit.name] = len(asked)
    return found


def test_a_page_costs_twelve_queries_at_most(world):  # noqa: F811
    found = costs(world)
    pages = {name: count for name, count in found.items() if name not in WHOLE}

    figure("requêtes d’une page de la personne", max(pages.values()), f"{len(pages)} pages")
    assert len(pages) > 45 and WHOLE <= set(found)
    assert {name: count for name, count in pages.items() if count > MOST} == {}
