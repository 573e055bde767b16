"""What comes back: receipts, answers, « STOP »."""

import datetime

import pytest
from django.utils import timezone

from journeys.messages.actions import on_answer, receiving
from journeys.messages.answers import meaning_of
from journeys.messages.heard import e164
from journeys.models import InboundMessage, OptOut, OutboundMessage, StrayAnswers
from rtr import scope
from rtr.due import Status
from tests.journeys.factories import ParticipantFactory
from tests.journeys.sms import PHONE, sent
from tests.journeys.told import ANSWER, answer, answers, receipt

pytestmark = pytest.mark.usefixtures("doors")

# -- Meanings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "meaning"),
    [
        ("1|١|۱|１| 1. |1️⃣|oui|OUI !|Oui, merci|yes|نعم|так|Так, дякую", "yes"),
        ("2|٢|non|NON merci|no|لا|Ні", "no"),
        ("STOP|stop|Stop svp|STOP 36200|arrêt|قف|стоп", "stop"),
        ("START|start|reprendre", "start"),
        ("|1 heure de retard|2 minutes|je viens pas|👍|oui mais non|12|/etc|' or 1=1", "other"),
    ],
)
def test_answers_are_understood_in_five_languages(texts, meaning):
    assert {text: meaning_of(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), meaning
    )


@pytest.mark.parametrize(
    "phone", ["+33639980001", "33639980001", "0639980001", "06 39 98 00 01", "0033639980001"]
)
def test_phones_are_read_however_providers_write_them(phone):
    assert e164(phone) == PHONE


# -- Answers -------------------------------------------------------------------------------------


def test_yes_is_given_to_who_asked(tell, caen, holder, heard):
    message = sent(caen, participant=holder)

    assert tell(ANSWER) == 200

    row = answer()
    assert (row.answers, row.participant, row.meaning) == (message, holder, "yes")
    assert row.read_at
    assert heard == [("yes", holder, str(caen.pk))]


def test_same_answer_told_again_counts_once(tell, caen, holder, heard):
    sent(caen, participant=holder)

    assert [tell(ANSWER) for _again in range(3)] == [200] * 3

    assert (answers(), len(heard)) == (1, 1)


def test_answer_that_is_not_understood_is_left_to_be_read(tell, caen, holder, heard):
    message = sent(caen, participant=holder)

    tell(ANSWER | {"text": "j’ai 1 h de retard"})

    row = answer()
    assert (row.answers, row.meaning, row.read_at, heard) == (message, "other", None, [])


def test_answer_nobody_waits_for_is_left_to_be_read(tell, caen, holder, heard):
    sent(caen, "t.tell", participant=holder)

    tell(ANSWER)

    assert (answer().meaning, answer().read_at, heard) == ("yes", None, [])


def test_second_thoughts_are_left_to_be_read(tell, caen, holder, heard):
    sent(caen, participant=holder)
    tell(ANSWER)

    tell(ANSWER | {"text": "2"}, number="m2")

    assert [meaning for meaning, *_rest in heard] == ["yes"]
    with scope.everything("test"):
        assert InboundMessage.objects.unread().get().meaning == "no"


def test_what_the_chapter_cannot_do_is_left_to_be_read(tell, caen, holder, monkeypatch):
    monkeypatch.setattr(receiving, "_on_answer", {})

    def half(row):
        OptOut.objects.create(territory=row.territory, phone="+33639980009")
        raise ValueError

    on_answer("t.ask", half)
    sent(caen, participant=holder)

    assert tell(ANSWER) == 200

    assert answer().read_at is None
    with scope.everything("test"):
        assert not OptOut.objects.exists()


def test_phone_of_two_is_tied_to_the_one_who_was_asked(tell, caen, le_dome, holder, heard):
    pixel = ParticipantFactory(territory=caen, organisation=le_dome, nickname="Pixel")
    sent(caen, "t.tell", participant=pixel)
    message = sent(caen, participant=holder)
    sent(caen, "t.tell", participant=pixel)

    tell(ANSWER)

    assert (answer().answers, len(heard)) == (message, 1)


def test_phone_of_two_who_were_both_asked_is_left_to_be_read(tell, caen, le_dome, holder, heard):
    pixel = ParticipantFactory(territory=caen, organisation=le_dome, nickname="Pixel")
    for person in (holder, pixel):
        sent(caen, participant=person)

    tell(ANSWER)

    assert (answer().participant, answer().answers, answer().read_at) == (None, None, None)
    assert heard == []


