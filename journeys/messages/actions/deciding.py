"""What a person decides: of a message nobody knows to have left, of an answer nobody understood."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.messages.actions.sending import opted_out
from journeys.messages.enums import Channel, Decision
from journeys.messages.models import InboundMessage, OutboundMessage
from rtr import due
from rtr.due import Status
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


def decisions_for(message: OutboundMessage) -> list[Decision]:
    """What may be decided of it; nothing when nobody needs to look at it (any more)."""
    if not OutboundMessage.objects.in_trouble().filter(pk=message.pk).exists():
        return []
    found = [Decision.LEFT] if message.status == Status.UNCERTAIN else []
    if message.status in (Status.UNCERTAIN, Status.FAILED) and not why_not_again(message):
        found.append(Decision.AGAIN)
    return [*found, Decision.LEAVE]


def why_not_again(message: OutboundMessage) -> str:
    """Why a message that may not have left is not to be sent again; nothing when it may be."""
    if message.is_secret:
        return _("Son texte est oublié : refaites la demande, un nouveau message partira.")
    if message.useless_after and message.useless_after <= timezone.now():
        return _("Ce qu’il disait ne sert plus.")
    if message.channel == Channel.SMS and opted_out(message.territory_id, message.to):
        return _("Ce numéro ne veut plus de messages.")
    return ""


@transaction.atomic
def decide(*, message: OutboundMessage, by: User, decision: str) -> OutboundMessage:
    """It left, it is to be sent again, or it stays as it is. Raises ValidationError."""
    message = OutboundMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if decision not in decisions_for(message):
        raise ValidationError(_("Ce message n’attend plus cette décision."))
    message.read_at = timezone.now()
    if decision == Decision.LEFT:
        message.status, message.sent_at = Status.DONE, timezone.now()
    message.save(update_fields=["read_at", "status", "sent_at"])
    if decision == Decision.AGAIN:
        OutboundMessage.objects.filter(pk=message.pk).update(read_at=None, delivery="")
        due.again(message)
    record(
        Act.MESSAGE_DECIDED,
        by=by,
        territory_id=message.territory_id,
        participant_id=message.participant_id,
        about=message,
        fields=[decision],
    )
    return message


@transaction.atomic
def mark_read(*, answer: InboundMessage, by: User, read: bool = True) -> None:
    """Somebody read an answer, or takes that back."""
    answer.read_at = timezone.now() if read else None
    answer.save(update_fields=["read_at"])
    if read:
        record(
            Act.ANSWER_READ,
            by=by,
            territory_id=answer.territory_id,
            participant_id=answer.participant_id,
            about=answer,
        )
