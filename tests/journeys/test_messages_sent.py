"""What leaves, when, and what is remembered of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from journeys.messages.actions import cancel_planned, send_later
from journeys.messages.actions.erasing import forget_messages
from journeys.messages.actions.sending import end_of_quiet
from journeys.messages.enums import Channel
from journeys.messages.models import OptOut, OutboundMessage
from journeys.pathway.actions import spans
from rtr import due
from rtr.due import Status
from tests.journeys.factories import JourneyFactory, ago
from tests.journeys.sms import DAY, NIGHT, PHONE, deliver, register_kinds, sent


@pytest.fixture(autouse=True)
def kinds(monkeypatch, settings, tmp_path):
    register_kinds(monkeypatch)
    settings.SMS_PROVIDER, settings.SMS_FILE_PATH = "file", tmp_path / "sms"


@pytest.fixture
def write(caen, everywhere):
    def written(cause="t.tell", *, to=PHONE, **fields) -> OutboundMessage:
        places = {"day": "9 h", "code": "123456"}
        kind = {"channel": Channel.SMS} | fields
        return send_later(territory=caen, cause=cause, to=to, places=places, **kind)

    return written


@pytest.fixture
def by_day(time_machine):
    time_machine.move_to(DAY)


def files(settings) -> list[str]:
    return [path.read_text() for path in settings.SMS_FILE_PATH.glob("*.txt")]


# -- When ----------------------------------------------------------------------------------------


def paris(text: str) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24T19:59:59", None),
        ("2026-11-24T20:00:00", "2026-11-25T08:00"),
        ("2026-11-24T23:59:59", "2026-11-25T08:00"),
        ("2026-11-25T00:00:00", "2026-11-25T08:00"),
        ("2026-11-25T07:59:59", "2026-11-25T08:00"),
        ("2026-11-25T08:00:00", None),
        # Clocks go back, then forward, that night: eight o'clock is eight o'clock.
        ("2026-10-24T22:00:00", "2026-10-25T08:00"),
        ("2026-03-29T01:59:00", "2026-03-29T08:00"),
    ],
)
def test_nobody_is_written_to_between_eight_and_eight(now, until):
    assert end_of_quiet(paris(now)) == (until and paris(until))


def test_message_of_the_night_waits_for_the_morning(write, time_machine, settings):
    time_machine.move_to(NIGHT, tick=False)
    message = deliver(write())
    assert (message.status, message.attempts) == (Status.DUE, 0)
    assert timezone.localtime(message.due_at).isoformat() == "2026-11-25T08:00:00+01:00"
    assert files(settings) == []

    time_machine.move_to(message.due_at)

    assert deliver(message).status == Status.DONE
    assert len(files(settings)) == 1


def test_what_was_just_asked_for_leaves_at_any_hour(write, time_machine, settings):
    time_machine.move_to(NIGHT)

    assert deliver(write("t.secret", is_awaited=True)).status == Status.DONE


def test_mail_leaves_at_any_hour(write, time_machine, mailoutbox):
    time_machine.move_to(NIGHT)

    deliver(write(channel=Channel.MAIL, to="a@exemple.fr"))

    assert len(mailoutbox) == 1


def test_message_that_comes_too_late_is_cancelled(write, time_machine, settings):
    time_machine.move_to(NIGHT)
    message = deliver(write(useless_after=timezone.now() + datetime.timedelta(hours=2)))
    assert message.status == Status.DUE

    time_machine.move_to("2026-11-25T08:00:01+01:00")

    assert deliver(message).status == Status.CANCELLED
    assert (message.last_error, files(settings)) == ("too late", [])


# -- To whom -------------------------------------------------------------------------------------


def test_number_that_asked_for_no_more_gets_only_what_it_asks_for(write, caen, by_day):
    OptOut.objects.create(territory=caen, phone=PHONE)

    assert write().status == Status.CANCELLED
    assert write(to="+33639980002").status == Status.DUE
    assert deliver(write("t.secret", is_awaited=True)).status == Status.DONE


def test_refusal_that_comes_before_the_sending_counts(write, caen, by_day, settings):
    message = write()
    OptOut.objects.create(territory=caen, phone=PHONE)

    assert deliver(message).status == Status.CANCELLED
    assert files(settings) == []


def test_refusal_that_ended_counts_no_more(write, caen, by_day):
    OptOut.objects.create(territory=caen, phone=PHONE, until=timezone.now())

    assert deliver(write()).status == Status.DONE


def test_nobody_writes_to_somebody_who_died(write, caen, coordinator, by_day, settings):
    journey = JourneyFactory(territory=caen, participant__organisation_id=organisation(coordinator))
    planned, secret = (write(c, participant=journey.participant) for c in ("t.tell", "t.secret"))
    other = write()

    spans.leave(journey=journey, by=coordinator, seen=None, on=ago(0), kind="deces")

    for message in (planned, secret, other):
        message.refresh_from_db()
    assert [m.status for m in (planned, secret, other)] == ["cancelled", "cancelled", "due"]
    assert secret.body == ""


def organisation(user) -> int:
    return user.memberships.first().organisation_id


def test_message_that_is_being_sent_is_not_planned_again(write, caen, coordinator, by_day):
    """Its provider was away: without the cancelling it would leave later."""
    journey = JourneyFactory(territory=caen, participant__organisation_id=organisation(coordinator))
    message = write(participant=journey.participant)
    OutboundMessage.objects.update(status="leased", lease_until=timezone.now())

    cancel_planned(journey.participant)

    OutboundMessage.objects.update(status="due", lease_until=None)
    assert deliver(message).status == Status.CANCELLED


# -- What is kept --------------------------------------------------------------------------------


def test_text_is_written_for_phones_and_counted(write):
    message = write("t.tell")

    assert (message.body, message.segments) == ("À demain, 9 h", 2 - 1)


@pytest.mark.parametrize("end", ["done", "failed", "uncertain", "cancelled"])
def test_secret_is_forgotten_once_it_left(write, by_day, monkeypatch, end):
    errors = {
        "failed": due.Refused("HTTP 400"),
        "uncertain": TimeoutError(),
        "cancelled": due.Pointless("too late"),
    }
    monkeypatch.setattr("journeys.messages.providers.local.File.ask", None)
    if end in errors:
        monkeypatch.setattr("journeys.messages.providers.local.File.send", raises(errors[end]))
    message = write("t.secret")
    assert "123456" in message.body

    deliver(message)

    assert (message.status, message.body) == (end, "")


def raises(error):
    def fail(*arguments):
        raise error

    return fail


def test_database_keeps_no_secret_that_left(write):
    message = write("t.secret")

    with pytest.raises(IntegrityError, match="message_secret_forgotten"), transaction.atomic():
        OutboundMessage.objects.filter(pk=message.pk).update(status="done")


def test_ordinary_text_stays(write, by_day):
    assert deliver(write()).body == "À demain, 9 h"


def test_file_holds_what_left_once(write, by_day, settings):
    message = deliver(write())
    OutboundMessage.objects.update(status="due")
    deliver(message)

    assert files(settings) == [f"{PHONE}\n\nÀ demain, 9 h\n"]
    assert message.receipt == str(message.uuid)


# -- What goes -----------------------------------------------------------------------------------


def test_what_is_about_nobody_s_file_goes_after_three_months(caen, le_dome, everywhere):
    of = {"participant__organisation": le_dome, "participant__phone": PHONE}
    kiwi = JourneyFactory(territory=caen, participant__identified_on=ago(3), **of).participant
    long_ago = timezone.now() - datetime.timedelta(days=91)
    kept = sent(caen, participant=kiwi, written_at=long_ago)
    sent(caen, channel="mail", to="a@exemple.fr", written_at=long_ago)
    recent = sent(caen, channel="mail", to="a@exemple.fr")
    for phone in (PHONE, "+33639980099"):
        OptOut.objects.create(territory=caen, phone=phone)

    forget_messages(on=timezone.localdate())

    assert set(OutboundMessage.objects.all()) == {kept, recent}
    assert OptOut.objects.get().phone == PHONE
