"""Sending: the message is a due row, what it does outside no transaction can undo."""

import datetime
from collections.abc import Mapping

from django.utils import timezone

from journeys.messages import providers
from journeys.messages.enums import Channel, Language
from journeys.messages.models import OptOut, OutboundMessage
from journeys.messages.wording import KINDS, Words, words_for
from rtr import due
from rtr.lib import gsm, mail
from territories.places.models import Territory

# Nobody is woken by what they did not ask for; local time (Europe/Paris).
QUIET_FROM, QUIET_UNTIL = datetime.time(20), datetime.time(8)
OPTED_OUT, USELESS, NOT_WANTED = "opted out", "too late", "not wanted any more"


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
    send_at: datetime.datetime | None = None,
) -> OutboundMessage:
    """Write a message in the transaction of its cause; it leaves once that commits.

    Parameters: `cause`, a kind of `wording.KINDS`; `to`, one address or one phone in E.164;
    `places`, what the words name; `participant`, whom it is for, if it is one; `is_awaited`, for
    what the person just asked for: sent at any hour; `useless_after`, when it is not worth sending;
    `send_at`, not before that moment.
    Returns the row; its status is `cancelled` when that number asked for no more messages.
    """
    language, words = words_for(territory.programme, cause, language)
    message = OutboundMessage(
        territory=territory,
        participant=participant,
        channel=channel,
        to=to,
        cause=cause,
        language=language,
        is_awaited=is_awaited,
        is_secret=KINDS[cause].is_secret,
        useless_after=useless_after,
        due_at=send_at or timezone.now(),
    )
    _write(message, words, places or {})
    if not is_awaited and opted_out(territory, to):
        message.status, message.last_error = due.Status.CANCELLED, OPTED_OUT
        message.body = "" if message.is_secret else message.body
        message.save(force_insert=True)
        return message
    return due.add(message)


def _write(message: OutboundMessage, words: Words, places: Mapping[str, str]) -> None:
    message.subject = words.subject.format_map(places)
    message.body = words.body.format_map(places)
    if message.channel == Channel.SMS:
        message.body = gsm.fitted(message.body)
        message.segments = gsm.segments(message.body)


def opted_out(territory: Territory, phone: str) -> bool:
    return OptOut.objects.filter(territory=territory, phone=phone, until__isnull=True).exists()


def cancel_planned(participant) -> None:
    """Nobody is to be written to any more: they died, or their journey is erased."""
    OutboundMessage.objects.filter(participant=participant).cancel(NOT_WANTED)


# -- What the due rows run -----------------------------------------------------------------------


def deliver(message: OutboundMessage) -> dict[str, object]:
    """Hand the message to its provider; called by the due rows, outside any transaction."""
    refuse_pointless(message)
    if message.channel == Channel.MAIL:
        number = message.uuid
        receipt = mail.send(
            number=number, to=message.to, subject=message.subject, body=message.body
        )
        return {"receipt": receipt, "sent_at": timezone.now()}
    provider = providers.chosen()
    # Known before the call, so that the right one is asked if its answer is lost.
    message.provider = provider.name
    OutboundMessage.objects.filter(pk=message.pk).update(provider=provider.name)
    return {"receipt": provider.send(message), "sent_at": timezone.now()}


def refuse_pointless(message: OutboundMessage) -> None:
    """Raises due.Pointless for what is not to be sent any more, due.NotYet at quiet hours."""
    now = timezone.localtime()
    if message.useless_after and message.useless_after <= now:
        raise due.Pointless(USELESS)
    if message.channel == Channel.SMS and not message.is_awaited:
        if opted_out(message.territory_id, message.to):
            raise due.Pointless(OPTED_OUT)
        if (morning := end_of_quiet(now)) is not None:
            raise due.NotYet(morning)


def end_of_quiet(now: datetime.datetime) -> datetime.datetime | None:
    """The next 8:00 during the quiet hours, None by day.

    Parameters: `now`, in local time.
    """
    if QUIET_UNTIL <= now.time() < QUIET_FROM:
        return None
    day = now.date() + datetime.timedelta(days=now.time() >= QUIET_FROM)
    return timezone.make_aware(datetime.datetime.combine(day, QUIET_UNTIL))


def ask(message: OutboundMessage) -> dict[str, object]:
    """What its provider says of a message whose sending had no answer."""
    if not message.provider:
        raise due.NotDone("the provider was not called")
    return {"receipt": _asked(message)(message), "sent_at": timezone.now()}


def can_ask(message: OutboundMessage) -> bool:
    """A mail server cannot tell; a provider can when it has `ask`, or was surely not called."""
    if message.channel == Channel.MAIL:
        return False
    return not message.provider or _asked(message) is not None


def _asked(message: OutboundMessage):
    kind = providers.PROVIDERS.get(message.provider)
    return getattr(kind(), "ask", None) if kind else None
