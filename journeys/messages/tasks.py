"""What the due rows run; imported by `JourneysConfig.ready`."""

from journeys.messages.actions.sending import ask, can_ask, deliver
from journeys.messages.models import OutboundMessage
from rtr import due

due.register(OutboundMessage, due.Outside(deliver, ask=ask, can_ask=can_ask))
