"""Appointments: proposed, accepted, moved, called off; what they become; who is told of what."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from journeys.appointments.actions import keeping
from journeys.models import Appointment, Contact
from rtr import scope
from territories.models import JournalEntry, User
from tests.journeys.factories import ago, join
from tests.journeys.meetings import at, give_phone, propose, written
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


def again(row):
    return Appointment.objects.get(pk=row.pk)


# -- Agreeing -------------------------------------------------------------------------------------


def test_the_team_proposes_and_the_person_accepts_in_one_tap(
    signed_in, kiwi, referent, person, proposed
):
    client = signed_in(person)

    home = said(client.get(reverse("portal")))
    client.post(reverse("portal_appointment_yes", args=[proposed.pk]), {"seen": 0})

    assert "Prochain rendez-vous" in home and "Je viens" in home and "Je ne peux pas" in home
    assert again(proposed).status == "accepted"
    assert "Accepté" in said(client.get(reverse("portal_appointments")))


def test_the_person_asks_and_the_team_accepts_in_one_tap(signed_in, kiwi, referent, team, person):
    client = signed_in(person)
    moment = at(5, 10, 30)
    asked = {"with_user": referent.pk, "mode": "call", "day": moment.date(), "hour": "10:30"}

    page = client.post(reverse("portal_appointment_ask"), asked, follow=True)
    row = Appointment.objects.get()
    accepted = signed_in(referent).post(
        reverse("appointment_accept", args=[kiwi.pk, row.pk]), {"seen": 0}, follow=True
    )

    assert "C’est demandé" in said(page)
    assert (row.proposed_by, row.mode, row.starts_at) == ("person", "call", moment)
    assert again(row).status == "accepted"
    assert "Le rendez-vous est accepté" in said(accepted)


def test_nobody_accepts_what_they_proposed_themselves(kiwi, referent, person, proposed):
    with pytest.raises(ValidationError, match="n’attend pas votre réponse"):
        keeping.accept(appointment=proposed, by=referent)

    keeping.accept(appointment=proposed, by=person)
    assert again(proposed).status == "accepted"


def test_an_answer_is_to_the_moment_that_the_page_showed(kiwi, referent, person, proposed):
    keeping.move(appointment=proposed, by=referent, starts_at=at(8, 9))

    with pytest.raises(ValidationError, match="a changé"):
        keeping.accept(appointment=proposed, by=person, seen=0)

    keeping.accept(appointment=proposed, by=person, seen=1)
    keeping.accept(appointment=proposed, by=person, seen=1)  # a second tap
    assert again(proposed).status == "accepted"


def test_a_moment_moved_by_one_side_waits_for_the_other(kiwi, referent, person, proposed):
    first = proposed.starts_at
    keeping.accept(appointment=proposed, by=person)

    moved = keeping.move(appointment=proposed, by=person, starts_at=at(9, 16))

    assert (moved.status, moved.proposed_by, moved.moved_from) == ("proposed", "person", first)
    with pytest.raises(ValidationError):
        keeping.accept(appointment=moved, by=person)
    assert keeping.accept(appointment=moved, by=referent).status == "accepted"


def test_who_cannot_come_says_so_and_the_colleague_is_told(
    needs, signed_in, kiwi, referent, person, proposed
):
    client = signed_in(person)

    client.post(reverse("portal_appointment_no", args=[proposed.pk]), {"seen": 0})

    assert again(proposed).status == "to_change"
    (line,) = needs(referent)["appointment"]
    assert "Kiwi ne peut pas venir" in said_line(line)
    keeping.accept(appointment=proposed, by=person)  # after all
    assert again(proposed).status == "accepted"


def said_line(line) -> str:
    return (
        str(line.sentence)
        .replace("<b>", "")
        .replace("</b>", "")
        .split(">", 1)[1]
        .replace("</a>", "")
    )


def test_either_side_calls_it_off_with_a_short_reason(signed_in, kiwi, referent, person, proposed):
    page = signed_in(person).post(
        reverse("portal_appointment_cancel", args=[proposed.pk]), {"reason": "busy"}, follow=True
    )

    row = again(proposed)
    assert (row.status, row.cancelled_by, row.cancel_reason) == ("cancelled", "person", "busy")
    assert "Le rendez-vous est annulé" in said(page)
    seen = signed_in(referent).get(reverse("journey_appointments", args=[kiwi.pk]))
    assert "annulé par la personne, un empêchement" in said(seen)


def test_the_same_moment_proposed_twice_is_one(kiwi, team, referent):
    first, second = propose(kiwi, referent), propose(kiwi, referent)

    assert first == second
    assert Appointment.objects.count() == 1


# -- What it becomes ------------------------------------------------------------------------------


@pytest.fixture
def behind(kiwi, team, referent, person):
    """One of yesterday, accepted."""
    row = propose(kiwi, referent, starts_at=at(1, 14))
    keeping.accept(appointment=row, by=person)
    Appointment.objects.filter(pk=row.pk).update(
        starts_at=at(-1, 14), ends_at=at(-1, 15), changed_at=at(-1, 8)
    )
    return again(row)


def test_one_that_took_place_is_a_contact_and_may_be_taken_back(signed_in, kiwi, referent, behind):
    client = signed_in(referent)
    before = kiwi.last_contact_on

    client.post(reverse("appointment_came", args=[kiwi.pk, behind.pk]))
    kiwi.refresh_from_db()
    noted, row = kiwi.last_contact_on, again(behind)
    kind = row.contact.kind
    client.post(reverse("appointment_came", args=[kiwi.pk, behind.pk]))  # a second tap
    contacts = Contact.objects.filter(journey=kiwi, on=ago(1)).count()
    client.post(reverse("appointment_undo", args=[kiwi.pk, behind.pk]))

    assert (row.status, kind, noted) == ("came", "meeting", ago(1))
    assert contacts == 1
    kiwi.refresh_from_db()
    assert (again(behind).status, kiwi.last_contact_on) == ("accepted", before)


def test_who_could_not_come_is_proposed_another_moment_without_a_word_of_blame(
    signed_in, kiwi, referent, behind, person
):
    client = signed_in(referent)

    page = client.post(reverse("appointment_missed", args=[kiwi.pk, behind.pk]), follow=True)
    client.post(reverse("appointment_again", args=[kiwi.pk, behind.pk]))

    assert "Proposez un autre moment" in said(page)
    row = Appointment.objects.get(status="proposed")
    assert timezone.localtime(row.starts_at) == at(6, 14)
    seen = said(signed_in(person).get(reverse("portal_appointments")))
    assert not {"absent", "manqué", "pas pu"} & set(seen.lower().split())


def test_one_that_is_ahead_is_not_noted_yet(kiwi, referent, proposed):
    for act in (keeping.came, keeping.missed):
        with pytest.raises(ValidationError, match="pas encore eu lieu"):
            act(appointment=proposed, by=referent)


def test_one_behind_is_to_be_noted_on_today(needs, referent, behind):
    (line,) = needs(referent)["appointment_mark"]

    assert line.act[1] == reverse("journey_appointments", args=[behind.journey_id])


# -- Taking back ----------------------------------------------------------------------------------


def test_each_act_is_taken_back_by_who_did_it(kiwi, referent, person, proposed):
    keeping.accept(appointment=proposed, by=person)
    with pytest.raises(ValidationError, match="ne s’annule plus"):
        keeping.undo(appointment=proposed, by=referent)
    keeping.undo(appointment=proposed, by=person)
    assert again(proposed).status == "proposed"
    keeping.cancel(appointment=proposed, by=referent, reason="day")
    keeping.undo(appointment=proposed, by=referent)

    row = again(proposed)
    assert (row.status, row.cancelled_by, row.cancel_reason) == ("proposed", "", "")


def test_one_proposed_by_mistake_is_gone(kiwi, team, referent):
    give_phone(kiwi)
    row = propose(kiwi, referent)

    keeping.undo(appointment=row, by=referent)

    assert not Appointment.objects.exists()
    assert [one.status for one in written()] == ["cancelled"]


def test_one_whose_message_has_left_is_called_off_and_the_person_is_told(kiwi, team, referent):
    give_phone(kiwi)
    row = propose(kiwi, referent)
    written()[0].settle("done")

    keeping.undo(appointment=row, by=referent)

    assert again(row).status == "cancelled"
    assert [one.cause for one in written()] == ["appointment.proposed", "appointment.cancelled"]


def test_an_act_is_taken_back_for_a_quarter_of_an_hour(kiwi, referent, proposed):
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)),
        pytest.raises(ValidationError, match="ne s’annule plus"),
    ):
        keeping.undo(appointment=proposed, by=referent)


# -- Pages ----------------------------------------------------------------------------------------


def test_my_appointments_say_first_what_waits_for_me(signed_in, kiwi, referent, person, behind):
    propose(kiwi, person, with_user=referent, starts_at=at(3, 11))
    propose(kiwi, referent, starts_at=at(20, 9))

    page = signed_in(referent).get(reverse("my_appointments"))

    assert [slug for slug, _heading, _rows in page.context["groups"]] == [
        "repondre",
        "noter",
        "apres",
    ]


def test_a_list_costs_the_same_for_few_and_many(
    signed_in, kiwi, referent, team, django_assert_max_num_queries
):
    for day in range(2, 14):
        propose(kiwi, referent, starts_at=at(day, 10))
    client = signed_in(referent)

    for address in (reverse("my_appointments"), reverse("journey_appointments", args=[kiwi.pk])):
        client.get(address)
        with django_assert_max_num_queries(15):
            client.get(address)


def test_another_s_appointment_does_not_exist(signed_in, kiwi, proposed, coordinator_of_marseille):
    client = signed_in(coordinator_of_marseille)

    for name in ("appointment_move", "appointment_cancel"):
        assert client.get(reverse(name, args=[kiwi.pk, proposed.pk])).status_code == 404
    answer = client.post(reverse("appointment_accept", args=[kiwi.pk, proposed.pk]))
    assert answer.status_code == 404


def test_acts_are_in_the_journal(kiwi, referent, person, proposed):
    keeping.accept(appointment=proposed, by=person)

    acts = set(JournalEntry.objects.values_list("act", flat=True))
    assert {"appt_proposed", "appt_accepted"} <= acts


# -- At once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_moved_and_accepted_at_once_the_answer_is_never_to_the_other_moment(
    kiwi, team, referent, person, proposed
):
    """The person accepts the first moment while the colleague moves it: whoever comes second is
    told, or the moment that stands is one that was proposed and not accepted."""

    def act(function, **options):
        with scope.over([kiwi.territory_id]):
            try:
                function(appointment=proposed, **options)
            except ValidationError:
                return "refused"
            finally:
                connection.close()
        return "done"

    moment, later = proposed.starts_at, at(9, 9)
    with ThreadPoolExecutor(2) as pool:
        accepting = pool.submit(act, keeping.accept, by=person, seen=0)
        moving = pool.submit(act, keeping.move, by=referent, starts_at=later, seen=0)
        ends = {accepting.result(), moving.result()}

    row = again(proposed)
    assert ends == {"done", "refused"}
    assert (row.status, row.starts_at) in {("accepted", moment), ("proposed", later)}
