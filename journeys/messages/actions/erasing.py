"""What goes by itself each night; what is about a participant goes with their file."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from journeys.messages.actions.receiving import people
from journeys.messages.models import InboundMessage, OptOut, OutboundMessage, StrayAnswers

KEPT = datetime.timedelta(days=90)  # messages about nobody's file
COUNTS_KEPT = datetime.timedelta(days=365)


def forget_messages(*, on: datetime.date) -> int:
    """Erase messages to and from others than participants, and refusals of numbers that nobody has
    any more. Returns how many rows went. Safe to run twice."""
    before = timezone.now() - KEPT
    old = [
        OutboundMessage.objects.filter(participant=None, written_at__lt=before).exclude(
            status__in=["due", "leased"]
        ),
        InboundMessage.objects.filter(participant=None, received_at__lt=before),
        StrayAnswers.objects.filter(on__lt=on - COUNTS_KEPT),
    ]
    gone = sum(rows.delete()[0] for rows in old)
    written_to = OutboundMessage.objects.filter(to=OuterRef("phone"))
    having = people().filter(phone=OuterRef("phone"))
    return gone + OptOut.objects.exclude(Exists(written_to) | Exists(having)).delete()[0]
