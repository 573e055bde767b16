"""Workers whose database is killed at random: `python -m tests.rtr.due_cuts KIND SENT ROWS KILLS`.

Runs on a private server of its own (RTR_LOCAL_DIR), and prints what became of the rows as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import django

from tests.rtr.due_worker import kind_named

LABEL = "journeys.outboundmessage"


def main(name: str, sent: Path, rows: int, kills: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from journeys.messages.models import OutboundMessage
    from rtr import due, scope

    call_command("migrate", verbosity=0)
    due.register(OutboundMessage, kind_named(name, sent))
    with scope.everything("trial"):
        write(rows)
        connections.close_all()
        workers = [start_worker() for _ in range(2)]
        for _ in range(kills):
            time.sleep(random.uniform(0.2, 1.5))
            kill_database()
        for worker in workers:
            time.sleep(1)
            os.kill(worker, signal.SIGTERM)
            os.waitpid(worker, 0)
        finish()
        originals = OutboundMessage.objects.filter(cause="")
        copies = OutboundMessage.objects.exclude(cause="").values_list("cause", flat=True)
        print(
            json.dumps(
                {
                    "states": Counter(originals.values_list("status", flat=True)),
                    "most_copies": max(Counter(copies).values(), default=0),
                    "copies": len(copies),
                }
            )
        )


def write(rows: int) -> None:
    from journeys.messages.models import OutboundMessage
    from territories.models import Programme, Territory

    programme = Programme.objects.create(name="Essai", slug="essai")
    territory = Territory.objects.create(
        programme=programme, name="Caen", slug="caen", kind="urban"
    )
    OutboundMessage.objects.bulk_create(
        [OutboundMessage(territory=territory, to="a@exemple.fr", body="…") for _ in range(rows)]
    )


def start_worker() -> int:
    """Works as the sweeper does: an error ends a sweep, never the worker."""
    if worker := os.fork():
        return worker
    from django.db import DatabaseError, InterfaceError, connection

    from rtr import due

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        try:
            due.run_due(LABEL)
        except (DatabaseError, InterfaceError):
            connection.close()
        time.sleep(0.02)


def kill_database() -> None:
    from django.conf import settings

    pid_file = settings.DATABASES["default"]["EMBEDDED"].data / "postmaster.pid"
    try:
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    except (OSError, IndexError):
        pass  # it has not come back yet


def finish() -> None:
    """Run what is left: rows put off are due in minutes, leases end in a moment."""
    from django.db import connection

    from journeys.messages.models import OutboundMessage
    from rtr import due

    connection.close()
    left = OutboundMessage.objects.filter(cause="", status__in=["due", "leased"])
    while left.exists():
        left.filter(status="due").update(due_at="2026-01-01T00:00Z")
        due.run_due(LABEL)
        time.sleep(0.2)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
