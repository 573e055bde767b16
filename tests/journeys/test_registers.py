"""Taking a register: one tap a person, corrections, walk-ins, and the way back."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.activities.models import Enrolment, SessionStaff
from journeys.models import AttendanceMark, Journey, Participant
from journeys.pathway.actions.lifecycle import purge_butinages
from journeys.registers.actions.marking import Gesture, mark, mark_everybody, take_back_marks
from journeys.registers.actions.walking_in import Full, UnknownCard, code_in, walk_in
from rtr import scope
from territories.accounts.enums import Role
from tests.cast import member
from tests.journeys.activities import SessionFactory, moment
from tests.journeys.factories import JourneyFactory, ago
from tests.journeys.registers import address, put, session_of_today, twelve


@pytest.fixture
def here(caen):
    with scope.over([caen.pk]):
        yield caen


@pytest.fixture
def full_session(here, le_wip):
    return twelve(here)[0]


@pytest.fixture
def volunteer(caen, le_dome):
    return member("Odile", Role.VOLUNTEER, le_dome, caen)


def row(session, number) -> Enrolment:
    return session.enrolments.get(number=number)


# -- Tapping ------------------------------------------------------------------------------------


def test_an_animator_notes_somebody_in_one_tap(signed_in, animator, full_session):
    client = signed_in(animator)
    data = {"number": 1, "attendance": "present"}

    client.post(address("register", full_session), data)

    noted = row(full_session, 1)
    assert (noted.attendance, noted.minutes, noted.recorded_by) == ("present", 120, animator)
    assert "1 présent" in client.get(address("register", full_session)).content.decode()


def test_everybody_is_there_and_it_is_taken_back_at_once(signed_in, animator, full_session):
    client = signed_in(animator)
    mark(session=full_session, number=3, gesture=Gesture(by=animator, attendance="absent"))

    client.post(address("register_all", full_session))
    assert full_session.enrolments.attended().count() == 11
    batch = AttendanceMark.objects.last().batch
    client.post(address("register_undo", full_session, batch))

    assert full_session.enrolments.attended().count() == 0
    assert row(full_session, 3).attendance == "absent"


def test_taking_back_leaves_what_somebody_noted_since(animator, coordinator, full_session):
    batch = mark_everybody(session=full_session, by=animator)
    mark(session=full_session, number=2, gesture=Gesture(by=coordinator, attendance="absent"))

    assert take_back_marks(session=full_session, by=animator, batch=batch) == 11
    assert row(full_session, 2).attendance == "absent"


def test_hours_are_those_of_the_session_unless_said(animator, full_session):
    mark(session=full_session, number=1, gesture=Gesture(by=animator, minutes=45))
    assert row(full_session, 1).minutes == 45

    mark(session=full_session, number=1, gesture=Gesture(by=animator, attendance="absent"))
    assert row(full_session, 1).minutes is None


def test_a_correction_says_who_and_when(signed_in, animator, coordinator, full_session):
    mark(session=full_session, number=4, gesture=Gesture(by=animator))
    mark(session=full_session, number=4, gesture=Gesture(by=coordinator, attendance="absent"))

    page = signed_in(animator).get(address("register", full_session)).content.decode()

    assert "présent, 2\u00a0h" in page
    assert "Nadia" in page


def test_no_register_before_its_day_nor_of_a_cancelled_session(here, animator, le_wip):
    tomorrow = SessionFactory(territory=here)
    cancelled = session_of_today(here)
    for one in (tomorrow, cancelled):
        put(one, "Kiwi")
    cancelled.cancelled_at = timezone.now()
    cancelled.save()

    for one in (tomorrow, cancelled):
        with pytest.raises(ValidationError):
            mark(session=one, number=1, gesture=Gesture(by=animator))


# -- Who may --------------------------------------------------------------------------------------


def test_a_volunteer_has_todays_sessions_they_help_with_and_lands_there(
    signed_in, volunteer, here, le_wip
):
    today, other = session_of_today(here), session_of_today(here)
    yesterday = SessionFactory(territory=here, starts_at=moment(-1, 9), ends_at=moment(-1, 11))
    for one in (today, yesterday):
        SessionStaff.objects.create(session=one, user=volunteer, part="volunteer")
    client = signed_in(volunteer)

    assert client.get(reverse("home")).url == reverse("registers")
    page = client.get(reverse("registers")).content.decode()
    assert "Aujourd’hui, mes registres" in page
    assert address("register", today) in page
    assert client.get(address("register", today)).status_code == 200
    for one in (other, yesterday):
        assert client.get(address("register", one)).status_code == 404


def test_an_animator_of_another_house_gets_404(signed_in, caen, le_dome, full_session):
    other = member("Ada", Role.ANIMATOR, le_dome, caen)

    assert signed_in(other).get(address("register", full_session)).status_code == 404


def test_registers_not_taken_are_asked_for(
    signed_in, animator, here, le_wip, django_assert_max_num_queries
):
    late = SessionFactory(territory=here, starts_at=moment(-3, 9), ends_at=moment(-3, 11))
    put(late, "Zaza")
    client = signed_in(animator)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("registers")).content.decode()

    assert "À terminer" in page
    assert address("register", late) in page


def test_a_register_costs_the_same_for_one_and_for_twelve(
    signed_in, animator, full_session, here, le_wip, django_assert_max_num_queries
):
    alone = session_of_today(here)
    put(alone, "Kiwi")
    client = signed_in(animator)
    for one in (alone, full_session):
        with django_assert_max_num_queries(13):
            client.get(address("register", one))


# -- At the door ----------------------------------------------------------------------------------


def test_somebody_walks_in_by_nickname(signed_in, animator, here, le_wip):
    session = session_of_today(here)

    signed_in(animator).post(address("register_walk_in", session), {"who": " Jo  la Frite "})

    added = session.enrolments.get()
    assert (added.nickname, added.participant, added.attendance) == (
        "Jo la Frite",
        None,
        "present",
    )
    assert added.source == "walk_in"


def test_a_card_gives_a_row_like_any_other(signed_in, animator, here, le_wip, kiwi):
    session = session_of_today(here)
    code = kiwi.participant.code.lower().replace("-", " ")

    client = signed_in(animator)
    client.post(address("register_walk_in", session), {"who": code})
    client.post(address("register_walk_in", session), {"who": code})

    assert session.enrolments.get().participant == kiwi.participant
    page = client.get(address("register", session)).content.decode()
    assert "Kiwi" in page
    assert kiwi.participant.code not in page


def test_a_card_of_somebody_enrolled_notes_them(animator, full_session):
    person = full_session.enrolments.get(number=1).participant

    walk_in(session=full_session, gesture=Gesture(by=animator), who=person.code)

    assert row(full_session, 1).attendance == "present"
    assert full_session.enrolments.count() == 12


def test_an_unknown_card_says_what_to_do(signed_in, animator, here, le_wip, fatou_in_marseille):
    session = session_of_today(here)
    client = signed_in(animator)

    with scope.everything("test: a card of elsewhere"):
        elsewhere = Participant.objects.get(journey=fatou_in_marseille).code

    for code in ("LOUTRE-0000", elsewhere):
        answer = client.post(address("register_walk_in", session), {"who": code})
        assert answer.status_code == 422
        assert "Notez la personne par son surnom" in answer.content.decode()
    assert not session.enrolments.exists()
    with pytest.raises(UnknownCard):
        walk_in(session=session, gesture=Gesture(by=animator), who="LOUTRE-0000")


def test_a_full_session_asks_first_then_counts_who_is_in_the_room(
    signed_in, animator, full_session
):
    client, url = signed_in(animator), address("register_walk_in", full_session)

    asked = client.post(url, {"who": "Jo"})
    assert asked.status_code == 409
    assert "Oui, noter sa présence" in asked.content.decode()
    mark_everybody(session=full_session, by=animator)
    client.post(url, {"who": "Jo", "beyond": "yes"})

    assert full_session.enrolments.enrolled().count() == 13
    assert full_session.enrolments.waiting().count() == 0
    assert "au-delà des 12 places" in client.get(address("register", full_session)).content.decode()
    with pytest.raises(Full):
        walk_in(session=full_session, gesture=Gesture(by=animator), who="Jaja")


def test_who_waited_for_a_place_and_came_is_in(animator, full_session, here):
    waits = put(full_session, "Jo")
    assert waits.status == "waiting"

    mark(session=full_session, number=waits.number, gesture=Gesture(by=animator))

    assert row(full_session, waits.number).status == "enrolled"


def test_a_walk_in_is_taken_back(animator, here, le_wip):
    session = session_of_today(here)
    done = walk_in(session=session, gesture=Gesture(by=animator), who="Jo")

    take_back_marks(session=session, by=animator, batch=done.batch)

    assert not session.enrolments.standing().exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("LOUTRE-4821", "LOUTRE-4821"),
        ("loutre 4821", "LOUTRE-4821"),
        ("Mésange-2037", "MÉSANGE-2037"),
        ("Kiwi", ""),
        ("Jo 12", ""),
    ],
)
def test_a_code_is_told_from_a_nickname(typed, code):
    assert code_in(typed) == code


# -- Being there counts ---------------------------------------------------------------------------


def test_being_there_keeps_a_file_and_is_the_last_contact(here, animator, le_wip):
    journey = JourneyFactory(
        territory=here, first_contact_on=ago(160), participant__organisation=le_wip
    )
    journey.contacts.update(on=ago(130))
    session = SessionFactory(territory=here, starts_at=moment(-40, 9), ends_at=moment(-40, 11))
    put(session, journey.participant)

    mark(session=session, number=1, gesture=Gesture(by=animator))
    assert Journey.objects.get(pk=journey.pk).last_contact_on == ago(40)
    with scope.everything("test"):
        assert purge_butinages(on=timezone.localdate()) == 0

    mark(session=session, number=1, gesture=Gesture(by=animator, attendance="absent"))
    assert Journey.objects.get(pk=journey.pk).last_contact_on == ago(130)
    with scope.everything("test"):
        assert purge_butinages(on=timezone.localdate()) == 1


def test_a_contact_taken_back_leaves_the_last_session(here, animator, le_wip, kiwi):
    session = session_of_today(here)
    put(session, kiwi.participant)
    mark(session=session, number=1, gesture=Gesture(by=animator))

    kiwi.contacts.all().delete()

    assert Journey.objects.get(pk=kiwi.pk).last_contact_on == timezone.localdate()


# -- Paper and file -------------------------------------------------------------------------------


def test_the_sheet_on_paper_and_the_file_hold_numbers_and_nicknames(
    signed_in, animator, full_session
):
    client = signed_in(animator)
    mark(session=full_session, number=1, gesture=Gesture(by=animator, minutes=90))

    paper = client.get(address("register_print", full_session)).content.decode()
    file = b"".join(client.get(address("register_csv", full_session)).streaming_content).decode()

    assert "Kiwi" in paper
    assert file.splitlines()[0] == "numero,surnom,presence,duree_en_minutes"
    assert file.splitlines()[1] == "1,Kiwi,présent,90"
    assert len(file.splitlines()) == 13


def test_a_gesture_of_tomorrow_is_of_now(animator, full_session):
    ahead = timezone.now() + datetime.timedelta(days=1)

    done = mark(
        session=full_session, number=1, gesture=Gesture(by=animator, at=ahead, uuid=uuid4())
    )

    assert done.at <= timezone.now()
