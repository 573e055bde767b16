"""Providers that say yes, no, later, anything, nothing: what becomes of the message."""

import hashlib
import json
import socket
import time
from contextlib import closing

import pytest
from django.core import mail
from django.utils import timezone

from journeys.messages.actions import send_later
from journeys.messages.enums import Channel
from journeys.messages.models import OutboundMessage
from journeys.messages.providers.ovh import tag
from rtr import due
from rtr.due import Status
from rtr.lib import web
from tests.journeys.sms import DAY, LABEL, PHONE, deliver, register_kinds
from tests.provider import KINDS, Provider


@pytest.fixture
def provider(settings, monkeypatch, time_machine):
    """Starts a provider that answers as it is told, and gives it to our side as `name`."""
    time_machine.move_to(DAY)
    register_kinds(monkeypatch)
    monkeypatch.setattr(web, "TIMEOUT", (0.5, 0.5))
    started = []

    def start(name, answer=None) -> Provider:
        found = Provider(answer or KINDS[name]).start()
        started.append(found)
        _speak_to(found.url, name, settings)
        return found

    yield start
    for each in started:
        each.stop()


def _speak_to(url, name, settings):
    settings.SMS_PROVIDER = name
    settings.OVH_ENDPOINT = settings.BREVO_ENDPOINT = url
    settings.OVH_APPLICATION_KEY, settings.OVH_APPLICATION_SECRET = "ak", "as"
    settings.OVH_CONSUMER_KEY, settings.OVH_SMS_SERVICE = "ck", "sms-xx1-1"
    settings.BREVO_API_KEY = "clef"
    settings.ANYMAIL = {"BREVO_API_KEY": "clef", "BREVO_API_URL": f"{url}/"}
    settings.ANYMAIL |= {"REQUESTS_TIMEOUT": (0.5, 0.5)}


@pytest.fixture
def message(caen, everywhere):
    def write():
        fields = {"to": PHONE, "places": {"day": "9 h"}}
        return send_later(territory=caen, cause="t.tell", channel=Channel.SMS, **fields)

    return write


def always(status, found):
    return lambda *request: (status, found)


# -- Said as they want it ------------------------------------------------------------------------


def test_ovh_gets_a_signed_request_with_our_tag(provider, message):
    ovh = provider("ovh")

    sent = deliver(message())

    (method, path, body, headers) = ovh.requests[0]
    assert (method, path) == ("POST", "/sms/sms-xx1-1/jobs")
    assert (body["receivers"], body["message"]) == ([PHONE], "À demain, 9 h")
    assert (body["tag"], len(body["tag"])) == (tag(sent), 20)
    said = f"as+ck+POST+{ovh.url}{path}+{json.dumps(body)}+{headers['X-Ovh-Timestamp']}"
    digest = hashlib.sha1(said.encode()).hexdigest()  # noqa: S324  their scheme
    assert headers["X-Ovh-Signature"] == f"$1${digest}"
    assert (sent.status, sent.provider, sent.receipt) == (Status.DONE, "ovh", "1")
    assert sent.sent_at


def test_brevo_gets_our_uuid_as_a_tag(provider, message):
    brevo = provider("brevo")

    sent = deliver(message())

    (_method, path, body, headers) = brevo.requests[0]
    assert (path, headers["api-key"]) == ("/transactionalSMS/send", "clef")
    assert (body["recipient"], body["tag"]) == (PHONE[1:], str(sent.uuid))
    assert (sent.status, sent.receipt) == (Status.DONE, "1001")


# -- What it answers -----------------------------------------------------------------------------

NO_ID = {"ids": [], "invalidReceivers": [PHONE]}
ANSWERS = [
    ("ovh", 200, NO_ID, Status.FAILED),
    ("ovh", 400, {"errorCode": "INVALID_ARGUMENT"}, Status.FAILED),
    ("ovh", 400, {"errorCode": "INVALID_SIGNATURE"}, Status.DUE),
    ("ovh", 403, {"errorCode": "INVALID_CREDENTIAL"}, Status.DUE),
    ("ovh", 429, {}, Status.DUE),
    ("ovh", 503, b"<html>", Status.DUE),
    ("brevo", 400, {"code": "invalid_parameter"}, Status.FAILED),
    ("brevo", 402, {"code": "not_enough_credits"}, Status.DUE),
    ("brevo", 401, {"code": "unauthorized"}, Status.DUE),
    # Nobody knows: asked at the end of the lease
    ("ovh", 500, {"message": "oops"}, Status.LEASED),
    ("ovh", 408, {}, Status.LEASED),
    ("ovh", 302, b"", Status.LEASED),
    ("ovh", 200, b"<html>merci</html>", Status.LEASED),
    ("ovh", 200, [], Status.LEASED),
    ("ovh", 200, {"ids": []}, Status.LEASED),
    ("ovh", 200, b"", Status.LEASED),
    ("ovh", 200, b"\xff\xfe" * 40_000, Status.LEASED),
    ("brevo", 201, {"reference": "r"}, Status.LEASED),
    ("brevo", 502, b"", Status.LEASED),
]


@pytest.mark.parametrize(("name", "status", "found", "end"), ANSWERS)
def test_provider_is_believed_only_when_it_is_clear(provider, message, name, status, found, end):
    provider(name, always(status, found))

    sent = deliver(message())

    assert sent.status == end
    assert PHONE not in sent.last_error


