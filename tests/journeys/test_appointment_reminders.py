"""Reminders three days and one day before: when they leave, to whom, what « 1 » and « 2 » do."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from journeys.appointments.actions import keeping, reminding
from journeys.appointments.moments import said_in
from journeys.messages.actions.receiving import note_answer
from journeys.messages.heard import Answer
from journeys.models import Appointment, InboundMessage, OutboundMessage, Participant, Reminder
from journeys.pathway.actions import spans
from rtr import scope
from territories.models import User
from tests.journeys.factories import ago, join
from tests.journeys.meetings import PARIS, PHONE, at, give_phone, propose, written
from tests.journeys.sms import deliver


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def met(kiwi, referent):
    """`met(moment)`: an appointment with Karim that Kiwi, who left a phone, accepted."""
    join(kiwi, referent)
    give_phone(kiwi)
    kiwi.participant.user = User.objects.create_user(territory=kiwi.territory)
    kiwi.participant.save()

    def make(starts_at, **more):
        row = propose(kiwi, referent, starts_at=starts_at, **more)
        return keeping.accept(appointment=row, by=kiwi.participant.user)

    return make


def night(days_before: int, starts_at) -> int:
    """The night work of so many days before."""
    on = timezone.localtime(starts_at).date() - datetime.timedelta(days=days_before)
    with time_machine.travel(datetime.datetime.combine(on, datetime.time(2, 30), tzinfo=PARIS)):
        with scope.everything("test"):
            return reminding.remind(on=on)


def reminders(cause="appointment.reminder") -> list[OutboundMessage]:
    return written(cause=cause)


# -- When -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day",
    [
        datetime.date(2027, 3, 28),  # the clocks go forward that very day
        datetime.date(2027, 3, 29),
        datetime.date(2027, 10, 31),  # back
        datetime.date(2027, 11, 1),
        datetime.date(2027, 6, 15),
    ],
)
def test_reminders_leave_at_ten_three_days_and_one_day_before(met, day):
    moment = datetime.datetime.combine(day, datetime.time(14), tzinfo=PARIS)
    with time_machine.travel(moment - datetime.timedelta(days=20)):
        met(moment)

    counts = [night(before, moment) for before in (4, 3, 2, 1, 0)]

    days = [day - datetime.timedelta(days=before) for before in (3, 1)]
    assert counts == [0, 1, 0, 1, 0]
    left = [timezone.localtime(one.due_at) for one in reminders()]
    assert [(one.date(), one.hour, one.minute) for one in left] == [(on, 10, 0) for on in days]
    assert [one.useless_after for one in reminders()] == [moment, moment]


def test_the_night_run_twice_reminds_once(met):
    moment = at(3, 14)
    with time_machine.travel(at(-10, 9)):
        met(moment)

    assert (night(3, moment), night(3, moment)) == (1, 0)
    assert len(reminders()) == 1


def test_what_changes_the_same_day_is_reminded_the_same_day_if_its_hour_is_ahead(met):
    with time_machine.travel(at(0, 8)):
        met(at(1, 14))
    with time_machine.travel(at(0, 11)):
        met(at(1, 16))

    (one,) = reminders()
    assert timezone.localtime(one.due_at) == at(0, 10)


def test_nothing_leaves_at_night(met, settings):
    with time_machine.travel(at(0, 21)):
        met(at(5, 14))
        (told,) = written(cause="appointment.proposed")
        assert told.status == "cancelled", "already accepted: nothing to ask any more"
    with time_machine.travel(at(0, 22)):
        row = Appointment.objects.get()
        keeping.cancel(appointment=row, by=row.with_user, reason="day")
        (off,) = written(cause="appointment.cancelled")
        deliver(off)

    assert off.status == "due"
    assert timezone.localtime(off.due_at) == at(1, 8)


# -- When not -------------------------------------------------------------------------------------


def test_a_reminder_of_a_moment_moved_or_called_off_does_not_leave(met):
    moment = at(3, 14)
    with time_machine.travel(at(-10, 9)):
        row = met(moment)
    night(3, moment)
    with time_machine.travel(at(0, 8)):
        keeping.move(appointment=row, by=row.with_user, starts_at=at(1, 9))

    first, second = reminders()
    assert (first.status, second.status) == ("cancelled", "due")
    assert "9 h" in second.body.replace("\xa0", " ")
    with time_machine.travel(at(0, 8, 30)):
        keeping.cancel(appointment=row, by=row.with_user, reason="busy")
    assert {one.status for one in reminders()} == {"cancelled"}
    assert not Reminder.objects.filter(message__status="cancelled").exists()


def test_called_off_by_mistake_it_is_reminded_anew(met):
    moment = at(1, 14)
    with time_machine.travel(at(-10, 9)):
        row = met(moment)
    night(1, moment)
    with time_machine.travel(at(0, 8)):
        keeping.cancel(appointment=row, by=row.with_user, reason="busy")
        keeping.undo(appointment=row, by=row.with_user)

    assert [one.status for one in reminders()] == ["cancelled", "due"]


@pytest.mark.parametrize("status", ["to_change", "cancelled", "came", "missed"])
def test_only_what_is_proposed_or_accepted_is_reminded(met, status):
    moment = at(3, 14)
    with time_machine.travel(at(-10, 9)):
        row = met(moment)
    by = "team" if status == "cancelled" else ""
    Appointment.objects.filter(pk=row.pk).update(status=status, cancelled_by=by)

    assert night(3, moment) == 0


def test_who_left_no_contact_is_written_nothing(kiwi, referent):
    join(kiwi, referent)
    with time_machine.travel(at(-10, 9)):
        propose(kiwi, referent, starts_at=at(3, 14))

    assert night(3, at(3, 14)) == 0
    assert not OutboundMessage.objects.exists()


def test_after_a_death_nothing_is_sent(met, kiwi, coordinator):
    moment = at(3, 14)
    with time_machine.travel(at(-10, 9)):
        met(moment)
    spans.leave(
        journey=kiwi, by=coordinator, seen=None, on=ago(1), kind="deces", agreed_to_contact=False
    )

    assert night(3, moment) == 0


# -- To whom, in which words ----------------------------------------------------------------------


def test_a_mail_address_is_written_to_when_there_is_no_phone(kiwi, referent):
    join(kiwi, referent)
    give_phone(kiwi, "kiwi@exemple.fr")
    with time_machine.travel(at(-10, 9)):
        propose(kiwi, referent, starts_at=at(3, 14))
    night(3, at(3, 14))

    (told, reminder) = written()
    assert (told.channel, reminder.channel, reminder.to) == ("mail", "mail", "kiwi@exemple.fr")
    assert "Karim" in reminder.body and "répondez 1" not in reminder.body


def test_the_phone_is_the_one_of_the_day(met, kiwi):
    moment = at(1, 14)
    with time_machine.travel(at(-10, 9)):
        met(moment)
    Participant.objects.filter(pk=kiwi.participant_id).update(contact="+33698765432")
    night(1, moment)

    assert [one.to for one in reminders()] == ["+33698765432"]


def test_a_call_says_who_calls(met):
    moment = at(1, 14)
    with time_machine.travel(at(-10, 9)):
        met(moment, mode="call")
    night(1, moment)

    (one,) = reminders("appointment.call")
    assert one.body.startswith("Bonjour, Karim vous appelle")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "dimanche 28 mars à 14 h"),
        ("en", "Sunday 28 March at 14:00"),
        ("ar", "28/03 14:00"),
        ("uk", "28/03 14:00"),
    ],
)
def test_the_moment_is_said_in_the_person_s_language(language, said):
    moment = datetime.datetime(2027, 3, 28, 12, tzinfo=datetime.UTC)

    assert said_in(language, moment).replace("\xa0", " ") == said


# -- What is answered -----------------------------------------------------------------------------


@pytest.fixture
def reminded(met):
    """The reminder of tomorrow's left this morning."""
    moment = at(1, 14)
    with time_machine.travel(at(-10, 9)):
        row = met(moment)
    night(1, moment)
    OutboundMessage.objects.filter(cause="appointment.reminder").update(
        status="done", sent_at=timezone.now(), receipt="r-1"
    )
    return row


