"""Workers that sign badges and are killed: `python -m tests.badges.worker LOG KILLS`.

As tests/rtr/due_worker.py: forked, killed by SIGKILL some hundredths of a second later, replaced;
the last one ends in peace. LOG has a line for each try.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import django

from tests.rtr.due_worker import hesitate


def main(log: Path, kills: int) -> None:
    django.setup()
    from django.db import connection

    from badges.credentials.signing import sign
    from badges.models import Credential
    from rtr import due

    def slowly(credential):
        with log.open("a") as file:
            file.write(f"{credential.pk}\n")
        hesitate()
        again_at = sign(credential)
        hesitate()
        return again_at

    due.register(Credential, due.Inside(slowly))
    due.run_due("badges.credential", pk=-1)  # what a first query loads, before the forks
    connection.close()
    for _ in range(kills):
        worker = os.fork()
        if not worker:
            due.run_due("badges.credential")
            os._exit(0)
        time.sleep(random.uniform(0.05, 0.4))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    due.run_due("badges.credential")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