def test_provider_that_is_away_gets_it_later(provider, message, settings):
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    provider("ovh")
    _speak_to(url, "ovh", settings)

    sent = deliver(message())

    assert (sent.status, sent.attempts) == (Status.DUE, 1)


def test_silence_is_not_taken_for_a_failure(provider, message):
    """It took the message, then said nothing in time."""
    ovh = provider("ovh", slow)

    sent = deliver(message())

    assert (sent.status, len(ovh.requests)) == (Status.LEASED, 1)


def slow(provider, method, path, body):
    if method == "POST":
        provider.deliver(body["tag"], once=True)
        time.sleep(0.8)
    return KINDS["ovh"](provider, method, path, body)


# -- Asked ---------------------------------------------------------------------------------------


def run_after_lease(sent) -> OutboundMessage:
    OutboundMessage.objects.filter(status="leased").update(lease_until=timezone.now())
    return deliver(sent)


def test_message_whose_answer_was_lost_is_found_again(provider, message):
    ovh = provider("ovh", slow)

    sent = run_after_lease(deliver(message()))

    assert (sent.status, sent.receipt) == (Status.DONE, "1")
    assert [method for method, *_rest in ovh.requests] == ["POST", "GET", "GET"]


def test_message_it_never_heard_of_is_sent_again(provider, message):
    answers = iter([(500, b"")])
    ovh = provider("ovh", lambda *r: next(answers, None) or KINDS["ovh"](*r))

    sent = run_after_lease(deliver(message()))
    assert sent.status == Status.DUE

    OutboundMessage.objects.update(due_at=timezone.now())
    assert deliver(sent).status == Status.DONE
    assert len(ovh.messages) == 1


@pytest.mark.parametrize("answer", [always(500, b""), always(200, {}), slow])
def test_provider_that_cannot_say_leaves_it_to_somebody(provider, message, answer, caen):
    """Asked eight times, then a person decides; it is never sent a second time."""
    found = provider("brevo", answer)
    OutboundMessage.objects.all().delete()
    sent = deliver(message())
    for _again in range(9):
        run_after_lease(sent)

    assert sent.status == Status.UNCERTAIN
    assert [method for method, *_rest in found.requests].count("POST") == 1


def test_provider_without_memory_leaves_doubt_at_once(provider, message, monkeypatch):
    monkeypatch.delattr("journeys.messages.providers.ovh.Ovh.ask")
    ovh = provider("ovh", always(500, b""))

    sent = deliver(message())

    assert (sent.status, len(ovh.requests)) == (Status.UNCERTAIN, 1)


def test_worker_that_died_before_calling_sends_it_after_all(provider, message):
    ovh = provider("ovh")
    sent = message()
    OutboundMessage.objects.update(status="leased", lease_until=timezone.now(), attempts=1)

    assert deliver(sent).status == Status.DUE
    OutboundMessage.objects.update(due_at=timezone.now())
    assert deliver(sent).status == Status.DONE
    assert [method for method, *_rest in ovh.requests] == ["POST"]


def test_the_provider_that_had_it_is_asked_whatever_is_chosen_since(provider, message, settings):
    ovh = provider("ovh", slow)
    sent = deliver(message())
    settings.SMS_PROVIDER = "console"

    run_after_lease(sent)

    assert (sent.status, sent.provider) == (Status.DONE, "ovh")
    assert ovh.requests[-1][0] == "GET"


# -- Mail by the same house ----------------------------------------------------------------------


@pytest.fixture
def letter(caen, everywhere, settings):
    settings.EMAIL_BACKEND = "anymail.backends.brevo.EmailBackend"
    return due.add(OutboundMessage(territory=caen, to="a@exemple.fr", subject="Bonjour", body="…"))


@pytest.mark.parametrize(
    ("status", "found", "end"),
    [
        (201, {"messageId": "<1@brevo>"}, Status.DONE),
        (400, {"code": "invalid_parameter"}, Status.FAILED),
        (401, {"code": "unauthorized"}, Status.DUE),
        (429, {}, Status.DUE),
        (500, b"", Status.UNCERTAIN),
        (201, b"<html>", Status.UNCERTAIN),
        (201, {}, Status.UNCERTAIN),
    ],
)
def test_mail_by_brevo_is_believed_in_the_same_way(provider, letter, status, found, end):
    brevo = provider("brevo", always(status, found))

    deliver(letter)

    assert letter.status == end
    assert "exemple.fr" not in letter.last_error
    (_method, path, body, _headers) = brevo.requests[0]
    assert path == "/smtp/email"
    assert json.loads(body["headers"]["X-Mailin-custom"]) == {"uuid": str(letter.uuid)}
    if end == Status.DONE:
        assert letter.receipt == "<1@brevo>"
    assert mail.outbox == []


def test_mail_by_brevo_away_leaves_later(provider, letter, settings):
    provider("brevo")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        _speak_to(f"http://127.0.0.1:{free.getsockname()[1]}", "brevo", settings)

    assert deliver(letter).status == Status.DUE


def test_label_is_the_one_that_due_rows_know():
    assert LABEL in due.kinds
