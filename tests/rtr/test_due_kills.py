"""Workers killed at random: nothing lost, nothing doubled; what nobody can know is said."""

import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from journeys.messages.models import OutboundMessage
from rtr.due import Status
from tests.figures import count, figure

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]

KILLS = count(15, full=300)
ROWS = count(200, full=4000)


@pytest.fixture
def killed_at_work(caen, everywhere, child_environment, tmp_path, monkeypatch):
    """Runs all rows with workers killed at random; returns the rows, and what was sent."""

    def run(kind: str):
        fields = {"territory": caen, "to": "nadia@exemple.fr", "body": "…"}
        OutboundMessage.objects.bulk_create([OutboundMessage(**fields) for _ in range(ROWS)])
        sent = tmp_path / "sent"
        command = [sys.executable, "-m", "tests.rtr.due_worker", kind, str(sent), str(KILLS)]
        environment = child_environment | {"DJANGO_SETTINGS_MODULE": "rtr.settings"}
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
        put_off = OutboundMessage.objects.filter(cause="", status=Status.DUE)
        while put_off.update(due_at="2026-01-01T00:00Z"):
            subprocess.run([*command[:-1], "0"], cwd=settings.BASE_DIR, env=environment, check=True)
        rows = OutboundMessage.objects.filter(cause="")
        lines = sent.read_text().split() if sent.exists() else []
        return rows, Counter(lines)

    return run


def test_effect_in_our_database_is_neither_lost_nor_doubled(killed_at_work):
    rows, _sent = killed_at_work("inside")

    copies = Counter(OutboundMessage.objects.exclude(cause="").values_list("cause", flat=True))
    assert set(rows.values_list("status", flat=True)) == {Status.DONE}
    assert copies == Counter(str(row.uuid) for row in rows)
    figure("workers tués, effet interne", KILLS, f"{ROWS} lignes, 0 perdue, 0 doublée")


def test_message_is_uncertain_rather_than_sent_twice(killed_at_work):
    rows, sent = killed_at_work("mute")

    states = Counter(rows.values_list("status", flat=True))
    done = {str(row.uuid) for row in rows if row.status == Status.DONE}
    assert set(sent.values()) == {1}
    assert done <= set(sent)
    assert states[Status.DONE] + states[Status.UNCERTAIN] == ROWS
    uncertain = states[Status.UNCERTAIN]
    figure("workers tués, envoi sans accusé", KILLS, f"0 doublé, {uncertain} incertains")


def test_message_is_sent_once_where_the_provider_can_tell(killed_at_work):
    rows, sent = killed_at_work("asked")

    assert set(rows.values_list("status", flat=True)) == {Status.DONE}
    assert sent == Counter(str(row.uuid) for row in rows)
    figure("workers tués, envoi vérifiable", KILLS, f"{ROWS} envois, 0 perdu, 0 doublé")


def test_control_resending_what_has_no_answer_doubles_it(killed_at_work):
    _rows, sent = killed_at_work("naive")

    doubled = sum(1 for times in sent.values() if times > 1)
    assert doubled > 0
    figure("témoin : renvoi sans réponse", KILLS, f"{doubled} doublés")
