"""Due rows: done once, whatever dies in between. The sample row is the outbound message."""

import datetime
import socket
import threading
import time
from contextlib import closing

import pytest
from django.db import connection, transaction
from django.utils import timezone

from journeys.messages.models import OutboundMessage
from rtr import due, scope
from rtr.due import Inside, NightlyRun, NotDone, Outside, Refused, Status
from tests.services import broker, until

LABEL = "journeys.outboundmessage"


@pytest.fixture
def message(caen, everywhere):
    """Somebody is to be written to, now."""
    return write(caen)


def write(territory, **fields) -> OutboundMessage:
    return OutboundMessage.objects.create(
        territory=territory, **{"to": "nadia@exemple.fr", "body": "…"} | fields
    )


@pytest.fixture
def effect(monkeypatch):
    """Gives messages another effect for the time of a test."""

    def set_effect(kind):
        monkeypatch.setitem(due.kinds, LABEL, (OutboundMessage, kind))

    return set_effect


def raises(error):
    def fail(row):
        raise error

    return fail


# -- Effects in our own database ---------------------------------------------------------------


def test_effect_commits_together_with_its_row(message, effect):
    def answer(row):
        row.receipt = "reçu"
        row.save()

    effect(Inside(answer))
    assert due.run_due(LABEL) == 1

    message.refresh_from_db()
    assert (message.status, message.receipt, message.attempts) == (Status.DONE, "reçu", 1)
    assert due.run_due(LABEL) == 0


def test_effect_that_fails_leaves_nothing_and_is_tried_later(message, effect):
    def fail(row):
        row.receipt = "reçu"
        row.save()
        raise ValueError("trop tard\nDETAIL: ce qu’une personne a écrit")

    effect(Inside(fail))
    due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.receipt, message.attempts) == (Status.DUE, "", 1)
    assert message.last_error == "ValueError: trop tard"
    assert message.due_at > timezone.now() + datetime.timedelta(minutes=1)


def test_row_that_fails_does_not_hold_up_the_others(caen, everywhere, effect):
    bad, good = write(caen, to="bad"), write(caen)

    def fail_one(row):
        if row.to == "bad":
            raise ValueError

    effect(Inside(fail_one))
    due.run_due(LABEL)

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == (Status.DUE, Status.DONE)


@pytest.mark.parametrize(("error", "tries"), [(ValueError(), 3), (Refused("adresse inconnue"), 1)])
def test_row_is_given_up_after_its_tries(message, effect, time_machine, error, tries):
    effect(Inside(raises(error), tries=3))

    for day in range(5):
        time_machine.move_to(timezone.now() + datetime.timedelta(days=day))
        due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.FAILED, tries)


def test_work_sees_the_territory_of_its_row_only(message, caen, marseille, effect):
    seen = []
    effect(Inside(lambda row: seen.append(scope.current())))

    due.run_due(LABEL)

    assert seen == [str(caen.pk)]


def test_row_of_later_waits_for_its_time(caen, everywhere, effect, time_machine):
    write(caen, due_at=timezone.now() + datetime.timedelta(hours=1))
    effect(Inside(lambda row: None))
    assert due.run_due(LABEL) == 0
    assert due.oldest() is None

    time_machine.move_to(timezone.now() + datetime.timedelta(hours=2))

    assert due.oldest() >= datetime.timedelta(minutes=59)
    assert due.run_due(LABEL) == 1


@pytest.mark.django_db(transaction=True)
def test_row_that_another_worker_holds_is_passed_over(message, effect):
    inside, leave = threading.Event(), threading.Event()

    def slow(row):
        inside.set()
        leave.wait(10)

    effect(Inside(slow))
    other = threading.Thread(target=run_elsewhere)
    other.start()
    inside.wait(10)
    count = due.run_due(LABEL)
    leave.set()
    other.join()

    assert count == 0
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.DONE, 1)


def run_elsewhere():
    try:
        due.run_due(LABEL)
    finally:
        connection.close()


# -- Effects outside ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_call_is_made_outside_any_transaction_under_a_committed_lease(message, effect):
    seen = []

    def call(row):
        seen.append(connection.in_atomic_block)
        reader = threading.Thread(target=read_status, args=[row.pk, seen])
        reader.start()
        reader.join()

    effect(Outside(call))
    due.run_due(LABEL)

    assert seen == [False, Status.LEASED]


