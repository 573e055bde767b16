"""A badge for those present, in one gesture, which tells nobody who is in the programme."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from badges.achievements.actions import retire
from badges.issuers.actions import change_state
from badges.models import Credential
from journeys.activities import attending
from journeys.models import Contract, Enrolment, Objective, Recognition, SessionAward
from journeys.recognition import scanning
from journeys.recognition.actions.asking import ask_by_scan
from journeys.recognition.actions.giving import progress
from rtr import scope
from rtr.due import run_due
from tests.badges.factories import locks_of
from tests.journeys.experiences import account_of, activity_of, session_of
from tests.journeys.factories import JourneyFactory
from tests.journeys.recognition import a_badge, given_at


@pytest.fixture
def in_caen(caen):
    with scope.over([caen.pk]):
        yield caen


@pytest.fixture
def badge(in_caen, le_dome):
    return a_badge(in_caen, le_dome)


@pytest.fixture
def session(in_caen, le_dome):
    return session_of(activity_of(in_caen, le_dome, "Découpe laser"), days=1)


def present(session, organisation, count=5, guests=1) -> list:
    """People with a file, then others who gave a nickname alone."""
    journeys = [
        JourneyFactory(
            territory=session.territory,
            participant__organisation=organisation,
            participant__nickname=f"Kiwi {number}",
            contracted=True,
        )
        for number in range(count)
    ]
    people = [one.participant for one in journeys] + [None] * guests
    for number, person in enumerate(people, start=1):
        row = Enrolment.objects.create(
            territory=session.territory,
            session=session,
            participant=person,
            nickname=person.nickname if person else "Zaza",
            number=number,
            attendance="present",
            recorded_at=timezone.now(),
        )
        attending.noted(row)
    return journeys


def test_five_present_receive_it_in_one_gesture(session, badge, le_dome, coordinator):
    journeys = present(session, le_dome, 5)
    award = given_at(session, coordinator, badge, [1, 2, 3, 4, 5, 6])
    assert Credential.objects.count() == 5
    rows = Recognition.objects.filter(award=award)
    assert {row.journey for row in rows} == set(journeys)
    assert {row.experience.title for row in rows} == {"Découpe laser"}
    assert {row.reason for row in rows} == {"A découpé une pièce, du dessin à la finition."}
    assert progress(award) == (0, 5)
    run_due("badges.credential")
    assert progress(award)[0] > 0


def test_a_file_is_locked_before_the_person_as_every_act_does(session, badge, le_dome, coordinator):
    """Else an answer given at the same moment to one of those present would stop both."""
    present(session, le_dome, 2)
    with locks_of() as tables:
        given_at(session, coordinator, badge, [1, 2])
    assert tables.index("journeys_journey") < tables.index("journeys_participant")


def test_sent_twice_it_is_given_once(session, badge, le_dome, coordinator):
    present(session, le_dome, 2)
    word = uuid.uuid4()
    first = given_at(session, coordinator, badge, [1, 2], client_uuid=word)
    assert given_at(session, coordinator, badge, [1, 2], client_uuid=word) == first
    assert Credential.objects.count() == 2


def test_only_who_was_noted_present_receives_it(session, badge, le_dome, coordinator):
    present(session, le_dome, 2)
    Enrolment.objects.filter(number=2).update(attendance="absent")
    for numbers in ([1, 2], [], [1, 99]):
        with pytest.raises(ValidationError, match="notées présentes"):
            given_at(session, coordinator, badge, numbers)
    assert not SessionAward.objects.exists()


def test_it_says_what_people_did(session, badge, le_dome, coordinator):
    present(session, le_dome, 1)
    with pytest.raises(ValidationError, match="ont fait"):
        given_at(session, coordinator, badge, [1], reason=" ")


def test_who_asked_for_it_is_answered(session, badge, le_dome, coordinator):
    (journey,) = present(session, le_dome, 1)
    row = ask_by_scan(journey=journey, by=account_of(journey), session=session, achievement=badge)
    given_at(session, coordinator, badge, [1])
    row.refresh_from_db()
    assert row.state == "accepted"
    assert Recognition.objects.count() == 1


def test_a_nickname_found_to_be_somebody_receives_it_then(session, badge, le_dome, coordinator):
    present(session, le_dome, 0, guests=1)
    given_at(session, coordinator, badge, [1])
    assert not Credential.objects.exists()
    journey = JourneyFactory(territory=session.territory, participant__organisation=le_dome)
    row = Enrolment.objects.get()
    row.participant = journey.participant
    row.save()
    for _twice in range(2):
        attending.noted(row)
    assert Recognition.objects.get().journey == journey
    assert Credential.objects.count() == 1


@pytest.mark.parametrize("what", ["model", "issuer"])
def test_a_badge_given_no_more_leaves_the_register_open(session, badge, le_dome, coordinator, what):
    present(session, le_dome, 0, guests=1)
    given_at(session, coordinator, badge, [1])
    if what == "model":
        retire(achievement=badge, by=coordinator)
    else:
        change_state(issuer=le_dome.issuer, state="suspended", by=coordinator)
    journey = JourneyFactory(territory=session.territory, participant__organisation=le_dome)
    row = Enrolment.objects.get()
    row.participant = journey.participant
    row.save()
    attending.noted(row)
    assert not Credential.objects.exists()


def test_objectives_of_those_present_are_reached(session, badge, le_dome, coordinator):
    journey, _other = present(session, le_dome, 2)
    aim = Objective.objects.create(
        territory=journey.territory,
        journey=journey,
        contract=Contract.objects.get(journey=journey),
        wording="Utiliser la découpe laser",
        achievement=badge,
    )
    given_at(session, coordinator, badge, [1, 2])
    aim.refresh_from_db()
    assert aim.reached_on == timezone.localdate()
    assert Recognition.objects.get(journey=journey).objective == aim


def test_given_to_many_it_asks_the_database_little_more(
    session, badge, le_dome, coordinator, django_assert_max_num_queries
):
    present(session, le_dome, 30)
    with django_assert_max_num_queries(2 * 30 + 30):  # the journal of each file
        given_at(session, coordinator, badge, list(range(1, 31)))


# -- By a scan -------------------------------------------------------------------------------------


def test_a_code_opens_its_session_and_its_badge(session, badge):
    token = scanning.token_of(session, badge)
    assert scanning.read(token) == (session, badge)
    assert scanning.read(token[:-1] + "x") is None


def test_a_code_is_read_around_its_session_alone(in_caen, badge, le_dome):
    before = session_of(activity_of(in_caen, le_dome), days=-2)
    after = session_of(before.activity, days=3)
    for session in (before, after):
        assert scanning.read(scanning.token_of(session, badge)) is None
    after.ends_at = timezone.now() - datetime.timedelta(hours=5)
    after.save()
    assert scanning.read(scanning.token_of(after, badge)) is not None


def test_scanned_twice_it_is_one_request(session, badge, le_dome):
    (journey,) = present(session, le_dome, 1)
    of = {"journey": journey, "by": account_of(journey), "session": session, "achievement": badge}
    row = ask_by_scan(**of)
    assert ask_by_scan(**of) == row
    assert (row.started_by, row.organisation) == ("scan", le_dome)
    assert row.experience.activity == session.activity
