"""Who carries text messages: a small class each, chosen by SMS_PROVIDER.

A provider has a `name`, and `send(message)`, which returns the provider's own number of it. It
raises `due.NotDone` when the message surely did not leave, `due.Refused` when it never will;
anything else means that nobody knows. One that can tell afterwards by our uuid has
`ask(message)`: the same number, or `due.NotDone` when it never heard of the message, or any other
error when it cannot say. `heard(request)` reads what it tells us by itself.
"""

from typing import Protocol

from django.conf import settings
from django.http import HttpRequest

from journeys.messages.heard import Answer, Receipt
from journeys.messages.models import OutboundMessage
from journeys.messages.providers.brevo import Brevo, BrevoMail
from journeys.messages.providers.local import Console, File
from journeys.messages.providers.ovh import Ovh


class Provider(Protocol):
    name: str

    def send(self, message: OutboundMessage) -> str: ...


class Teller(Protocol):
    """Tells what became of messages, and what was answered."""

    name: str

    def heard(self, request: HttpRequest) -> list[Answer | Receipt]: ...


PROVIDERS: dict[str, type[Provider]] = {kind.name: kind for kind in (Console, File, Ovh, Brevo)}
TELLERS: dict[str, type[Teller]] = {kind.name: kind for kind in (Ovh, Brevo, BrevoMail)}


def chosen() -> Provider:
    return PROVIDERS[settings.SMS_PROVIDER]()
