"""Sending: the message is a due row, its mail an effect that no transaction can undo."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from journeys.messages.models import OutboundMessage
from rtr import due
from territories.places.models import Territory


def send_mail_later(
    *, territory: Territory, to: str, subject: str, body: str, cause: str = ""
) -> OutboundMessage:
    """Write a mail in the transaction of its cause; it leaves once that commits.

    Parameters: `to`, one address; `cause`, a code of what caused it, as in `referral.answered`.
    """
    message = OutboundMessage(territory=territory, to=to, subject=subject, body=body, cause=cause)
    return due.add(message)


def deliver(message: OutboundMessage) -> dict[str, str]:
    """Hand the mail to the server; called by the due rows, outside any transaction.

    SMTP cannot be asked afterwards what became of a message: once its text may have left, any
    failure but a clear « no » leaves the row `uncertain`.
    Source: RFC 5321, 4.2.1: 4yz, try again; 5yz, do not.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    receipt = f"<{message.uuid}@{domain}>"
    mail = EmailMessage(
        message.subject, message.body, to=[message.to], headers={"Message-ID": receipt}
    )
    try:
        mail.message()
    except ValueError as error:  # a line break in the subject, an address that is none
        raise due.Refused(type(error).__qualname__) from error
    with _mail_server() as server:
        try:
            server.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            code, _reason = next(iter(error.recipients.values()))
            raise _no(code) from error
        except smtplib.SMTPResponseException as error:
            raise _no(error.smtp_code) from error
    return {"receipt": receipt}


def _mail_server() -> BaseEmailBackend:
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # smtplib's errors are OSErrors too
        raise due.NotDone(type(error).__qualname__) from error
    return server


def _no(code: int) -> Exception:
    return due.NotDone(f"SMTP {code}") if code < 500 else due.Refused(f"SMTP {code}")
