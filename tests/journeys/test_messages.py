import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from journeys.messages.actions import send_later
from journeys.messages.enums import Channel
from journeys.messages.models import OutboundMessage
from rtr import due
from rtr.due import Status

LABEL = "journeys.outboundmessage"


@pytest.fixture
def message(caen, everywhere):
    return send_later(
        territory=caen,
        cause="referral.answered",
        channel=Channel.MAIL,
        to="prescripteur@exemple.fr",
        places={
            "number": "1042",
            "day": "24 novembre 2026",
            "outcome": "Votre demande est acceptée.",
        },
    )


@pytest.fixture
def server(monkeypatch):
    """The mail server's answer, at the moment of the given method."""

    def answers(error, *, when="send_messages"):
        def fail(self, *arguments):
            raise error

        monkeypatch.setattr(EmailBackend, when, fail)

    return answers


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"prescripteur@exemple.fr": (code, b"no")})


def deliver(message) -> None:
    due.run_due(LABEL)
    message.refresh_from_db()


def test_mail_leaves_after_its_cause_with_our_number(message):
    assert mail.outbox == []

    deliver(message)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["prescripteur@exemple.fr"],
        "Réponse à votre demande n° 1042 du 24 novembre 2026",
    )
    assert message.status == Status.DONE
    assert str(message.uuid) in message.receipt
    assert sent.message()["Message-ID"] == message.receipt


@pytest.mark.parametrize(
    ("error", "when", "status"),
    [
        (ConnectionRefusedError(), "open", Status.DUE),
        (smtplib.SMTPAuthenticationError(535, b"no"), "open", Status.DUE),
        (refused(450), "send_messages", Status.DUE),
        (refused(550), "send_messages", Status.FAILED),
        (smtplib.SMTPDataError(451, b"later"), "send_messages", Status.DUE),
        (smtplib.SMTPDataError(554, b"no"), "send_messages", Status.FAILED),
        (smtplib.SMTPServerDisconnected(), "send_messages", Status.UNCERTAIN),
        (TimeoutError(), "send_messages", Status.UNCERTAIN),
    ],
)
def test_server_that_fails_is_believed_only_when_it_answers(message, server, error, when, status):
    server(error, when=when)

    deliver(message)

    assert message.status == status
    assert "exemple.fr" not in message.last_error


@pytest.mark.parametrize("field", ["to", "subject"])
def test_mail_that_cannot_be_written_is_given_up(caen, everywhere, field):
    fields = {"to": "a@exemple.fr", "subject": "Bonjour", "body": "…"}
    fields[field] += "\nBcc: b@exemple.fr"
    message = due.add(OutboundMessage(territory=caen, **fields))

    deliver(message)

    assert message.status == Status.FAILED
    assert mail.outbox == []