def answer(text: str, number="1") -> InboundMessage:
    note_answer(provider="file", answer=Answer(sender=PHONE, text=text, number=number))
    return InboundMessage.objects.get(provider_id=number)


def test_1_says_yes_and_2_asks_for_another_moment(reminded, needs, referent):
    yes = answer("1")
    assert Appointment.objects.get().status == "accepted"

    Appointment.objects.update(status="accepted")
    OutboundMessage.objects.filter(answers=yes).update(written_at=timezone.now())
    InboundMessage.objects.all().delete()
    no = answer("2 merci", "2")

    assert yes.read_at and no.read_at
    assert Appointment.objects.get().status == "to_change"
    assert len(needs(referent)["appointment"]) == 1


def test_1_accepts_what_was_proposed(kiwi, referent):
    join(kiwi, referent)
    give_phone(kiwi)
    row = propose(kiwi, referent)
    written()[0].settle("done", sent_at=timezone.now())

    assert answer("oui").read_at
    assert Appointment.objects.get(pk=row.pk).status == "accepted"


def test_an_answer_to_a_moment_moved_since_is_left_to_be_read(reminded):
    keeping.move(appointment=reminded, by=reminded.with_user, starts_at=at(9, 9))
    written(cause="appointment.proposed")[-1].settle("cancelled")

    assert answer("1").read_at is None
    assert Appointment.objects.get().status == "proposed"


def test_an_answer_between_two_appointments_is_left_to_be_read(reminded, kiwi, referent):
    propose(kiwi, referent, starts_at=at(4, 9))
    written(cause="appointment.proposed")[-1].settle("done", sent_at=timezone.now())

    assert answer("1").read_at is None
    assert set(Appointment.objects.values_list("status", flat=True)) == {"accepted", "proposed"}