def test_provider_that_says_which_message_is_answered_is_believed(
    tell, caen, le_dome, holder, heard
):
    pixel = ParticipantFactory(territory=caen, organisation=le_dome, nickname="Pixel")
    message = sent(caen, participant=holder, receipt="r1")
    sent(caen, participant=pixel, receipt="r2")

    tell(ANSWER | {"to": "r1"})

    assert (answer().answers, len(heard)) == (message, 1)


def test_answer_a_long_time_after_is_left_to_be_read(tell, caen, holder, heard, time_machine):
    sent(caen, participant=holder)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=9))

    tell(ANSWER)

    assert (answer().read_at, heard) == (None, [])


def test_person_who_writes_first_is_heard(tell, holder):
    tell(ANSWER | {"text": "vous êtes ouverts ?"})

    assert (answer().participant, answer().read_at) == (holder, None)


def test_stranger_is_counted_and_not_kept(tell, caen, db):
    assert tell(ANSWER | {"text": "gagnez un téléphone"}) == 200
    assert tell(ANSWER | {"from": "Banque"}, number="m2") == 200

    assert answers() == 0
    assert StrayAnswers.objects.get().count == 2


# -- STOP and START ------------------------------------------------------------------------------


def test_stop_is_heard_wherever_the_number_is_known(tell, caen, marseille, holder):
    sent(caen, participant=holder, language="ar")
    sent(marseille)
    planned = sent(marseille, "t.tell", status="due", sent_at=None)

    tell(ANSWER | {"text": "Stop"})

    with scope.everything("test"):
        assert OptOut.objects.filter(until=None).count() == 2
        planned.refresh_from_db()
        assert planned.status == Status.CANCELLED
        last = OutboundMessage.objects.get(cause="opt_out.confirmed")
    assert (last.status, last.is_awaited) == (Status.DUE, True)
    assert answer().read_at


def test_stop_said_twice_is_confirmed_once(tell, caen, holder):
    sent(caen, participant=holder)
    for number in ("m1", "m2"):
        tell(ANSWER | {"text": "STOP"}, number=number)

    with scope.everything("test"):
        assert OutboundMessage.objects.filter(cause="opt_out.confirmed").count() == 1


def test_confirmation_speaks_the_language_of_the_last_message(tell, caen, holder):
    sent(caen, participant=holder, language="ar")

    tell(ANSWER | {"text": "قف"})

    with scope.everything("test"):
        last = OutboundMessage.objects.get(cause="opt_out.confirmed")
    assert (last.language, last.segments) == ("ar", 1)


def test_start_ends_it(tell, caen, marseille, holder):
    sent(caen, participant=holder)
    sent(marseille)
    tell(ANSWER | {"text": "STOP"})

    tell(ANSWER | {"text": "START"}, number="m2")

    with scope.everything("test"):
        assert not OptOut.objects.filter(until=None).exists()
        assert OutboundMessage.objects.filter(cause="opt_in.confirmed").count() == 1


# -- Receipts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["uncertain", "leased", "failed", "due"])
def test_receipt_says_that_it_left_whatever_we_thought(tell, caen, everywhere, status):
    lease = {"lease_until": "2030-01-01T00:00Z"} if status == "leased" else {}
    message = sent(caen, status=status, sent_at=None, **lease)

    tell(receipt(message))

    message.refresh_from_db()
    assert (message.status, message.delivery) == (Status.DONE, "delivered")
    assert message.sent_at and message.delivery_at


def test_receipt_of_an_uncertain_secret_forgets_it(tell, caen, everywhere):
    message = sent(caen, "t.secret", status="due", is_secret=True)

    tell(receipt(message))

    message.refresh_from_db()
    assert (message.status, message.body) == (Status.DONE, "")


def test_what_arrived_cannot_fail_to_arrive(tell, caen, everywhere):
    message = sent(caen)
    tell(receipt(message))

    tell(receipt(message, "undelivered"), number="m2")

    message.refresh_from_db()
    assert message.delivery == "delivered"


def test_receipt_of_a_message_nobody_sent_changes_nothing(tell, db):
    told = {"type": "receipt", "uuid": "0" * 32, "delivery": "delivered"}

    assert tell(told) == tell(told | {"uuid": "?"}, number="m2") == 200