def read_status(pk, seen):
    with scope.everything("test"):
        seen.append(OutboundMessage.objects.get(pk=pk).status)
    connection.close()


def test_answer_is_recorded_on_the_row(message, effect):
    effect(Outside(lambda row: {"receipt": f"n° {row.uuid}"}))

    due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.receipt) == (Status.DONE, f"n° {message.uuid}")
    assert message.lease_until is None


def test_call_that_surely_failed_is_tried_again(message, effect):
    effect(Outside(raises(NotDone("fermé"))))

    due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.last_error) == (Status.DUE, "fermé")


def test_call_nobody_knows_about_becomes_uncertain_and_is_never_resent(
    message, effect, time_machine
):
    calls = []

    def cut(row):
        calls.append(row.pk)
        raise TimeoutError

    effect(Outside(cut))
    for day in range(3):
        time_machine.move_to(timezone.now() + datetime.timedelta(days=day))
        due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, len(calls)) == (Status.UNCERTAIN, 1)


@pytest.fixture
def silent(message):
    """The worker that held the message fell silent during its call."""
    message.status, message.attempts = Status.LEASED, 1
    message.lease_until = timezone.now() - datetime.timedelta(seconds=1)
    message.save()
    return message


def test_lease_of_a_silent_worker_is_not_taken_for_a_failure(silent, effect):
    effect(Outside(raises(AssertionError("sent again"))))

    due.run_due(LABEL)

    silent.refresh_from_db()
    assert silent.status == Status.UNCERTAIN


def test_provider_that_can_tell_is_asked(silent, effect):
    effect(Outside(raises(AssertionError("sent again")), ask=lambda row: {"receipt": "reçu"}))

    due.run_due(LABEL)

    silent.refresh_from_db()
    assert (silent.status, silent.receipt) == (Status.DONE, "reçu")


def test_provider_that_cannot_tell_of_this_row_is_not_asked(silent, effect):
    ask = raises(AssertionError("asked"))
    effect(Outside(raises(AssertionError("sent again")), ask=ask, can_ask=lambda row: False))

    due.run_due(LABEL)

    silent.refresh_from_db()
    assert silent.status == Status.UNCERTAIN


def test_effect_that_is_to_wait_is_no_try(message, effect):
    morning = timezone.now() + datetime.timedelta(hours=9)
    effect(Outside(raises(due.NotYet(morning))))

    due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.due_at, message.attempts) == (Status.DUE, morning, 0)


def test_effect_that_nobody_needs_any_more_is_cancelled(message, effect):
    effect(Outside(raises(due.Pointless("trop tard"))))

    due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.last_error) == (Status.CANCELLED, "trop tard")


def test_provider_that_never_got_it_is_sent_it_again(silent, effect):
    effect(Outside(lambda row: {"receipt": "reçu"}, ask=raises(NotDone("inconnu"))))

    due.run_due(LABEL)

    silent.refresh_from_db()
    assert (silent.status, silent.last_error) == (Status.DUE, "inconnu")


def test_provider_that_does_not_answer_is_asked_again_then_a_person_decides(
    silent, effect, time_machine
):
    asked = []

    def ask(row):
        asked.append(row.pk)
        raise TimeoutError

    effect(Outside(raises(AssertionError("sent again")), ask=ask, tries=4))
    for minutes in (0, 10, 20, 30, 40):
        time_machine.move_to(timezone.now() + datetime.timedelta(minutes=minutes))
        due.run_due(LABEL)

    silent.refresh_from_db()
    assert (silent.status, len(asked)) == (Status.UNCERTAIN, 3)


def test_answer_that_comes_late_is_the_truth(message, effect):
    def slow(row):
        OutboundMessage.objects.update(status=Status.UNCERTAIN, lease_until=None)
        return {"receipt": "reçu"}

    effect(Outside(slow))
    due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.receipt) == (Status.DONE, "reçu")


def test_failure_that_comes_late_changes_nothing(message, effect):
    def slow(row):
        OutboundMessage.objects.update(status=Status.DONE, lease_until=None, receipt="reçu")
        raise NotDone

    effect(Outside(slow))
    due.run_due(LABEL)

    message.refresh_from_db()
    assert (message.status, message.receipt) == (Status.DONE, "reçu")


