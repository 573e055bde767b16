"""Text messages and workers killed at random: none lost, none doubled, none silent.

The provider is a process of its own that speaks as OVH does, and writes a line for each message
that truly leaves. 500 messages and 25 kills under `make trials`, fewer under `make test`.
"""

import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from journeys.messages.models import OutboundMessage
from journeys.messages.providers.ovh import tag
from rtr.due import Status
from tests.figures import count, figure
from tests.journeys.sms import PHONE
from tests.trials.conftest import speaking_to

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]

KILLS = count(10, full=25)
ROWS = count(120, full=500)


@pytest.fixture
def killed_at_work(caen, everywhere, child_environment, provider, tmp_path):
    """Sends all messages with workers killed at random; returns the rows, and what left."""

    def run(kind: str, answers_as: str):
        url, left = provider(answers_as)
        # Awaited, so that a trial at night sends them too.
        fields = {"territory": caen, "channel": "sms", "to": PHONE, "is_awaited": True}
        OutboundMessage.objects.bulk_create(
            [OutboundMessage(**fields, body=f"Message {n}") for n in range(ROWS)]
        )
        command = [sys.executable, "-m", "tests.rtr.due_worker", kind, str(tmp_path / "unused")]
        environment = child_environment | speaking_to(url)
        environment |= {"DJANGO_SETTINGS_MODULE": "rtr.settings"}
        at = {"cwd": settings.BASE_DIR, "env": environment, "check": True}
        subprocess.run([*command, str(KILLS)], **at)
        waiting = OutboundMessage.objects.filter(status__in=[Status.DUE, Status.LEASED])
        while waiting.exists():
            waiting.filter(status=Status.DUE).update(due_at="2026-01-01T00:00Z")
            waiting.filter(status=Status.LEASED).update(lease_until="2026-01-01T00:00Z")
            subprocess.run([*command, "0"], **at)
        return list(OutboundMessage.objects.all()), Counter(left.read_text().split())

    return run


def test_provider_that_deduplicates_loses_and_doubles_nothing(killed_at_work):
    rows, left = killed_at_work("sms", "ovh")

    assert {row.status for row in rows} == {Status.DONE}
    assert left == Counter(tag(row) for row in rows)
    figure(
        "SMS, workers tués, fournisseur qui dédoublonne", KILLS, f"{ROWS} SMS, 0 perdu, 0 doublé"
    )


def test_provider_that_cannot_tell_doubles_nothing_and_doubt_is_said(killed_at_work):
    rows, left = killed_at_work("sms_mute", "ovh_mute")

    states = Counter(row.status for row in rows)
    uncertain = states[Status.UNCERTAIN]
    assert set(left.values()) == {1}
    assert {tag(row) for row in rows if row.status == Status.DONE} <= set(left)
    assert states[Status.DONE] + uncertain == ROWS, "none silent: each left, or is said uncertain"
    assert uncertain
    figure("SMS, workers tués, fournisseur muet", KILLS, f"0 doublé, {uncertain} incertains")


def test_control_naive_resending_doubles(killed_at_work):
    _rows, left = killed_at_work("sms_naive", "ovh_mute")

    doubled = sum(1 for times in left.values() if times > 1)
    assert doubled
    figure("témoin : SMS renvoyés sans réponse", KILLS, f"{doubled} doublés")
