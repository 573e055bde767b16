"""What comes back: receipts, answers, « STOP »; and whatever strangers send to our door."""

import base64
import datetime
import json
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from journeys.messages.actions import on_answer, receiving
from journeys.messages.answers import meaning_of
from journeys.messages.heard import e164
from journeys.models import InboundMessage, OptOut, OutboundMessage, StrayAnswers
from rtr import scope
from rtr.due import Status
from tests.journeys.factories import ParticipantFactory, ago
from tests.journeys.sms import PHONE, register_kinds, sent

SECRETS = [f"whsec_{base64.b64encode(word * 8).decode()}" for word in (b"new-", b"old-")]
TOKENS = ["jeton-nouveau", "jeton-ancien"]
ANSWER = {"type": "answer", "from": PHONE, "text": "1"}


@pytest.fixture(autouse=True)
def doors(settings, monkeypatch):
    settings.WEBHOOK_SECRETS, settings.WEBHOOK_TOKENS = SECRETS, TOKENS
    register_kinds(monkeypatch)


@pytest.fixture
def tell(client):
    """Posts what is told, signed as it should be unless a test says otherwise."""

    def post(told, *, number="m1", secret=SECRETS[0], at=None, **headers):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        now = at or time.time()
        signature = sign(secret, number, now, body)
        headers = {"webhook-id": number, "webhook-timestamp": str(int(now))} | headers
        headers = {"webhook-signature": signature} | headers
        return client.post(
            reverse("messages_told"), body, content_type="application/json", headers=headers
        ).status_code

    return post


def sign(secret, number, now, body) -> str:
    at = datetime.datetime.fromtimestamp(int(now), tz=datetime.UTC)
    return Webhook(secret).sign(number, at, body.decode("utf-8", "replace"))


@pytest.fixture
def kiwi(caen, le_dome, everywhere):
    return ParticipantFactory(
        territory=caen, organisation=le_dome, identified_on=ago(3), phone=PHONE
    )


def answer() -> InboundMessage:
    with scope.everything("test"):
        return InboundMessage.objects.select_related("answers", "participant").get()


def answers() -> int:
    with scope.everything("test"):
        return InboundMessage.objects.count()


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


@pytest.fixture
def heard(monkeypatch):
    """What the chapter that asked was told."""
    monkeypatch.setattr(receiving, "_on_answer", {})
    told = []
    on_answer("t.ask", lambda row: told.append((row.meaning, row.participant, scope.current())))
    return told


def test_yes_is_given_to_who_asked(tell, caen, kiwi, heard):
    message = sent(caen, participant=kiwi)

    assert tell(ANSWER) == 200

    row = answer()
    assert (row.answers, row.participant, row.meaning) == (message, kiwi, "yes")
    assert row.read_at
    assert heard == [("yes", kiwi, str(caen.pk))]


def test_same_answer_told_again_counts_once(tell, caen, kiwi, heard):
    sent(caen, participant=kiwi)

    assert [tell(ANSWER) for _again in range(3)] == [200] * 3

    assert (answers(), len(heard)) == (1, 1)


def test_answer_that_is_not_understood_is_left_to_be_read(tell, caen, kiwi, heard):
    message = sent(caen, participant=kiwi)

    tell(ANSWER | {"text": "j’ai 1 h de retard"})

    row = answer()
    assert (row.answers, row.meaning, row.read_at, heard) == (message, "other", None, [])


def test_answer_nobody_waits_for_is_left_to_be_read(tell, caen, kiwi, heard):
    sent(caen, "t.tell", participant=kiwi)

    tell(ANSWER)

    assert (answer().meaning, answer().read_at, heard) == ("yes", None, [])


def test_second_thoughts_are_left_to_be_read(tell, caen, kiwi, heard):
    sent(caen, participant=kiwi)
    tell(ANSWER)

    tell(ANSWER | {"text": "2"}, number="m2")

    assert [meaning for meaning, *_rest in heard] == ["yes"]
    with scope.everything("test"):
        assert InboundMessage.objects.unread().get().meaning == "no"


def test_what_the_chapter_cannot_do_is_left_to_be_read(tell, caen, kiwi, monkeypatch):
    monkeypatch.setattr(receiving, "_on_answer", {})

    def half(row):
        OptOut.objects.create(territory=row.territory, phone="+33639980009")
        raise ValueError

    on_answer("t.ask", half)
    sent(caen, participant=kiwi)

    assert tell(ANSWER) == 200

    assert answer().read_at is None
    with scope.everything("test"):
        assert not OptOut.objects.exists()


