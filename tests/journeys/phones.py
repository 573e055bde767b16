"""Somebody's own phone in tests: the messages it receives, the page a link opens."""

import re

from django.urls import reverse

from journeys.contracts.actions.linking import send_link
from journeys.messages.models import OutboundMessage
from journeys.participants.models import Participant

NUMBER = "+33639981234"
ARABIC = "تختار الأنشطة التي تعجبك."
TOKEN = re.compile(r"/s/([\w-]+)/")
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def reach(journey, **reached) -> None:
    Participant.objects.filter(pk=journey.participant_id).update(**{"phone": NUMBER} | reached)
    journey.participant.refresh_from_db()


def last_message(to: str = NUMBER) -> str:
    return OutboundMessage.objects.filter(to=to).order_by("pk").last().body


def token_in(message: str) -> str:
    return TOKEN.search(message)[1]


def code_in(message: str) -> str:
    return CODE.search(message)[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


class Phone:
    """A browser of its own, that follows the link of its last message."""

    def __init__(self, client, token: str, language: str = "fr"):
        self.client, self.token = client, token
        self.entered = client.post(self.url("door"), {"langue": language}, follow=True)

    @classmethod
    def sent(cls, client, *, to: str = NUMBER, language: str = "fr", **link) -> "Phone":
        send_link(seen=None, **link)
        return cls(client, token_in(last_message(to)), language)

    def url(self, step: str) -> str:
        return reverse(f"sign_{step}", args=[self.token])

    def get(self, step: str, **query):
        return self.client.get(self.url(step), query)

    def post(self, step: str, **typed):
        return self.client.post(self.url(step), typed, follow=True)

    def signs(self, to: str = NUMBER):
        self.post("send")
        return self.post("code", code=code_in(last_message(to)))


def said(page) -> str:
    marks = dict.fromkeys(map(ord, "\u2068\u2069"))
    return " ".join(page.content.decode().replace("\u00a0", " ").translate(marks).split())
