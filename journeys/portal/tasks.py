"""What the due rows run; imported by `JourneysConfig.ready`."""

from journeys.portal.actions.codes import send
from journeys.portal.models import EntryCode
from rtr import due

due.register(EntryCode, due.Inside(send, tries=3))
