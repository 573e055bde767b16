"""« Rappelez-moi »: the moment, the number, who calls, by when; nobody's call is lost."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.models import Contact, Participant
from journeys.participants.actions import ask_call_back, forget_call_back_numbers
from rtr import scope
from territories.models import JournalEntry, User
from tests.journeys.factories import ago, join
from tests.journeys.phones import said

WHEN = reverse("portal_call_me_when")


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def person(kiwi, caen, referent):
    join(kiwi, referent)
    user = User.objects.create_user(territory=caen)
    kiwi.participant.user = user
    kiwi.participant.save()
    return user


def row() -> Participant:
    return Participant.objects.get()


def asked(on: datetime.date, **fields) -> None:
    fields = {"contact": "06 39 98 12 34"} | fields
    Participant.objects.update(call_back_asked_on=on, **fields)


def test_the_person_chooses_the_moment_and_the_number(signed_in, person):
    client = signed_in(person)

    page = client.post(WHEN, {"moment": "morning", "phone": "06 12 34 56 78"}, follow=True)

    assert (row().call_back_moment, str(row().call_back_phone)) == ("morning", "+33612345678")
    assert row().call_back_asked_on == timezone.localdate()
    assert "Nous appelons plutôt le matin" in said(page)
    assert "Vous l’avez demandé aujourd’hui" in said(page)
    assert JournalEntry.objects.filter(act="call_back_asked").count() == 1


def test_without_any_number_one_is_asked(signed_in, person):
    client = signed_in(person)

    direct = client.post(reverse("portal_call_me"))
    empty = client.post(WHEN, {"moment": ""})
    short = client.post(WHEN, {"moment": "", "phone": "06 12"})

    assert direct["Location"] == WHEN
    assert "Écrivez un numéro" in said(empty) and "Vérifiez ce numéro" in said(short)
    assert row().call_back_asked_on is None


def test_with_a_number_known_one_tap_is_enough(signed_in, person):
    Participant.objects.update(contact="06 39 98 12 34")

    signed_in(person).post(reverse("portal_call_me"))

    assert row().call_back_asked_on == timezone.localdate()


def test_asked_again_the_wish_changes_and_the_first_day_stays(person):
    asked(ago(1))

    ask_call_back(participant=row(), by=person, moment="afternoon")

    assert (row().call_back_asked_on, row().call_back_moment) == (ago(1), "afternoon")


def test_the_referent_reads_the_number_and_the_moment(needs, person, referent):
    asked(ago(0), call_back_moment="morning", call_back_phone="+33612345678")

    (line,) = needs(referent)["call_back"]
    notes = " ".join(map(str, line.notes)).replace("\xa0", " ")

    assert "attend votre appel" in str(line.sentence)
    assert "plutôt le matin" in notes and "06 12 34 56 78" in notes and "tel:+33612345678" in notes


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-11-23", "2026-11-25"),  # Monday → Wednesday
        ("2026-11-26", "2026-11-30"),  # Thursday → Monday
        ("2026-11-27", "2026-12-01"),  # Friday → Tuesday
        ("2026-11-28", "2026-12-01"),  # Saturday
        ("2026-11-29", "2026-12-01"),  # Sunday
    ],
)
def test_a_call_is_made_within_two_working_days(needs, person, referent, day, due):
    asked(datetime.date.fromisoformat(day))

    (line,) = needs(referent)["call_back"]

    assert line.due == datetime.date.fromisoformat(due)


def test_a_call_the_referent_did_not_make_is_the_coordination_s(needs, person, coordinator):
    asked(ago(0))
    (line,) = needs(coordinator)["call_back"]
    waiting = (line.is_now, str(line.sentence))
    asked(ago(6))
    (line,) = needs(coordinator)["call_back"]

    assert not waiting[0] and "attend un appel de Karim" in waiting[1]
    assert line.is_now and "attend toujours un appel, Karim n’a pas pu" in str(line.sentence)


def test_without_referent_the_call_is_the_coordination_s_at_once(needs, kiwi, coordinator):
    asked(ago(1))

    (line,) = needs(coordinator)["call_back"]

    assert line.is_now and "attend votre appel" in str(line.sentence)


def test_called_back_it_is_a_contact_and_the_number_is_forgotten_the_night_after(
    signed_in, person, kiwi, referent
):
    asked(ago(1), call_back_phone="+33612345678", call_back_moment="morning")
    client = signed_in(referent)

    client.post(reverse("call_back", args=[kiwi.participant_id]))
    called = Contact.objects.filter(kind="call", on=timezone.localdate()).count()
    kept = str(row().call_back_phone)
    forget_call_back_numbers()

    assert (called, kept) == (1, "+33612345678")
    assert (row().call_back_asked_on, row().call_back_phone, row().call_back_moment) == (
        None,
        "",
        "",
    )


def test_a_number_that_still_waits_is_kept(person):
    asked(ago(1), call_back_phone="+33612345678")

    assert forget_call_back_numbers() == 0
    assert row().call_back_phone


def test_taken_back_nothing_of_it_stays(signed_in, person):
    asked(ago(0), call_back_phone="+33612345678", call_back_moment="morning")

    signed_in(person).post(reverse("portal_call_me_not"))

    assert (row().call_back_asked_on, row().call_back_phone) == (None, "")
