import datetime
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from journeys.messages.models import OutboundMessage
from rtr.home import health
from tests.services import broker

ALIVE, READY = "/sante/vif", "/sante/pret"


def test_alive_answers_without_the_database(client):
    """No `db` fixture: a query would fail."""
    response = client.get(ALIVE)

    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_ready_with_all_migrations(client):
    response = client.get(READY)

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "broker": None,
        "migrations": "ok",
        "oldest_due_seconds": None,
    }


@pytest.mark.django_db(transaction=True)
def test_ready_tells_how_long_the_oldest_row_has_waited(client, caen, everywhere):
    past = timezone.now() - datetime.timedelta(minutes=5)
    OutboundMessage.objects.create(territory=caen, to="a@exemple.fr", body="…", due_at=past)

    assert 300 <= client.get(READY).json()["oldest_due_seconds"] < 310


@pytest.mark.django_db(transaction=True)
def test_ready_tells_of_the_broker(client, redis_url):
    assert client.get(READY).json()["broker"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_broker_away_is_told_and_keeps_the_pages_open(client, settings):
    with broker("redis://127.0.0.1:1/0", settings):
        response = client.get(READY)

    assert (response.status_code, response.json()["broker"]) == (200, "away")


@pytest.mark.django_db(transaction=True)
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'rtr' returning name")
        names = cursor.fetchall()

    try:
        response = client.get(READY)
    finally:
        with connection.cursor() as cursor:
            cursor.executemany(
                "insert into django_migrations (app, name, applied) values ('rtr', %s, now())",
                names,
            )

    assert (response.status_code, response.json()["migrations"]) == (503, "missing")


def test_not_ready_without_the_database(client):
    """No `db` fixture: pytest refuses the connection, as the network would."""
    response = client.get(READY)

    assert response.status_code == 503
    assert response.json()["database"] == "away"


@pytest.mark.django_db(transaction=True)
def test_answer_comes_in_time_even_if_the_database_hangs(client, monkeypatch):
    monkeypatch.setattr(health, "ANSWER_WITHIN", 0.2)
    answers = threading.Event()
    monkeypatch.setattr(health, "all_migrated", lambda: answers.wait(30) or True)

    response = client.get(READY)

    assert response.status_code == 503  # not waited for
    answers.set()
    time.sleep(1)  # the thread closes its connection before the tables are flushed
