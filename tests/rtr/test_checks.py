"""The second wall does not hold for a superuser, nor below PostgreSQL 15: both are refused."""

import os
from contextlib import contextmanager

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.backends.base import base
from django.db.utils import NotSupportedError

ROLE = f"rtr_test_{os.getpid()}"


@pytest.fixture
def superuser(db):
    """PostgreSQL's own superuser, whom the private server lets in on its socket."""
    if not connection.settings_dict.get("EMBEDDED"):
        pytest.skip("la base de DATABASE_URL ne donne pas son superutilisateur")
    return "postgres"


@pytest.fixture
def role(superuser):
    """A role with the power a test asks for."""

    def create(power: str) -> str:
        with as_role(superuser) as database, database.connect_unchecked() as admin:
            admin.execute(f"create role {ROLE} login {power}")
        return ROLE

    yield create
    with as_role(superuser) as database, database.connect_unchecked() as admin:
        admin.execute(f"drop role if exists {ROLE}")


@contextmanager
def as_role(name: str):
    """Another connection to the test database, as that role."""
    database = connection.copy()
    database.settings_dict["USER"] = name
    database.connect_unchecked = lambda: database.get_new_connection(
        database.get_connection_params()
    )
    try:
        yield database
    finally:
        database.close()


@pytest.mark.parametrize("power", ["superuser", "bypassrls"])
def test_role_that_escapes_the_wall_is_refused_at_each_connection(role, power):
    with as_role(role(power)) as database:
        for _ in range(2):
            with pytest.raises(ImproperlyConfigured, match="échappe à la sécurité par ligne"):
                database.cursor()


def test_control_plain_role_is_let_in(role):
    with as_role(role("nosuperuser")) as database, database.cursor() as cursor:
        cursor.execute("select 1")


def test_old_postgresql_is_refused(db, monkeypatch):
    with as_role(connection.settings_dict["USER"]) as database:
        monkeypatch.setattr(base, "RAN_DB_VERSION_CHECK", set())
        monkeypatch.setattr(type(database), "pg_version", 140012)

        with pytest.raises(NotSupportedError, match="PostgreSQL 15 or later"):
            database.cursor()


def test_checks_say_it_in_words(superuser, monkeypatch):
    with as_role(superuser) as database, monkeypatch.context() as patch:
        patch.setattr(type(connections), "__getitem__", lambda self, alias: database)

        found = [error for error in run_checks(databases=["default"]) if error.id == "rtr.E001"]

    assert "« postgres »" in found[0].msg


def test_checks_pass_for_the_role_of_the_tests(db):
    assert not [error for error in run_checks(databases=["default"]) if error.id == "rtr.E001"]
