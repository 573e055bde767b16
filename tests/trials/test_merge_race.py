"""Two people decide on the same files at the same moment: one is done, the other is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections

from journeys import models as m
from journeys.duplicates.actions.merging import merge
from journeys.duplicates.actions.undoing import undo_merge
from journeys.pathway.actions.acting import Stale
from journeys.pathway.actions.arrivals import record_contact
from journeys.transfers import actions
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.enums import Role
from territories.models import JournalEntry
from tests.cast import member
from tests.figures import count, figure
from tests.journeys.factories import JourneyFactory, ago

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]

ROUNDS = count(4, full=50)
CREATED = count(8, full=16)  # people acting at once


@pytest.fixture
def files(transactional_db, caen, coordinator, le_dome):
    """Two files whose rows are really committed, and really taken away."""
    with scope.over([caen.pk]):
        made = [
            JourneyFactory(territory=caen, participant__organisation=le_dome) for _file in range(2)
        ]
    yield made
    with scope.everything("test: rows that were committed"), lifecycle():
        JournalEntry.objects.all().delete()
        m.Transfer.objects.all().delete()
        m.Merge.objects.all().delete()
        m.Participant.everyone.update(merged_into=None)
        m.Participant.everyone.all().delete()


def at_once(territory_ids, *acts) -> list:
    """Run these acts at the same moment, each with its own connection: what each gave or raised."""
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait(timeout=30)
        try:
            with scope.over(territory_ids):
                return act()
        except (Stale, ValidationError, IntegrityError) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def merging(kept, absorbed, by, seen=None):
    versions = {"seen": seen, "seen_absorbed": seen}
    return lambda: merge(kept=kept, absorbed=absorbed, by=by, taken={}, **versions)


def done(results, kind) -> list:
    return [result for result in results if isinstance(result, kind)]


def test_of_many_merges_of_one_pair_one_is_made(files, coordinator, caen):
    one, other = files
    merges = 0
    for _round in range(ROUNDS):
        acts = [
            merging(*((one, other) if rank % 2 else (other, one)), coordinator)
            for rank in range(CREATED)
        ]
        made = done(at_once([caen.pk], *acts), m.Merge)
        assert len(made) == 1
        merges += 1
        with scope.over([caen.pk]):
            assert m.Participant.objects.count() == 1
            undo_merge(merge=made[0], by=coordinator)
            assert m.Participant.objects.count() == 2
    figure("réunions de la même paire à la fois", CREATED, f"une seule, {merges} fois sur {ROUNDS}")


def test_an_act_and_a_merge_at_once_leave_one_story(files, coordinator, caen):
    """The colleague acts first, and the merge is told; or the merge first, and the colleague is."""
    one, other = files
    ways = set()
    for _round in range(ROUNDS):
        with scope.over([caen.pk]):
            fresh = m.Journey.objects.get(pk=one.pk), m.Journey.objects.get(pk=other.pk)
            before = m.Contact.objects.count()
        version = fresh[1].version

        def note(journey=fresh[1], version=version):
            return record_contact(
                journey=journey, by=coordinator, seen=version, kind="call", on=ago(0)
            )

        def bring(kept=fresh[0], absorbed=fresh[1]):
            return merge(
                kept=kept,
                absorbed=absorbed,
                by=coordinator,
                seen=kept.version,
                seen_absorbed=absorbed.version,
                taken={},
            )

        noted, brought = at_once([caen.pk], note, bring)

        assert isinstance(noted, m.Contact) != isinstance(brought, m.Merge)
        ways.add(type(brought).__name__)
        with scope.over([caen.pk]):
            assert m.Contact.objects.count() == before + isinstance(noted, m.Contact)
            if isinstance(brought, m.Merge):
                undo_merge(merge=brought, by=coordinator)
    figure("acte et réunion à la fois", ROUNDS, "un seul des deux, l’autre est prévenu")


def test_of_many_answers_to_a_transfer_one_counts(files, coordinator, caen, vallees, le_wip):
    journey = files[0]
    paul = member("Paul", Role.COORDINATOR, le_wip, vallees)
    referent = member("Rose", Role.REFERENT, le_wip, vallees).memberships.get()
    with scope.over([caen.pk]):
        transfer = actions.propose(
            journey=journey, by=coordinator, seen=None, to=vallees, reason="moved", agreed_on=ago(1)
        )

    def accept():
        return actions.accept(transfer=transfer, by=paul, referent=referent)

    def refuse():
        return actions.refuse(transfer=transfer, by=paul, word="complet")

    results = at_once([vallees.pk], *[accept, refuse] * (CREATED // 2))

    assert len(done(results, m.Transfer)) == 1
    with scope.everything("test"):
        transfer.refresh_from_db()
        found = m.Journey.objects.get(pk=journey.pk)
        assert (found.territory == vallees) == (transfer.answer == "accepted")
        assert found.team.count() == (2 if transfer.answer == "accepted" else 0)
    figure("réponses à un transfert à la fois", len(results), "une seule compte")


def test_two_undoings_at_once_put_back_once(files, coordinator, caen):
    one, other = files
    with scope.over([caen.pk]):
        row = merging(one, other, coordinator)()

    results = at_once([caen.pk], *[lambda: undo_merge(merge=row, by=coordinator)] * CREATED)

    assert len(done(results, ValidationError)) == CREATED - 1
    with scope.over([caen.pk]):
        assert m.Participant.objects.count() == 2
