"""One gesture for a whole hall: every badge is there at once, and how far they are signed is shown.

500 people under `make trials`, fewer under `make test`.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from badges.models import Credential
from rtr import scope
from rtr.due import run_due
from tests.figures import count, figure
from tests.journeys.experiences import activity_of, session_of
from tests.journeys.recognition import a_badge, given_at
from tests.journeys.test_recognition_sessions import present

pytestmark = pytest.mark.trial
PEOPLE = count(20, full=500)


def test_a_hall_receives_a_badge_in_one_gesture(caen, le_dome, coordinator, signed_in):
    with scope.over([caen.pk]):
        session = session_of(activity_of(caen, le_dome, "Fête du fablab"), days=1)
        badge = a_badge(caen, le_dome)
        present(session, le_dome, PEOPLE, guests=0)
        with CaptureQueriesContext(connection) as asked:
            award = given_at(session, coordinator, badge, range(1, PEOPLE + 1))
        queries = len(asked)
    page = reverse("session_award", args=[session.pk, award.pk])
    client = signed_in(coordinator)

    signed = [said(client, page)]
    with scope.everything("test"):
        for pk in Credential.objects.values_list("pk", flat=True)[: PEOPLE // 2]:
            run_due("badges.credential", pk)
        signed.append(said(client, page))
        run_due("badges.credential")
    signed.append(said(client, page))

    assert signed == [(number, PEOPLE) for number in (0, PEOPLE // 2, PEOPLE)]
    figure("badges d’un seul geste", PEOPLE, f"{queries} requêtes, tous signés")


def said(client, page: str) -> tuple[int, int]:
    """How many are signed, out of how many, as the part of the page that comes back says it."""
    text = client.get(page, headers={"HX-Request": "true"}).content.decode()
    signed, in_all = re.search(r"(\d+) badges? signés? sur (\d+)", text).groups()
    assert ("hx-get" in text) == (signed != in_all)  # asks again until all are
    return int(signed), int(in_all)
