"""Many people change the phase of one journey at the same moment: one does, the others are told.

1,000 changes under `make trials`, 40 at a time, each with a connection of its own; fewer under
`make test`. Everyone has the same page before their eyes (the same `seen`).
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from journeys.models import Journey, PhaseChange
from journeys.pathway.actions import phases
from journeys.pathway.actions.acting import Stale
from journeys.pathway.enums import Phase
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from territories.models import JournalEntry
from tests.figures import count, figure
from tests.journeys.factories import JourneyFactory, ago

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]

AT_A_TIME = 40
TRIES = count(80, full=1000)


@pytest.fixture
def journey(transactional_db, caen, coordinator, le_dome):
    """A journey whose rows are really committed, and really taken away."""
    with scope.over([caen.pk]):
        found = JourneyFactory(territory=caen, participant__organisation=le_dome)
    yield found
    with scope.everything("test: rows that were committed"), lifecycle():
        JournalEntry.objects.all().delete()
        found.participant.delete()


def all_at_once(attempt, territory_id) -> Counter:
    """Run `attempt` so many times, 40 at a time, each ready before the first one starts."""
    gate = threading.Barrier(AT_A_TIME)

    def one(rank: int) -> str:
        if rank < AT_A_TIME:
            gate.wait(timeout=60)
        try:
            with scope.over([territory_id]):
                return attempt()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_A_TIME) as crowd:
        return Counter(crowd.map(one, range(TRIES)))


def changes(journey) -> list[tuple[int, str]]:
    with scope.over([journey.territory_id]):
        return list(PhaseChange.objects.filter(journey=journey).values_list("rank", "phase"))


def test_of_a_thousand_changes_of_phase_one_is_made(journey, coordinator):
    def change() -> str:
        try:
            phases.change_phase(
                journey=journey, by=coordinator, seen=0, to=Phase.MOBILISATION, on=ago(0)
            )
        except Stale as stale:
            return "told" if stale.changes else "told nothing"
        return "made"

    outcomes = all_at_once(change, journey.territory_id)

    assert outcomes == {"made": 1, "told": TRIES - 1}
    assert changes(journey) == [(1, "reperage"), (2, "mobilisation")]
    with scope.over([journey.territory_id]):
        told = JournalEntry.objects.about(journey.participant_id)
        assert told.filter(act="phase_changed").count() == 1
        assert Journey.objects.get(pk=journey.pk).version == 1
    figure("changements de phase simultanés", TRIES, "un seul fait, une seule ligne")


def test_without_the_lock_the_race_is_there(journey, coordinator, monkeypatch):
    """The control: the version read without a lock lets several pass with the same page.

    The rank's unique key, and the phase read again, stop them further on: two walls here too.
    """
    passed, together = [], threading.Barrier(2)

    def unlocked(found: Journey, *, seen: int | None) -> Journey:
        of = Journey.objects.select_related("participant", "territory__programme")
        read = of.get(pk=found.pk)
        if seen != read.version:
            raise Stale([], read.version)
        passed.append(seen)
        if len(passed) <= 2:  # on a slow machine too, the first one writes after a second has read
            with suppress(threading.BrokenBarrierError):
                together.wait(timeout=10)
        read.version += 1
        read.save(update_fields=["version"])
        return read

    monkeypatch.setattr(phases, "begin", unlocked)

    def change() -> str:
        try:
            phases.change_phase(
                journey=journey, by=coordinator, seen=0, to=Phase.MOBILISATION, on=ago(0)
            )
        except Stale:
            return "told"
        except (IntegrityError, ValidationError):
            return "stopped further on"
        return "made"

    outcomes = all_at_once(change, journey.territory_id)

    assert len(passed) > 1, "the check without a lock stopped all but one: no race to show"
    assert outcomes["made"] + outcomes["stopped further on"] == len(passed)
    assert changes(journey) == [(1, "reperage"), (2, "mobilisation")], "the database held"
    figure("sans verrou, passés ensemble", len(passed), "bras témoin ; la base arrête le reste")


def test_the_crowd_has_its_own_connections(journey):
    """The control of the trial itself: as many sessions of PostgreSQL as people."""
    here = threading.Barrier(AT_A_TIME)

    def who() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            pid = cursor.fetchone()[0]
            if here.n_waiting < AT_A_TIME and not here.broken:
                try:
                    here.wait(timeout=10)
                except threading.BrokenBarrierError:
                    pass
        return str(pid)

    assert len(all_at_once(who, journey.territory_id)) >= AT_A_TIME
