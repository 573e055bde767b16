"""Receiving: what became of a message, and what somebody answered to it.

Nobody is signed in here: each call looks for whose message it is among all territories, then
works in that one alone.
"""

import datetime
import logging
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from journeys.messages import wording
from journeys.messages.actions.sending import OPTED_OUT, send_later
from journeys.messages.answers import meaning_of
from journeys.messages.enums import Channel, Delivery, Meaning
from journeys.messages.heard import Answer, Receipt, e164, readable
from journeys.messages.models import InboundMessage, OptOut, OutboundMessage, StrayAnswers
from journeys.messages.providers import PROVIDERS
from rtr import scope
from rtr.due import Status
from territories.places.models import Territory

logger = logging.getLogger(__name__)

# For so long an answer is one to the last message that asked; later it is left to be read.
ANSWERED_WITHIN = datetime.timedelta(days=7)

_on_answer: dict[str, Callable[[InboundMessage], None]] = {}


def on_answer(cause: str, function: Callable[[InboundMessage], None]) -> None:
    """Say what a yes or a no to this kind of message does; called from `JourneysConfig.ready`.

    `function` takes the answer: its `meaning` is YES or NO, its `answers` is the message. It runs
    in the transaction that stores the answer, in the scope of the message's territory; whatever
    it raises undoes what it did, and leaves the answer to be read by somebody.
    """
    _on_answer[cause] = function


# -- What became of a message --------------------------------------------------------------------


@transaction.atomic
def note_receipt(*, provider: str, receipt: Receipt) -> None:
    """Note that a message arrived, or did not; said twice, or late, it changes nothing."""
    named = Q(uuid=receipt.uuid) if receipt.uuid else Q()
    if number := readable(receipt.receipt)[:200]:
        whose = {"provider": provider} if provider in PROVIDERS else {}  # each counts its own
        named |= Q(receipt=number, **whose)
    if not named:
        return
    with scope.everything("a receipt: whose message it is of is not known yet"):
        message = OutboundMessage.objects.filter(named).select_for_update().first()
        if message is None or message.delivery == Delivery.DELIVERED:
            return
        fields = {"delivery": receipt.delivery, "delivery_at": timezone.now()}
        if message.status not in (Status.DONE, Status.CANCELLED):  # it left, whatever we thought
            fields |= {"sent_at": timezone.now(), "receipt": number or message.receipt}
            fields |= {"status": Status.DONE, "lease_until": None, "last_error": ""}
            fields |= {"body": ""} if message.is_secret else {}
        OutboundMessage.objects.filter(pk=message.pk).update(**fields)


# -- What somebody answered ----------------------------------------------------------------------


@transaction.atomic
def note_answer(*, provider: str, answer: Answer) -> None:
    """Store an answer once, tied to the message it answers, and do what it asks for.

    An answer from a number that nobody knows is counted, and nothing else is kept of it.
    """
    sender, number = e164(answer.sender), readable(answer.number)[:120]
    with scope.everything("an answer: whose it is is not known yet"):
        _alone(provider, number)
        if InboundMessage.objects.filter(provider=provider, provider_id=number).exists():
            return
        about, is_asked = _about(sender, readable(answer.to))
        if about is None:
            _count_stray()
            return
        row = InboundMessage(sender=sender, provider=provider, provider_id=number, **about)
        row.text, row.meaning = readable(answer.text), meaning_of(answer.text)
        row.read_at = timezone.now() if _did_for_number(row) else None
        row.save(force_insert=True)
    with scope.over([row.territory_id]):
        if is_asked and _did_for_person(row):
            row.read_at = timezone.now()
            row.save(update_fields=["read_at"])


