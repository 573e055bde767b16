"""Badges and workers killed at random: none lost, none signed twice, none half signed."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from badges.credentials.actions import award_many
from badges.credentials.enums import State
from badges.models import Credential
from badges.proofs import integrity, keys
from rtr import scope
from rtr.due import Status
from tests.badges.factories import a_version, an_issuer
from tests.badges.factories import recipients as new_recipients
from tests.figures import count, figure

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]

KILLS = count(8, full=100)
ROWS = count(60, full=500)


def test_badges_awarded_in_one_gesture_are_each_signed_once(
    caen, le_dome, child_environment, tmp_path
):
    with scope.over([caen.pk]):
        people = new_recipients(caen, ROWS)
        award_many(
            recipients=people, version=a_version(caen, le_dome), issuer=an_issuer(le_dome), by=None
        )
    log = tmp_path / "signed"
    command = [sys.executable, "-m", "tests.badges.worker", str(log), str(KILLS)]
    environment = child_environment | {"DJANGO_SETTINGS_MODULE": "rtr.settings"}

    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
    with scope.over([caen.pk]):
        while Credential.objects.filter(status=Status.DUE).update(due_at="2026-01-01T00:00Z"):
            subprocess.run([*command[:-1], "0"], cwd=settings.BASE_DIR, env=environment, check=True)
        rows = list(Credential.objects.select_related("ed_key"))

    assert len(rows) == ROWS
    assert {(one.state, one.status) for one in rows} == {(State.SIGNED, Status.DONE)}
    assert len({json.loads(one.document)["id"] for one in rows}) == ROWS
    assert {one.edition for one in rows} == {1}
    for one in rows:
        public = keys.from_multibase(one.ed_key.public_multibase)
        integrity.verify(json.loads(one.document), public_key=public)
    tries = len(log.read_text().split())
    assert tries >= ROWS
    figure("badges, workers tués", KILLS, f"{ROWS} badges, 0 perdu, 0 doublé, {tries} essais")
