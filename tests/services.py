"""What the tests run on: PostgreSQL, Redis, a Celery worker, Chromium; and stricter rules.

PostgreSQL is the private one of `rtr.postgres.embedded`, or that of DATABASE_URL. Redis and
Chromium are Debian's; where they cannot be had their tests are reported as not run, and that is
a failure when CI=true.
"""

import gc
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations
from django.template import engines
from django.template.base import FilterExpression
from django.test import override_settings
from kombu import pools
from psycopg.errors import DeadlockDetected

from badges.proofs import keys
from rtr import due
from rtr.celery import app
from rtr.lib.processes import tied

# Playwright's synchronous API runs inside an event loop, from which Django refuses to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def not_run(what: str) -> None:
    """Without the service the test says nothing: to be seen, and refused where it must exist."""
    outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    outcome(f"{what} manque : test non lancé")


def until(condition, *, seconds: float = 15.0, every: float = 0.05):
    """Wait for the condition, and return what it gave; fail once the time is over."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"rien après {seconds:g} s : {condition}")
        time.sleep(every)
    return value


# -- PostgreSQL --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Drop the databases of test runs that were killed; each run has its own, named by its pid."""
    if not settings.EMBEDDED_POSTGRES:
        return
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("select datname from pg_database where datname like 'test\\_%'")
        for (name,) in cursor.fetchall():
            pid = re.search(r"_(\d+)(_gw\d+)?$", name)
            if pid and not Path("/proc", pid[1]).exists():
                cursor.execute(f'drop database if exists "{name}" with (force)')


def _drop(self, name: str, verbosity: int) -> None:
    """A worker or a browser killed a moment ago may still have a session on the database.

    A vacuum at work there belongs to no role and may not be ended by ours: it ends by itself.
    """
    with self._nodb_cursor() as cursor:
        for left in reversed(range(10)):
            try:
                cursor.execute(f"drop database {self.connection.ops.quote_name(name)} with (force)")
                return
            except ProgrammingError:
                if not left:
                    raise
                time.sleep(1)


DatabaseCreation._destroy_test_db = _drop


@pytest.fixture(scope="session", autouse=True)
def flush_reaches_every_table():
    """Between tests with real transactions all tables are truncated.

    Those that are append-only must be opened first; `auditlog_logentry`, which our own model
    replaces, is left out by Django but has a key to the accounts, hence the cascade.
    """
    flush = DatabaseOperations.execute_sql_flush

    def open_then_flush(self, statements):
        truncate = [statement.replace(";", " cascade;") for statement in statements]
        for left in reversed(range(3)):
            try:
                return flush(self, ["set local rtr.lifecycle = 'on'", *truncate])
            except OperationalError as error:  # a page that a browser left a moment ago reads yet
                if not (left and isinstance(error.__cause__, DeadlockDetected)):
                    raise

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", open_then_flush)
        yield


def database_url() -> str:
    """Address of the test database, for a process of its own."""
    found = connection.settings_dict
    user, password = quote(found["USER"]), quote(found["PASSWORD"])
    if found["HOST"].startswith("/"):
        return f"postgres:///{found['HOST']}/{found['NAME']}?user={user}"
    login = f"{user}:{password}" if password else user
    return f"postgres://{login}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"


