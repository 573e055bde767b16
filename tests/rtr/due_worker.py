"""Workers that are killed at random: `python -m tests.rtr.due_worker KIND SENT KILLS`.

The provider is a file of uuids, SENT: one line is one message that left. A worker is forked,
killed by SIGKILL some hundredths of a second later, and replaced; the last one ends in peace.
"""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

LEASE = timedelta(seconds=0.3)


def main(name: str, sent: Path, kills: int) -> None:
    django.setup()
    from django.db import connection

    from journeys.messages.models import OutboundMessage
    from rtr import due

    due.register(OutboundMessage, kind_named(name, sent))
    due.run_due("journeys.outboundmessage", pk=-1)  # what a first query loads, before the forks
    connection.close()
    for _ in range(kills):
        started, say = os.pipe()
        worker = os.fork()
        if not worker:
            work(say)
        os.read(started, 1)
        time.sleep(random.uniform(0.02, 0.2))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        os.close(started)
        os.close(say)
    time.sleep(LEASE.total_seconds())
    due.run_due("journeys.outboundmessage")


def work(say: int) -> None:
    from django.db import connection

    from rtr import due

    connection.ensure_connection()
    os.write(say, b"!")  # at work from now on, however slow the machine
    while True:
        due.run_due("journeys.outboundmessage")
        time.sleep(0.01)


def kind_named(name: str, sent: Path):
    from journeys.messages.models import OutboundMessage
    from rtr.due import Inside, NotDone, Outside

    def copy(row) -> None:
        hesitate()
        later = row.due_at + timedelta(days=365)
        fields = {"territory_id": row.territory_id, "to": row.to, "body": row.body}
        OutboundMessage.objects.create(cause=str(row.uuid), due_at=later, **fields)
        hesitate()

    def send(row) -> dict[str, str]:
        hesitate()
        with sent.open("a") as file:
            file.write(f"{row.uuid}\n")
        hesitate()
        return {"receipt": str(row.uuid)}

    def ask(row) -> dict[str, str]:
        if sent.exists() and str(row.uuid) in sent.read_text().split():
            return {"receipt": str(row.uuid)}
        raise NotDone

    def believe_it_failed(row) -> None:
        raise NotDone

    if name.startswith("sms"):
        return text_messages(name, believe_it_failed)
    return {
        "inside": Inside(copy),
        "mute": Outside(send, lease=LEASE),
        "asked": Outside(send, ask=ask, lease=LEASE),
        "naive": Outside(send, ask=believe_it_failed, lease=LEASE),
    }[name]


def text_messages(name: str, believe_it_failed):
    """As they are really sent; by a provider that cannot be asked; and as nobody should."""
    from journeys.messages.models import OutboundMessage
    from journeys.messages.providers.ovh import Ovh
    from rtr import due
    from rtr.lib import web

    # A first call loads much: made here, so that forked workers die sending, not loading.
    web.call("GET", f"{settings.OVH_ENDPOINT}/?tag=none", body=b"", headers={})
    if name == "sms_mute":
        Ovh.ask = None
    _model, kind = due.kinds[OutboundMessage._meta.label_lower]
    if name == "sms_naive":
        return replace(kind, lease=LEASE, ask=believe_it_failed, can_ask=lambda row: True)
    return replace(kind, lease=LEASE)


def hesitate() -> None:
    time.sleep(random.uniform(0, 0.01))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