@pytest.mark.parametrize(
    ("before", "after"),
    [(Status.UNCERTAIN, Status.DUE), (Status.FAILED, Status.DUE), (Status.DONE, Status.DONE)],
)
def test_person_may_have_it_tried_anew_unless_it_was_done(message, before, after):
    OutboundMessage.objects.update(status=before)

    due.again(message)

    message.refresh_from_db()
    assert message.status == after


# -- Hints -------------------------------------------------------------------------------------


@pytest.fixture
def sweeper(transactional_db):
    yield due.start_sweeper()
    due.sweeper.leave()
    due.sweeper = None


@pytest.mark.django_db(transaction=True)
def test_sweeper_is_woken_by_the_commit_and_not_before(caen, everywhere, effect, sweeper):
    effect(Outside(lambda row: {"receipt": "reçu"}))
    until(lambda: not sweeper.woken.is_set())

    with transaction.atomic():
        message = due.add(OutboundMessage(territory=caen, to="a@exemple.fr", body="…"))
        assert not sweeper.woken.is_set()

    until(lambda: OutboundMessage.objects.filter(pk=message.pk, receipt="reçu").exists())


@pytest.mark.django_db(transaction=True)
def test_cause_that_is_rolled_back_leaves_no_row(caen, everywhere):
    with pytest.raises(ValueError), transaction.atomic():
        due.add(OutboundMessage(territory=caen, to="a@exemple.fr", body="…"))
        raise ValueError

    assert not OutboundMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_worker_hears_of_the_row_through_redis(caen, everywhere, celery_worker_process):
    message = due.add(OutboundMessage(territory=caen, to="a@exemple.fr", body="…"))

    until(lambda: OutboundMessage.objects.filter(pk=message.pk, status=Status.DONE).exists())


@pytest.fixture
def cut_redis(redis_server, redis_url):
    redis_server.stop()


@pytest.fixture
def silent_redis(settings):
    """Something that takes connections and never answers, as behind a broken network."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        with broker(f"redis://127.0.0.1:{server.getsockname()[1]}/0", settings):
            yield


@pytest.mark.parametrize("redis_away", ["cut_redis", "silent_redis"])
@pytest.mark.django_db(transaction=True)
def test_lost_redis_neither_breaks_nor_holds_up_the_commits(
    caen, everywhere, effect, redis_away, request
):
    request.getfixturevalue(redis_away)

    started = time.monotonic()
    for _ in range(5):
        due.add(OutboundMessage(territory=caen, to="a@exemple.fr", body="…"))
    elapsed = time.monotonic() - started

    assert elapsed < 2
    effect(Inside(lambda row: None))
    due.sweep()
    assert OutboundMessage.objects.filter(status=Status.DONE).count() == 5


# -- Sweeps and nights -------------------------------------------------------------------------


def test_kind_that_breaks_does_not_keep_the_others_waiting(message, effect, monkeypatch):
    class Broken:
        queue = "fast"

        def run_one(self, rows):
            raise OSError

    monkeypatch.setitem(due.kinds, NightlyRun._meta.label_lower, (NightlyRun, Broken()))
    effect(Inside(lambda row: None))

    due.sweep()

    message.refresh_from_db()
    assert message.status == Status.DONE


@pytest.fixture
def nights(monkeypatch, db):
    """A function of the night; returns the days on which it ran."""
    ran = []
    monkeypatch.setattr(due, "nights", {"purge": lambda: ran.append(timezone.localdate().day)})
    return ran


def test_function_runs_once_each_night_even_if_the_machine_slept(nights, time_machine):
    for moment in (
        "2026-03-09 18:00 +0100",  # installed: the night is still to come
        "2026-03-10 02:00 +0100",
        "2026-03-10 02:31 +0100",
        "2026-03-10 02:32 +0100",
        "2026-03-12 11:00 +0100",  # it slept a night
        "2026-03-12 23:00 +0100",
    ):
        time_machine.move_to(moment)
        due.sweep()

    assert nights == [10, 12]


def test_night_that_fails_is_tried_again_and_never_given_up(monkeypatch, db, time_machine):
    tries = []
    monkeypatch.setattr(due, "nights", {"purge": lambda: tries.append(1) or 1 / 0})
    time_machine.move_to("2026-03-10 02:00 +0100")
    due.sweep()

    for hour in range(20):
        time_machine.move_to(f"2026-03-{11 + hour} 03:00 +0100")
        due.sweep()

    assert len(tries) == 20
    assert NightlyRun.objects.get().status == Status.DUE
