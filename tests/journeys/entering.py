"""A phone on its way in: numbers, codes received, networks."""

import datetime

import time_machine
from django.core.cache.backends.base import BaseCache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journeys.messages.models import OutboundMessage
from journeys.models import EntryCode, Participant
from rtr import due, scope
from tests.journeys.phones import code_in

NUMBER, UNKNOWN = "06 39 98 12 34", "06 39 98 99 99"
E164 = "+33639981234"
DOOR, CODE = "portal_enter_help", "portal_code"


class NoCache(BaseCache):
    """A cache that is down."""

    def __init__(self, *args):
        super().__init__({})

    def _down(self, *args, **options):
        raise ConnectionError("no cache")

    get = set = add = delete = get_many = set_many = incr = clear = touch = _down


def has_contact(journey, contact=NUMBER) -> None:
    with scope.over([journey.territory_id]):
        Participant.objects.filter(pk=journey.participant_id).update(contact=contact)


def asks(client: Client, number=NUMBER, network="10.0.0.1", **more):
    """A code, from a network; what is due is done at once."""
    page = client.post(reverse(DOOR), {"phone": number}, REMOTE_ADDR=network, **more)
    due.run_due(EntryCode._meta.label_lower)
    return page


def codes_sent(to=E164) -> list[str]:
    with scope.everything("test"):
        return [code_in(one.body) for one in OutboundMessage.objects.filter(to=to).order_by("pk")]


def types(client: Client, code: str, **more):
    return client.post(reverse(CODE), {"code": code}, **more)


def is_in(client: Client) -> bool:
    return client.get(reverse("portal")).status_code == 200


def shows(client, figures, **more):
    return client.post(reverse("portal_screen"), {"code": figures}, **more)


def later(**delay):
    return time_machine.travel(timezone.now() + datetime.timedelta(**delay), tick=False)