@pytest.fixture
def child_environment(transactional_db, tmp_path) -> dict[str, str]:
    """Environment of a process that works on the test database (so the test must commit)."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "RTR_LOCAL_DIR": str(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }


# -- Redis and Celery --------------------------------------------------------------------------


class RedisServer:
    """A real redis-server on a free port, that a test may cut and bring back."""

    def __init__(self, folder: Path):
        self.program = shutil.which("redis-server") or not_run("redis-server")
        self.folder = folder
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self) -> "RedisServer":
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "dir": self.folder}
        command = [self.program]
        for name, value in options.items():
            command += [f"--{name}", str(value)]
        self.process = tied(command, stdout=subprocess.DEVNULL)
        with closing(redis.Redis.from_url(self.url)) as client:
            until(lambda: _pings(client))
        return self

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def _pings(client: redis.Redis) -> bool:
    try:
        return client.ping()
    except redis.ConnectionError:
        return False


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis")).start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server, settings):
    """Address of an empty Redis, which the code under test also uses as its broker."""
    if redis_server.process.poll() is not None:  # a test cut it
        redis_server.start()
    with closing(redis.Redis.from_url(redis_server.url)) as client:
        client.flushall()
    with broker(redis_server.url, settings):
        yield redis_server.url


@contextmanager
def broker(url: str, settings):
    """Send the hints of the code under test there."""
    due.broker_rests_until = 0.0
    settings.REDIS_URL = app.conf.broker_url = url
    yield
    app.conf.broker_url = None
    pools.reset()
    app._after_fork()  # forgets its connections, as a new process would


class WorkerProcess:
    """A real Celery worker, that a test may kill and start again."""

    def __init__(self, environment: dict[str, str], log: Path):
        self.environment, self.log = environment, log
        self.process = None

    def start(self) -> "WorkerProcess":
        command = [sys.executable, "-m", "celery", "-A", "rtr", "worker", "-Q", "fast,slow"]
        command += ["--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
        with self.log.open("w") as log:
            self.process = tied(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: " ready." in self.log.read_text(), seconds=30)
        return self

    def kill(self) -> None:
        """As a power cut would: the worker and its children, at once."""
        os.killpg(self.process.pid, 9)
        self.process.wait()


@pytest.fixture
def celery_worker_process(redis_url, child_environment, tmp_path):
    """A worker on the test's database and Redis; the test must use `transaction=True`."""
    environment = child_environment | {"REDIS_URL": redis_url}
    worker = WorkerProcess(environment, tmp_path / "worker.log").start()
    yield worker
    if worker.process.poll() is None:
        worker.kill()


# -- Chromium ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, silent: it makes no call of its own and needs no sandbox of root's."""
    quiet = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    quieter = "--disable-background-networking --disable-component-update"
    return browser_type_launch_args | {
        "executable_path": shutil.which("chromium") or not_run("chromium"),
        "args": [*quiet.split(), *quieter.split()],
    }


def pytest_collection_finish():
    """What was imported lives as long as the run: not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if "redis_server" in item.fixturenames:
            item.add_marker("redis")


# -- Stricter than production ------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def test_settings(tmp_path_factory):
    """No broker unless a test asks for one, quick passwords, files in a folder of the run."""
    private = tmp_path_factory.mktemp("private")
    storages = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": private}}
    }
    with override_settings(
        REDIS_URL="",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        PRIVATE_ROOT=private,
        STORAGES=storages,
    ):
        app.conf.broker_url = None
        yield


@pytest.fixture(scope="session", autouse=True)
def rsa_keys_come_again():
    """A key of RSA takes a tenth of a second to find: after a dozen, they come again in turn."""
    found, new = deque(), keys.new_rsa

    def one():
        found.append(new() if len(found) < 12 else found.popleft())
        return found[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "new_rsa", one)
        yield


class UnknownVariable(str):
    """What an unknown variable gives: a failure in our templates, nothing in those of others.

    Django tests this value where it meets an unknown variable, hence the look at the caller.
    `|default:` says that the variable may be absent.
    """

    def __bool__(self):
        caller = sys._getframe(1).f_locals
        expression, context = caller.get("self"), caller.get("context")
        if isinstance(expression, FilterExpression) and _is_ours(context.render_context.template):
            filters = [function.__name__ for function, _arguments in expression.filters[:1]]
            if filters not in (["default"], ["default_if_none"]):
                name = context.render_context.template.name
                pytest.fail(f"{name} : la variable {expression.token} n’existe pas")
        return False


def _is_ours(template) -> bool:
    return str(template.origin.name).startswith(str(settings.BASE_DIR / "templates"))


@pytest.fixture(scope="session", autouse=True)
def unknown_template_variables_fail():
    engine = engines["django"].engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "string_if_invalid", UnknownVariable())
        yield
