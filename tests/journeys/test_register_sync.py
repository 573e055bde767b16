"""What a phone kept without network: each gesture once, and nobody's correction written over."""

import datetime
import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.activities.models import Enrolment, SessionStaff
from journeys.models import AttendanceMark, Participant
from journeys.registers.actions.marking import Gesture, mark
from rtr import scope
from rtr.lib import here as who_is_here
from territories.accounts.enums import Role
from tests.cast import member
from tests.journeys.activities import SessionFactory, moment
from tests.journeys.registers import address, put, session_of_today, twelve


@pytest.fixture
def here(caen):
    with scope.over([caen.pk]):
        yield caen


@pytest.fixture
def session(here, le_wip):
    return twelve(here)[0]


def tapped(number, attendance="present", *, seen="", ago=60, **more) -> dict:
    at = timezone.now() - datetime.timedelta(seconds=ago)
    return {
        "id": str(uuid4()),
        "kind": "mark",
        "n": number,
        "a": attendance,
        "seen": seen,
        "at": at.isoformat(),
    } | more


def came(who, **more) -> dict:
    return tapped(None, kind="walk_in", who=who, **more)


def send(client, user, session, *gestures, who=None):
    body = {"who": who or who_is_here.word_of(user), "gestures": gestures}
    url = address("register_sync", session)
    return client.post(url, json.dumps(body), content_type="application/json")


def results(answer) -> list[str]:
    return [one["result"] for one in answer.json()["results"]]


def test_a_register_of_twelve_synced_twice_has_twelve_rows(signed_in, animator, session):
    client = signed_in(animator)
    gestures = [tapped(number) for number in range(1, 13)]

    first = send(client, animator, session, *gestures)
    second = send(client, animator, session, *gestures)

    assert set(results(first)) == set(results(second)) == {"done"}
    assert session.enrolments.count() == 12
    assert session.enrolments.attended().count() == 12
    assert AttendanceMark.objects.count() == 12


def test_walk_ins_and_cards_synced_twice_are_there_once(signed_in, animator, here, le_wip, kiwi):
    session, client = session_of_today(here), signed_in(animator)
    code = Participant.objects.get(journey=kiwi).code
    gestures = [came("Jo"), came(code), came("LOUTRE-0000")]

    for _time in range(2):
        answer = send(client, animator, session, *gestures)
        assert results(answer) == ["done", "done", "unknown"]

    assert [row["name"] for row in answer.json()["sheet"]["rows"]] == ["Jo", "Kiwi"]


def test_the_hour_kept_is_that_of_the_tap(signed_in, animator, session):
    send(signed_in(animator), animator, session, tapped(1, ago=3600))

    noted = session.enrolments.get(number=1).recorded_at
    assert timezone.now() - noted > datetime.timedelta(minutes=59)


def test_what_somebody_corrected_meanwhile_is_not_written_over(
    signed_in, animator, coordinator, session
):
    client = signed_in(animator)
    mine = tapped(3, ago=3600)
    mark(session=session, number=3, gesture=Gesture(by=coordinator, attendance="absent"))

    answer = send(client, animator, session, mine, tapped(4))

    conflict, other = answer.json()["results"]
    assert (conflict["result"], other["result"]) == ("conflict", "done")
    assert conflict["theirs"]["a"] == "absent"
    assert conflict["theirs"]["by"] == "Nadia"
    assert session.enrolments.get(number=3).attendance == "absent"

    # The person chooses their own: what they saw is now the other's.
    kept = tapped(3, seen=conflict["theirs"]["s"], ago=1)
    assert results(send(client, animator, session, kept)) == ["done"]
    assert session.enrolments.get(number=3).attendance == "present"


def test_two_people_who_noted_the_same_have_nothing_to_choose(
    signed_in, animator, coordinator, session
):
    mark(session=session, number=3, gesture=Gesture(by=coordinator))

    assert results(send(signed_in(animator), animator, session, tapped(3))) == ["done"]
    assert session.enrolments.get(number=3).recorded_by == coordinator


def test_between_ones_own_two_phones_the_last_tap_wins(signed_in, animator, session):
    client = signed_in(animator)

    send(client, animator, session, tapped(1, "absent", ago=10))
    send(client, animator, session, tapped(1, "present", ago=500))

    assert session.enrolments.get(number=1).attendance == "absent"


def test_a_full_session_is_asked_about(signed_in, animator, session):
    client = signed_in(animator)

    assert results(send(client, animator, session, came("Jo"))) == ["full"]
    assert results(send(client, animator, session, came("Jo", beyond=True))) == ["done"]
    assert session.enrolments.enrolled().count() == 13


def test_a_walk_in_is_taken_back_by_its_own_id(signed_in, animator, here, le_wip):
    session, client = session_of_today(here), signed_in(animator)
    gesture = came("Jo")

    send(client, animator, session, gesture)
    send(client, animator, session, gesture | {"kind": "remove"})

    assert not session.enrolments.standing().exists()


def test_another_person_does_not_send_what_somebody_tapped(
    signed_in, animator, coordinator, session
):
    theirs = who_is_here.word_of(animator)

    answer = send(signed_in(coordinator), coordinator, session, tapped(1), who=theirs)

    assert answer.status_code == 409
    assert not session.enrolments.attended().exists()


def test_signed_out_nothing_is_taken_and_the_phone_is_told(client, animator, session):
    answer = send(client, animator, session, tapped(1))

    assert answer.status_code == 302
    assert not session.enrolments.attended().exists()


def test_a_volunteer_back_the_next_day_sends_and_reads_nothing(signed_in, caen, le_dome, here):
    odile = member("Odile", Role.VOLUNTEER, le_dome, caen)
    session = SessionFactory(territory=here, starts_at=moment(-1, 9), ends_at=moment(-1, 11))
    put(session, "Kiwi")
    SessionStaff.objects.create(session=session, user=odile, part="volunteer")
    client = signed_in(odile)

    answer = send(client, odile, session, tapped(1))

    assert results(answer) == ["done"]
    assert answer.json()["sheet"] is None
    assert Enrolment.objects.get().attendance == "present"
    assert client.get(address("register", session)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"who": "x", "gestures": [1]}',
        '{"who": "x", "gestures": [{"id": "1", "kind": "mark", "at": "hier"}]}',
        '{"who": "x", "gestures": [{"id": 1, "kind": "x", "at": "2026-01-01T00:00:00Z"}]}',
    ],
)
def test_what_is_no_gesture_is_refused(signed_in, animator, session, body):
    url = address("register_sync", session)

    answer = signed_in(animator).post(url, body, content_type="application/json")

    assert answer.status_code == 400


def test_one_gesture_that_fails_stops_no_other(signed_in, animator, session):
    gestures = [tapped(99), tapped(1), came("4" * 41), came("1 85 05 78 006 084 91")]

    answer = send(signed_in(animator), animator, session, *gestures)

    assert sorted(results(answer)) == ["done", "full", "refused", "refused"]
    assert session.enrolments.get(number=1).attendance == "present"


def test_a_phone_says_whose_it_is_until_they_leave(signed_in, animator, client):
    signed_in(animator).get("/registres/")
    assert client.cookies["rtr_ici"].value == who_is_here.word_of(animator)
    assert str(animator.uuid) not in client.cookies["rtr_ici"].value

    client.post(reverse("account_logout"))
    assert not client.cookies["rtr_ici"].value
