"""Sending: the message is a due row, its mail an effect that no transaction can undo."""

import datetime
from collections.abc import Mapping

from journeys.messages.enums import Channel, Language
from journeys.messages.models import OptOut, OutboundMessage
from journeys.messages.wording import words_for
from rtr import due
from rtr.lib import mail
from territories.places.models import Territory


def send_later(
    *,
    territory: Territory,
    cause: str,
    channel: Channel,
    to: str,
    places: Mapping[str, str] | None = None,
    participant=None,
    language: str = Language.FRENCH,
    is_awaited: bool = False,
    useless_after: datetime.datetime | None = None,
) -> OutboundMessage:
    """Write a message in the transaction of its cause; it leaves once that commits.

    Parameters: `cause`, a kind of `wording.KINDS`; `to`, one address or one phone in E.164;
    `places`, what the words name; `participant`, whom it is for, if it is one; `is_awaited`, for
    what the person just asked for: sent at any hour; `useless_after`, when it is not worth sending.
    Returns the row; its status is `cancelled` when that number asked for no more messages.
    """
    language, words = words_for(territory.programme, cause, language)
    message = OutboundMessage(
        territory=territory,
        participant=participant,
        channel=channel,
        to=to,
        subject=words.subject.format_map(places or {}),
        body=words.body.format_map(places or {}),
        cause=cause,
        language=language,
        is_awaited=is_awaited,
        useless_after=useless_after,
    )
    if not is_awaited and opted_out(territory, to):
        message.status, message.last_error = due.Status.CANCELLED, "opted out"
        message.save(force_insert=True)
        return message
    return due.add(message)


def opted_out(territory: Territory, phone: str) -> bool:
    return OptOut.objects.filter(territory=territory, phone=phone, until__isnull=True).exists()


def deliver(message: OutboundMessage) -> dict[str, str]:
    """Hand the message to its provider; called by the due rows, outside any transaction."""
    receipt = mail.send(
        number=message.uuid, to=message.to, subject=message.subject, body=message.body
    )
    return {"receipt": receipt}
