"""Handing one mail to the server, so that it is never sent twice."""

import smtplib
import uuid
from email.utils import parseaddr

from anymail.exceptions import (
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailRequestsAPIError,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from rtr import due
from rtr.lib import web

# The message is at fault, or whom it is for.
_NEVER = (
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)


def send(*, number: uuid.UUID, to: str, subject: str, body: str) -> str:
    """Hand one mail to the server; called by due rows, outside any transaction.

    Neither SMTP nor a provider can be asked afterwards what became of a mail: once its text may
    have left, any failure but a clear « no » leaves the caller's row `uncertain`.

    Parameters: `number`, ours, of the message: it becomes its Message-ID, and what a provider
    names it by in its receipts.
    Returns the Message-ID, the provider's own where it has one. Raises due.NotDone (surely not
    sent), due.Refused (never will be).
    Source: RFC 5321, 4.2.1: 4yz, try again; 5yz, do not.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    receipt = f"<{number}@{domain}>"
    mail = EmailMessage(subject, body, to=[to], headers={"Message-ID": receipt})
    mail.metadata = {"uuid": str(number)}
    try:
        mail.message()
    except ValueError as error:  # a line break in the subject, an address that is none
        raise due.Refused(type(error).__qualname__) from error
    with _server() as server:
        _hand_over(mail, server)
    told = getattr(mail, "anymail_status", None)
    return told.message_id if told and told.message_id else receipt


def _hand_over(mail: EmailMessage, server: BaseEmailBackend) -> None:
    try:
        server.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        code, _reason = next(iter(error.recipients.values()))
        raise _no(code) from error
    except smtplib.SMTPResponseException as error:
        raise _no(error.smtp_code) from error
    except _NEVER as error:
        raise due.Refused(type(error).__qualname__) from error
    except AnymailRequestsAPIError as error:
        if error.status_code and not 200 <= error.status_code < 300:
            raise web.refusal(error.status_code) from error
        if web.nothing_left(error):
            raise due.NotDone("not reached") from error
        raise


def _server() -> BaseEmailBackend:
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # smtplib's errors are OSErrors too
        raise due.NotDone(type(error).__qualname__) from error
    return server


def _no(code: int) -> Exception:
    return due.NotDone(f"SMTP {code}") if code < 500 else due.Refused(f"SMTP {code}")
