"""200 people want the last place at the same moment: one has it, the others wait in their order."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections

from journeys import models as m
from journeys.activities.actions import enrolling
from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import Session
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from territories.models import JournalEntry
from tests.figures import count, figure
from tests.journeys.activities import SessionFactory
from tests.journeys.factories import JourneyFactory

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]

AT_A_TIME = 40
PEOPLE = count(60, full=200)


@pytest.fixture
def crowd(transactional_db, caen, le_dome):
    """People whose rows are really committed, and really taken away; one place for them all."""
    with scope.over([caen.pk]):
        people = [
            JourneyFactory(territory=caen, participant__organisation=le_dome).participant
            for _one in range(PEOPLE)
        ]
        session = SessionFactory(territory=caen, places=1)
    yield session, people
    with scope.everything("test: rows that were committed"), lifecycle():
        m.Enrolment.objects.all().delete()
        m.Session.objects.all().delete()
        m.Activity.objects.all().delete()
        JournalEntry.objects.all().delete()
        m.Participant.everyone.all().delete()


def at_once(session, people) -> int:
    """Everybody asks, 40 at a time, each with a connection; returns how many were refused."""
    gate = threading.Barrier(AT_A_TIME)

    def ask(place: int) -> bool:
        if place < AT_A_TIME:
            gate.wait(timeout=60)
        try:
            with scope.over([session.territory_id]):
                enrolling.enrol(session=session, by=None, participant=people[place])
                return False
        except IntegrityError:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return sum(pool.map(ask, range(len(people))))


def rows(session) -> list[m.Enrolment]:
    with scope.over([session.territory_id]):
        return list(m.Enrolment.objects.filter(session=session).order_by("asked_at", "number"))


def test_of_200_people_one_has_the_last_place(crowd):
    session, people = crowd

    refused = at_once(session, people)

    found = rows(session)
    assert refused == 0
    assert [row.status for row in found] == ["enrolled"] + ["waiting"] * (PEOPLE - 1)
    assert [row.number for row in found] == list(range(1, PEOPLE + 1))
    assert len({row.participant_id for row in found}) == PEOPLE
    session.refresh_from_db()
    assert (session.taken, session.waiting) == (1, PEOPLE - 1)
    figure("personnes pour la dernière place", PEOPLE, f"une l’a, {PEOPLE - 1} attendent")


def test_places_given_back_go_round_in_order(crowd):
    """Each who has it leaves: the place goes through the whole list, once each."""
    session, people = crowd
    at_once(session, people)
    expected = [row.pk for row in rows(session)]

    got = [expected[0]]
    with scope.over([session.territory_id]):
        while following := enrolling.withdraw(
            enrolment=m.Enrolment.objects.get(pk=got[-1]), by=None
        ):
            got.append(following.pk)

    assert got == expected


def test_one_person_who_taps_many_times_is_there_once(crowd):
    session, people = crowd

    refused = at_once(session, people[:1] * PEOPLE)

    assert refused == 0
    assert len(rows(session)) == 1
    figure("le même geste, envoyé à la fois", PEOPLE, "une seule ligne")


def test_without_the_lock_the_last_place_is_given_several_times(crowd, monkeypatch):
    """The control: the row read without its lock, each counts before the others have written.

    The number's unique key would stop most of them further on: each has its own here.
    """
    session, people = crowd
    counted, numbers = threading.Barrier(AT_A_TIME), itertools.count(1)

    def unlocked(one: Session) -> Session:
        found = Session.objects.select_related("activity").get(pk=one.pk)
        found.last_number = next(numbers)
        return found

    def taken(one: Session) -> int:
        found = one.enrolments.enrolled().count()
        counted.wait(timeout=60)
        return found

    monkeypatch.setattr(enrolling, "locked", unlocked)
    monkeypatch.setattr(enrolling, "_taken", taken)
    monkeypatch.setattr(enrolling, "count", lambda one: None)

    at_once(session, people[:AT_A_TIME])

    having = sum(row.status == EnrolmentStatus.ENROLLED for row in rows(session))
    assert having > 1
    figure("la même place sans le verrou", having, f"fois donnée, sur {AT_A_TIME} : bras témoin")
