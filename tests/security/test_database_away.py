"""The database away: a page that says so, asks nothing, and goes by itself."""

import pytest
from django.db import InterfaceError, OperationalError
from django.urls import reverse

from rtr.postgres.base import DatabaseWrapper


@pytest.fixture
def asked(monkeypatch):
    """Statements sent while the database is away."""
    return []


@pytest.fixture(params=[OperationalError, InterfaceError])
def away(request, monkeypatch, asked):
    """`with away(): …`: every statement fails as when the server is gone."""

    def cut():
        patch = pytest.MonkeyPatch()

        def gone(self, name=None):
            asked.append(name)
            raise request.param("server closed the connection unexpectedly")

        patch.setattr(DatabaseWrapper, "create_cursor", gone)
        return patch

    return cut


def test_a_page_says_so_and_comes_back_by_itself(away, asked, client, kiwi, coordinator):
    url = reverse("journey", args=[kiwi.pk])
    client.force_login(coordinator)
    client.raise_request_exception = False

    cut = away()
    gone = client.get(url)
    cut.undo()
    back = client.get(url)

    assert gone.status_code == 503
    assert gone.headers["Retry-After"] == "30"
    assert back.status_code == 200


def test_the_page_is_readable_and_asks_the_database_nothing(away, asked, client, coordinator, kiwi):
    client.force_login(coordinator)
    client.raise_request_exception = False

    cut = away()
    text = client.get(reverse("today")).content.decode()
    cut.undo()

    assert "Le service revient dans un instant" in text
    assert "Traceback" not in text and "server closed" not in text
    assert len(asked) == 1, "the one that failed, and none for the page"


def test_what_was_being_written_is_not_taken_for_done(away, client, coordinator, kiwi):
    client.force_login(coordinator)
    client.raise_request_exception = False

    cut = away()
    sent = client.post(reverse("contact_today", args=[kiwi.pk]))
    cut.undo()

    assert sent.status_code == 503
    assert "Venue" in client.get(reverse("journey", args=[kiwi.pk])).content.decode()


def test_another_failure_is_no_absence(client, monkeypatch, coordinator):
    """The control: an error of ours answers 500, without a promise to come back."""
    client.force_login(coordinator)
    client.raise_request_exception = False

    def wrong(*args):
        raise ValueError("ours")

    monkeypatch.setattr("journeys.coordination.today.needs.found_today", wrong)
    response = client.get(reverse("today"))

    assert response.status_code == 500
    assert "Retry-After" not in response.headers
    assert "ours" not in response.content.decode()


def test_health_pages_tell_a_living_process_from_a_ready_one(away, client, db):
    cut = away()
    alive, ready = client.get(reverse("alive")), client.get(reverse("ready"))
    cut.undo()

    assert (alive.status_code, ready.status_code) == (200, 503)
