"""Workers that are killed at random: `python -m tests.rtr.due_worker KIND SENT KILLS`.

The provider is a file of uuids, SENT: one line is one message that left. A worker is forked,
killed by SIGKILL some hundredths of a second later, and replaced; the last one ends in peace.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

LEASE = timedelta(seconds=0.3)


def main(name: str, sent: Path, kills: int) -> None:
    django.setup()
    from journeys.messages.models import OutboundMessage
    from rtr import due

    due.register(OutboundMessage, kind_named(name, sent))
    for _ in range(kills):
        worker = os.fork()
        if not worker:
            work()
        time.sleep(random.uniform(0.02, 0.15))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    time.sleep(LEASE.total_seconds())
    due.run_due("journeys.outboundmessage")


def work() -> None:
    from rtr import due

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

    return {
        "inside": Inside(copy),
        "mute": Outside(send, lease=LEASE),
        "asked": Outside(send, ask=ask, lease=LEASE),
        "naive": Outside(send, ask=believe_it_failed, lease=LEASE),
    }[name]


def hesitate() -> None:
    time.sleep(random.uniform(0, 0.01))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
