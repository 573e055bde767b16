"""What the due rows run; imported by `JourneysConfig.ready`."""

from journeys.messages.actions import deliver
from journeys.messages.models import OutboundMessage
from rtr import due

due.register(OutboundMessage, due.Outside(deliver))