def test_phone_of_two_is_tied_to_the_one_who_was_asked(tell, caen, le_dome, kiwi, heard):
    pixel = ParticipantFactory(territory=caen, organisation=le_dome, nickname="Pixel")
    sent(caen, "t.tell", participant=pixel)
    message = sent(caen, participant=kiwi)
    sent(caen, "t.tell", participant=pixel)

    tell(ANSWER)

    assert (answer().answers, len(heard)) == (message, 1)


def test_phone_of_two_who_were_both_asked_is_left_to_be_read(tell, caen, le_dome, kiwi, heard):
    pixel = ParticipantFactory(territory=caen, organisation=le_dome, nickname="Pixel")
    for person in (kiwi, pixel):
        sent(caen, participant=person)

    tell(ANSWER)

    assert (answer().participant, answer().answers, answer().read_at) == (None, None, None)
    assert heard == []


def test_provider_that_says_which_message_is_answered_is_believed(tell, caen, le_dome, kiwi, heard):
    pixel = ParticipantFactory(territory=caen, organisation=le_dome, nickname="Pixel")
    message = sent(caen, participant=kiwi, receipt="r1")
    sent(caen, participant=pixel, receipt="r2")

    tell(ANSWER | {"to": "r1"})

    assert (answer().answers, len(heard)) == (message, 1)


def test_answer_a_long_time_after_is_left_to_be_read(tell, caen, kiwi, heard, time_machine):
    sent(caen, participant=kiwi)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=9))

    tell(ANSWER)

    assert (answer().read_at, heard) == (None, [])


def test_person_who_writes_first_is_heard(tell, kiwi):
    tell(ANSWER | {"text": "vous êtes ouverts ?"})

    assert (answer().participant, answer().read_at) == (kiwi, None)


def test_stranger_is_counted_and_not_kept(tell, caen, db):
    assert tell(ANSWER | {"text": "gagnez un téléphone"}) == 200
    assert tell(ANSWER | {"from": "Banque"}, number="m2") == 200

    assert answers() == 0
    assert StrayAnswers.objects.get().count == 2


# -- STOP and START ------------------------------------------------------------------------------


def test_stop_is_heard_wherever_the_number_is_known(tell, caen, marseille, kiwi):
    sent(caen, participant=kiwi, language="ar")
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


def test_stop_said_twice_is_confirmed_once(tell, caen, kiwi):
    sent(caen, participant=kiwi)
    for number in ("m1", "m2"):
        tell(ANSWER | {"text": "STOP"}, number=number)

    with scope.everything("test"):
        assert OutboundMessage.objects.filter(cause="opt_out.confirmed").count() == 1


def test_confirmation_speaks_the_language_of_the_last_message(tell, caen, kiwi):
    sent(caen, participant=kiwi, language="ar")

    tell(ANSWER | {"text": "قف"})

    with scope.everything("test"):
        last = OutboundMessage.objects.get(cause="opt_out.confirmed")
    assert (last.language, last.segments) == ("ar", 1)


def test_start_ends_it(tell, caen, marseille, kiwi):
    sent(caen, participant=kiwi)
    sent(marseille)
    tell(ANSWER | {"text": "STOP"})

    tell(ANSWER | {"text": "START"}, number="m2")

    with scope.everything("test"):
        assert not OptOut.objects.filter(until=None).exists()
        assert OutboundMessage.objects.filter(cause="opt_in.confirmed").count() == 1


# -- Receipts ------------------------------------------------------------------------------------


def receipt(message, delivery="delivered", **told) -> dict:
    return {"type": "receipt", "uuid": str(message.uuid), "delivery": delivery} | told


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


# -- At the door ---------------------------------------------------------------------------------


def test_each_secret_in_force_opens_so_that_one_can_be_replaced(tell, caen, kiwi):
    sent(caen, participant=kiwi)

    assert tell(ANSWER, secret=SECRETS[1]) == 200


FORGED = {
    "another secret": {"secret": "whsec_" + base64.b64encode(b"x" * 32).decode()},
    "too old": {"at": time.time() - 600},
    "of tomorrow": {"at": time.time() + 600},
    "no signature": {"webhook-signature": ""},
    "no such version": {"webhook-signature": "v9,AAAA"},
    "no comma": {"webhook-signature": "v1"},
    "not base64": {"webhook-signature": "v1,é€"},
    "no time": {"webhook-timestamp": "demain"},
    "time of a robot": {"webhook-timestamp": "1e400"},
    "another id": {"webhook-id": "m9"},
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_not_signed_is_refused(tell, caen, kiwi, forged):
    sent(caen, participant=kiwi)

    assert tell(ANSWER, **FORGED[forged]) == 401
    assert answers() == 0


def test_without_a_secret_nothing_is_believed(tell, settings):
    settings.WEBHOOK_SECRETS = []

    assert tell(ANSWER) == 401


GARBAGE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"1",
    b'"answer"',
    b"{}",
    b'{"type": "answer"}',
    b'{"type": "answer", "from": null}',
    b'{"type": "receipt", "delivery": "peut-etre"}',
    b'{"type": ["answer"]}',
    b"\xff\xfe",
    b"[" * 60_000,
]


