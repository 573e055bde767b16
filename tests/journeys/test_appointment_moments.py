"""Moments that are refused, hours where the clocks change, what else happens at the same time."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.activities.actions.enrolling import enrol
from journeys.activities.calendars import others_of, sessions_of
from journeys.activities.calendars import written as written_feed
from journeys.appointments import conflicts
from journeys.appointments.moments import local, week_later
from journeys.models import Activity, Appointment, Session, SessionStaff
from journeys.pathway.actions import spans
from rtr import scope
from territories.models import User
from tests.journeys.factories import ago, join
from tests.journeys.meetings import at, propose
from tests.journeys.phones import said


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def team(kiwi, referent):
    return join(kiwi, referent)


@pytest.fixture
def person(kiwi, caen):
    user = User.objects.create_user(territory=caen)
    kiwi.participant.user = user
    kiwi.participant.save()
    return user


@pytest.fixture
def proposed(kiwi, team, referent):
    return propose(kiwi, referent)


# -- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "word"),
    [(lambda: at(-1, 14), "passé"), (lambda: at(368, 14), "dans l’année")],
)
def test_a_moment_behind_or_too_far_is_refused(kiwi, team, referent, moment, word):
    with pytest.raises(ValidationError, match=word):
        propose(kiwi, referent, starts_at=moment())


def test_a_moment_is_with_somebody_of_the_team(kiwi, team, referent, person, animator):
    with pytest.raises(ValidationError, match="l’équipe"):
        propose(kiwi, referent, with_user=animator)
    with pytest.raises(ValidationError, match="l’équipe"):
        propose(kiwi, person, with_user=person)


def test_who_was_set_aside_is_not_proposed(signed_in, kiwi, team, referent, person):
    team.suspended_on = ago(0)
    team.save()

    with pytest.raises(ValidationError, match="l’équipe"):
        propose(kiwi, person, with_user=referent)
    page = signed_in(person).get(reverse("portal_appointment_ask"))
    assert page.status_code == 302


def test_a_video_link_is_https(signed_in, kiwi, team, referent):
    with pytest.raises(ValidationError, match="https"):
        propose(kiwi, referent, mode="video", link="http://exemple.fr/x")
    page = signed_in(referent).post(
        reverse("appointment_propose", args=[kiwi.pk]),
        form_data(referent) | {"mode": "video", "link": "javascript:alert(1)", "seen": 0},
    )
    assert page.status_code == 422
    assert not Appointment.objects.exists()


def form_data(user, moment=None) -> dict:
    moment = moment or at(7, 14)
    return {
        "with_user": user.pk,
        "day": f"{moment:%Y-%m-%d}",
        "hour": f"{moment:%H:%M}",
        "minutes": 45,
        "mode": "meet",
    }


def test_after_a_death_nobody_is_proposed_anything(kiwi, team, referent, coordinator):
    spans.leave(
        journey=kiwi, by=coordinator, seen=None, on=ago(1), kind="deces", agreed_to_contact=False
    )

    with pytest.raises(ValidationError, match="décès"):
        propose(kiwi, referent)


def test_somebody_who_left_may_still_be_met(signed_in, kiwi, team, referent, coordinator):
    spans.leave(
        journey=kiwi, by=coordinator, seen=None, on=ago(1), kind="cdi", agreed_to_contact=True
    )
    address = reverse("appointment_propose", args=[kiwi.pk])
    client = signed_in(referent)

    asked = client.get(address)
    kiwi.refresh_from_db()
    client.post(address, form_data(referent) | {"seen": kiwi.version})

    assert "le rendez-vous reste possible" in said(asked)
    assert Appointment.objects.exists()


def test_an_older_page_is_told_what_changed(signed_in, kiwi, team, referent):
    page = signed_in(referent).post(
        reverse("appointment_propose", args=[kiwi.pk]), form_data(referent) | {"seen": 99}
    )

    assert page.status_code == 409
    assert not Appointment.objects.exists()


# -- Where the clocks change ----------------------------------------------------------------------


def test_an_hour_that_does_not_exist_is_refused_and_one_that_comes_twice_is_the_first():
    with pytest.raises(ValidationError, match="n’existe pas"):
        local(datetime.date(2027, 3, 28), datetime.time(2, 30))

    twice = local(datetime.date(2026, 10, 25), datetime.time(2, 30))
    assert twice.astimezone(datetime.UTC).hour == 0


@pytest.mark.parametrize("first", [datetime.date(2026, 10, 20), datetime.date(2027, 3, 23)])
def test_one_week_later_is_the_same_local_hour(first):
    moment = local(first, datetime.time(14))
    with time_machine.travel(moment, tick=False):
        later = timezone.localtime(week_later(moment))

    assert (later.date() - first, later.hour) == (datetime.timedelta(days=7), 14)


# -- At the same moment ---------------------------------------------------------------------------


def test_what_else_happens_is_a_warning_and_never_a_refusal(
    signed_in, kiwi, team, referent, person, proposed
):
    client = signed_in(referent)
    kiwi.refresh_from_db()
    data = form_data(referent, at(7, 14, 15)) | {"seen": kiwi.version}

    page = client.post(reverse("appointment_propose", args=[kiwi.pk]), data, follow=True)

    assert Appointment.objects.count() == 2
    assert "Karim a déjà un rendez-vous de 14 h à 14 h 45" in said(page)
    assert "Kiwi a déjà un rendez-vous avec Karim" in said(page)


def test_sessions_of_both_are_said(kiwi, team, referent, session_at, caen):
    session = session_at(at(7, 14), staff=referent, participant=kiwi.participant)
    row = propose(kiwi, referent, starts_at=at(7, 15))

    text = " ".join(conflicts.of_appointment(row))

    title = session.activity.title
    assert f"Karim anime « {title} »" in text and f"Kiwi a sa place à « {title} »" in text
    assert not conflicts.of_appointment(propose(kiwi, referent, starts_at=at(8, 15)))


@pytest.fixture
def session_at(caen, le_dome):
    def make(starts_at, *, staff, participant):
        activity = Activity.objects.create(
            territory=caen, organisation=le_dome, title="Réparation", pitch="x", kind="repair"
        )
        session = Session.objects.create(
            territory=caen,
            activity=activity,
            starts_at=starts_at,
            ends_at=starts_at + datetime.timedelta(hours=2),
            places=8,
        )
        SessionStaff.objects.create(session=session, user=staff)
        enrol(session=session, by=staff, participant=participant)
        return session

    return make


# -- In one's calendar ---------------------------------------------------------------------------


def test_appointments_are_in_one_s_feed_without_a_name(kiwi, referent, person, proposed):
    for user in (referent, User.objects.get(pk=person.pk)):
        text = written_feed(sessions_of(user), others_of(user)).decode()

        assert "SUMMARY:Rendez-vous" in text and "STATUS:TENTATIVE" in text
        assert "Kiwi" not in text and "Karim" not in text