def _alone(provider: str, number: str) -> None:
    """The same answer told twice at the same moment: one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"{provider} {number}"])


def _about(sender: str, to: str) -> tuple[dict | None, bool]:
    """Whose answer it is, and whether that message waited for one; None, from nobody known.

    A phone may be shared: when messages to several people wait for an answer there, or nothing
    says who wrote, the answer is nobody's and is left to be read.
    """
    sent = OutboundMessage.objects.filter(channel=Channel.SMS, to=sender)
    sent = sent.filter(status__in=[Status.DONE, Status.UNCERTAIN, Status.LEASED]).order_by("-pk")
    waiting = _waiting(sent)
    if to and (message := sent.filter(receipt=to).first()):
        return _of(message), message in waiting
    if len({message.participant_id for message in waiting}) == 1:
        return _of(waiting[0]), True
    last = sent.first()
    owners = list(people().filter(phone=sender).values_list("territory_id", "pk"))
    if last is None and not owners:
        return None, False
    named = set(sent[:50].values_list("participant_id", flat=True)) | {pk for _where, pk in owners}
    if waiting or len(named) > 1:
        return {"territory_id": last.territory_id if last else owners[0][0]}, False
    if last:
        return _of(last), False
    return {"territory_id": owners[0][0], "participant_id": owners[0][1]}, False


def _of(message: OutboundMessage) -> dict:
    return {
        "territory_id": message.territory_id,
        "participant_id": message.participant_id,
        "answers": message,
    }


def _waiting(sent) -> list[OutboundMessage]:
    """Messages of late that ask something, and have no yes or no yet; the last first."""
    asking = [cause for cause, kind in wording.KINDS.items() if kind.asks]
    asked = sent.filter(cause__in=asking, written_at__gte=timezone.now() - ANSWERED_WITHIN)
    return list(asked.exclude(answers__meaning__in=[Meaning.YES, Meaning.NO]))


def people():
    """Participants, a chapter above: known here by the foreign key alone."""
    return OutboundMessage._meta.get_field("participant").related_model._base_manager


def _count_stray() -> None:
    today = timezone.localdate()
    StrayAnswers.objects.get_or_create(on=today)
    StrayAnswers.objects.filter(on=today).update(count=F("count") + 1)


# -- What it asks for ----------------------------------------------------------------------------


def _did_for_number(row: InboundMessage) -> bool:
    """STOP and START are about a number, wherever it is known."""
    if row.meaning == Meaning.STOP:
        _stop(row)
    elif row.meaning == Meaning.START:
        _start(row)
    return row.meaning in (Meaning.STOP, Meaning.START)


def _stop(row: InboundMessage) -> None:
    """No more messages, in every territory that knows the number; one last one says so."""
    sent = OutboundMessage.objects.filter(channel=Channel.SMS, to=row.sender)
    knowing = set(sent.values_list("territory_id", flat=True)) | {row.territory_id}
    knowing |= set(people().filter(phone=row.sender).values_list("territory_id", flat=True))
    stopped = [
        OptOut.objects.get_or_create(territory_id=pk, phone=row.sender, until=None)[1]
        for pk in knowing
    ]
    sent.filter(is_awaited=False).cancel(OPTED_OUT)
    if any(stopped):
        _confirm(row, wording.OPT_OUT)


def hear_no_more(*, phone: str, territory_id: int) -> None:
    """Said on the person's own page, which tells it: nothing but what they ask for is sent."""
    OptOut.objects.get_or_create(territory_id=territory_id, phone=phone, until=None)
    sent = OutboundMessage.objects.filter(channel=Channel.SMS, to=phone, is_awaited=False)
    sent.cancel(OPTED_OUT)


def hear_again(*, phone: str, territory_id: int) -> None:
    stopped = OptOut.objects.filter(territory=territory_id, phone=phone, until=None)
    stopped.update(until=timezone.now())


def _start(row: InboundMessage) -> None:
    stopped = OptOut.objects.filter(phone=row.sender, until=None)
    if stopped.update(until=timezone.now()):
        _confirm(row, wording.OPT_IN)


def _confirm(row: InboundMessage, cause: str) -> None:
    last = OutboundMessage.objects.filter(channel=Channel.SMS, to=row.sender).order_by("-pk")
    language = last.values_list("language", flat=True).first()
    send_later(
        territory=Territory.objects.select_related("programme").get(pk=row.territory_id),
        cause=cause,
        channel=Channel.SMS,
        to=row.sender,
        participant=row.participant,
        is_awaited=True,
        **({"language": language} if language else {}),
    )


def _did_for_person(row: InboundMessage) -> bool:
    """A yes or a no, given to the chapter that asked; else somebody reads it."""
    function = _on_answer.get(row.answers.cause) if row.answers else None
    if function is None or row.meaning not in (Meaning.YES, Meaning.NO):
        return False
    try:
        with transaction.atomic():
            function(row)
    except Exception as error:
        logger.error("answer %s: %s", row.pk, type(error).__qualname__)
        return False
    return True
