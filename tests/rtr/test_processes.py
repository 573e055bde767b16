import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.services import until

PARENT = """
import subprocess, sys, time
from rtr.lib.processes import tied
start = {"tied": tied, "free": subprocess.Popen}[sys.argv[1]]
child = start([sys.executable, "-c", "import time; time.sleep(60)"], stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def child_of_killed():
    """Kills a parent, tied to its child or not; returns whether the child outlives it."""
    children = []

    def kill_parent(kind: str) -> int:
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, kind],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(int(parent.stdout.readline()))
        parent.kill()
        parent.communicate()
        return children[-1]

    yield kill_parent
    for child in filter(alive, children):
        os.kill(child, 9)


def alive(pid: int) -> bool:
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_tied_child_ends_with_its_killed_parent(child_of_killed):
    child = child_of_killed("tied")

    until(lambda: not alive(child))


def test_control_child_that_is_not_tied_outlives_it(child_of_killed):
    child = child_of_killed("free")

    assert alive(child)