@pytest.mark.parametrize("body", GARBAGE)
def test_garbage_is_told_so(tell, db, body):
    assert tell(body) == 400


ODD = [
    "\0",
    "\ud800",
    "a" * 60_000,
    "\u202e",
    "{}",
    "%s",
    "' or '1'='1",
    "<script>",
    "१",
    "\n" * 99,
]


@pytest.mark.parametrize("field", ["from", "text", "to", "number"])
def test_odd_words_make_no_error_of_ours(tell, caen, kiwi, field):
    sent(caen, participant=kiwi)
    found = {tell(ANSWER | {field: odd}, number=f"m{n}") for n, odd in enumerate(ODD)}

    assert found == {200}


@pytest.mark.parametrize("field", ["type", "from", "text", "to", "uuid", "receipt", "delivery"])
def test_values_of_any_shape_make_no_error_of_ours(tell, caen, kiwi, field):
    sent(caen, participant=kiwi)
    for told in (ANSWER, receipt(kiwi_message(caen))):
        for n, odd in enumerate([None, [], {}, 1, -1.5, True, [[]], {"a": {}}]):
            assert tell(told | {field: odd}, number=f"{told['type']}{n}") in (200, 400)


def kiwi_message(caen):
    return sent(caen, to="+33639980077")


def test_too_much_is_refused_before_it_is_read(tell, db):
    assert tell(b" " * 70_000) == 413


def test_only_a_post_is_heard(client, db):
    assert client.get(reverse("messages_told")).status_code == 405


# -- Providers that sign nothing -----------------------------------------------------------------


def at(provider, token=TOKENS[0]) -> str:
    return reverse("provider_told", args=[provider, token])


def test_ovh_tells_what_became_of_it(client, caen, everywhere):
    message = sent(caen, receipt="12345", provider="ovh")
    url = at("ovh")

    assert client.get(f"{url}?id=12345&ptt=1&dlr=4").status_code == 200
    message.refresh_from_db()
    assert message.delivery == ""

    assert client.get(f"{url}?id=12345&ptt=1&dlr=2").status_code == 200
    message.refresh_from_db()
    assert message.delivery == "undelivered"


def test_ovh_tells_an_answer(client, caen, kiwi, heard):
    sent(caen, participant=kiwi)
    told = {"senderid": PHONE, "message": "OUI", "id": "9"}

    assert [client.post(at("ovh", TOKENS[1]), told).status_code for _twice in "ab"] == [200] * 2

    assert (answers(), len(heard)) == (1, 1)


def post(client, url, told):
    return client.post(url, json.dumps(told), content_type="application/json").status_code


def test_brevo_tells_what_became_of_it_and_what_was_answered(client, caen, kiwi, heard):
    message = sent(caen, participant=kiwi, receipt="1001")

    told = {"msg_status": "delivered", "tag": str(message.uuid), "messageId": 1001}
    assert post(client, at("brevo"), told) == 200
    told = {"msg_status": "replied", "to": PHONE[1:], "messageId": 1001, "reply": "1", "date": "x"}
    assert [post(client, at("brevo"), told) for _twice in "ab"] == [200, 200]

    message.refresh_from_db()
    assert message.delivery == "delivered"
    assert (answers(), [meaning for meaning, *_rest in heard]) == (1, ["yes"])


def test_brevo_tells_what_became_of_a_mail(client, caen, everywhere):
    message = sent(caen, channel="mail", to="a@exemple.fr", receipt="<1@brevo>")
    told = {"event": "hard_bounce", "message-id": "<1@brevo>", "email": "a@exemple.fr"}

    assert post(client, at("brevo-courriel"), told | {"event": "opened"}) == 200
    message.refresh_from_db()
    assert message.delivery == ""

    assert post(client, at("brevo-courriel"), told) == 200
    message.refresh_from_db()
    assert message.delivery == "undelivered"


@pytest.mark.parametrize("provider", ["ovh", "brevo", "brevo-courriel"])
def test_wrong_token_is_refused_and_never_logged(client, db, provider, caplog):
    assert client.post(at(provider, "un-autre")).status_code == 401
    assert client.post(at(provider, "é" * 40)).status_code == 401
    assert post(client, at(provider), "?") == 400

    assert not [line for line in caplog.messages if TOKENS[0] in line or "un-autre" in line]


def test_unknown_provider_has_no_address(client, db):
    assert client.post(at("inconnu")).status_code == 404
