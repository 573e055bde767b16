"""docs/operations.md, « Backups »: a dump made under the wall, and brought back."""

import os
import shutil
import subprocess

import pytest
from django.db import connection

from tests.services import not_run

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = "select count(*) from journeys_participant"


def run(program: str, *arguments: str, scope: str = "") -> str:
    """A program of PostgreSQL, on the server of the tests."""
    found = connection.settings_dict
    if cluster := found.get("EMBEDDED"):
        path = cluster.binary(program)
    else:
        path = shutil.which(program) or not_run(program)
    environment = os.environ | {
        "PGHOST": found["HOST"],
        "PGPORT": str(found["PORT"] or 5432),
        "PGUSER": found["USER"],
        "PGPASSWORD": found["PASSWORD"],
        "PGOPTIONS": f"-c rtr.scope={scope}",
    }
    return subprocess.run(
        [path, *arguments], env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def restored(tmp_path):
    """Dumps the test database and restores it beside; returns the new database's name."""
    made = []

    def dump_and_restore(*, scope: str) -> str:
        name, copy = connection.settings_dict["NAME"], f"test_copy_{os.getpid()}"
        dump = tmp_path / "rtr.dump"
        run("pg_dump", "--enable-row-security", "-Fc", f"--file={dump}", name, scope=scope)
        run("createdb", copy)
        made.append(copy)
        run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={copy}", str(dump))
        return copy

    yield dump_and_restore
    for copy in made:
        run("dropdb", copy)


def test_dump_with_the_full_scope_brings_everybody_back(kiwi, fatou_in_marseille, restored):
    copy = restored(scope="*")

    assert run("psql", "-Atc", COUNT, copy, scope="*") == "2"


def test_restored_database_is_behind_the_wall(kiwi, fatou_in_marseille, restored):
    copy = restored(scope="*")

    assert run("psql", "-Atc", COUNT, copy) == "0"
    assert run("psql", "-Atc", COUNT, copy, scope=str(kiwi.territory_id)) == "1"


def test_control_dump_without_a_scope_is_empty_and_says_nothing(kiwi, restored):
    copy = restored(scope="")

    assert run("psql", "-Atc", COUNT, copy, scope="*") == "0"
