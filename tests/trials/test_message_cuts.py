"""Text messages while Redis is cut, brought back, or was never there: the acts go on."""

import time
from collections import Counter

import pytest
from django.urls import reverse

from journeys.messages.models import OutboundMessage
from journeys.messages.providers.ovh import tag
from rtr import due
from rtr.due import Status
from tests.figures import count, figure
from tests.journeys.sms import PHONE
from tests.services import until
from tests.trials.conftest import speaking_to

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]

ACTS = count(5, full=40)


@pytest.fixture
def child_environment(child_environment, provider):
    url, left = provider("ovh")
    return child_environment | speaking_to(url) | {"LEFT": str(left)}


@pytest.fixture
def stuck(caen, everywhere):
    """Messages that somebody decides to send again."""
    fields = {"territory": caen, "channel": "sms", "to": PHONE, "is_awaited": True}
    rows = [OutboundMessage(**fields, body="…", status="uncertain") for _ in range(3 * ACTS)]
    return OutboundMessage.objects.bulk_create(rows)


def test_redis_cut_and_brought_back_loses_and_doubles_no_text(
    stuck, signed_in, coordinator, redis_server, celery_worker_process, child_environment
):
    client, slowest = signed_in(coordinator), 0.0
    client.get(reverse("messages_inbox"))  # what the first request of a process loads, once
    for number, message in enumerate(stuck):
        if number == ACTS:
            redis_server.stop()
        if number == 2 * ACTS:
            redis_server.start()
            due.broker_rests_until = 0.0
        started = time.monotonic()
        url = reverse("message_decide", args=[message.pk])
        assert client.post(url, {"decision": "again"}).status_code == 302
        slowest = max(slowest, time.monotonic() - started)

    def swept() -> bool:
        due.sweep.apply_async()
        time.sleep(1)
        return not OutboundMessage.objects.exclude(status=Status.DONE).exists()

    until(swept, seconds=60)
    with open(child_environment["LEFT"]) as file:
        left = Counter(file.read().split())
    assert left == Counter(tag(message) for message in stuck)
    assert slowest < 2
    figure("Redis coupé puis rendu, SMS", len(stuck), f"0 perdu, 0 doublé, {slowest:.2f} s au plus")


def test_without_redis_acts_succeed_and_texts_leave_by_the_sweep(
    stuck, signed_in, coordinator, settings, tmp_path
):
    settings.SMS_PROVIDER, settings.SMS_FILE_PATH = "file", tmp_path / "sms"
    client, slowest = signed_in(coordinator), 0.0
    client.get(reverse("messages_inbox"))
    for message in stuck:
        started = time.monotonic()
        client.post(reverse("message_decide", args=[message.pk]), {"decision": "again"})
        slowest = max(slowest, time.monotonic() - started)

    due.sweep()

    assert {row.status for row in OutboundMessage.objects.all()} == {Status.DONE}
    assert len(list((tmp_path / "sms").glob("*.txt"))) == len(stuck)
    assert slowest < 2
    figure("sans Redis, SMS", len(stuck), f"0 perdu, 0 doublé, {slowest:.2f} s au plus")
