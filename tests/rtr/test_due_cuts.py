"""The database killed, Redis cut, while rows are worked on: nothing lost, nothing doubled."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from journeys.messages.models import OutboundMessage
from rtr import due
from rtr.due import Status
from tests.figures import count, figure
from tests.services import until

pytestmark = pytest.mark.trial

KILLS = count(2, full=60)
ROWS = count(150, full=4000)
CUTS = count(2, full=40)


@pytest.fixture
def database_killed_at_work():
    """Works on a private server that is killed at random; returns the rows' end, and the sent."""
    folder = Path(tempfile.mkdtemp(prefix="rtr-cuts-"))
    folder.chmod(0o755)

    def run(kind: str):
        sent = folder / "sent"
        command = [sys.executable, "-m", "tests.rtr.due_cuts", kind, sent, str(ROWS), str(KILLS)]
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "rtr.settings",
            "RTR_LOCAL_DIR": str(folder / ".local"),
        }
        said = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.PIPE
        ).stdout
        lines = sent.read_text().split() if sent.exists() else []
        return json.loads(said), Counter(lines)

    yield run
    until(lambda: not (folder / ".local/postgres/data/postmaster.pid").exists())
    shutil.rmtree(folder)


def test_killed_database_loses_and_doubles_no_effect(database_killed_at_work):
    end, _sent = database_killed_at_work("inside")

    assert end == {"states": {"done": ROWS}, "most_copies": 1, "copies": ROWS}
    figure("bases tuées, effet interne", KILLS, f"{ROWS} lignes, 0 perdue, 0 doublée")


def test_killed_database_doubles_no_message(database_killed_at_work):
    end, sent = database_killed_at_work("mute")

    uncertain = end["states"].get("uncertain", 0)
    assert end["states"].get("done", 0) + uncertain == ROWS
    assert set(sent.values()) == {1}
    assert len(sent) >= end["states"]["done"]
    figure("bases tuées, envoi sans accusé", KILLS, f"0 doublé, {uncertain} incertains")


@pytest.mark.django_db(transaction=True)
def test_cut_redis_loses_and_doubles_no_message(
    caen, everywhere, redis_server, celery_worker_process, tmp_path
):
    for _ in range(CUTS):
        write(caen, 5)
        redis_server.stop()
        write(caen, 5)
        time.sleep(random.uniform(0, 1))
        redis_server.start()
        due.broker_rests_until = 0.0

    # The worker must have come back by itself: the sweep reaches it through Redis.
    def swept() -> bool:
        due.sweep.apply_async()
        time.sleep(1)
        return not OutboundMessage.objects.exclude(status=Status.DONE).exists()

    until(swept, seconds=60)
    text = "".join(mail.read_text() for mail in (tmp_path / "mail").iterdir())
    sent = Counter(str(row.uuid) in text for row in OutboundMessage.objects.all())
    assert sent == {True: CUTS * 10}
    assert text.count("Message-ID:") == CUTS * 10
    figure("Redis coupé", CUTS, f"{CUTS * 10} messages, 0 perdu, 0 doublé")


def write(territory, number: int) -> None:
    for _ in range(number):
        due.add(OutboundMessage(territory=territory, to="a@exemple.fr", body="…"))
