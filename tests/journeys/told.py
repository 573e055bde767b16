"""Telling the platform what came back, signed as it should be unless a test says otherwise."""

import base64
import datetime
import json
import time

import pytest
from django.urls import reverse
from standardwebhooks.webhooks import Webhook

from journeys.messages.actions import on_answer, receiving
from journeys.models import InboundMessage
from rtr import scope
from tests.journeys.factories import ParticipantFactory, ago
from tests.journeys.sms import PHONE, register_kinds

SECRETS = [f"whsec_{base64.b64encode(word * 8).decode()}" for word in (b"new-", b"old-")]
TOKENS = ["jeton-nouveau", "jeton-ancien"]
ANSWER = {"type": "answer", "from": PHONE, "text": "1"}


@pytest.fixture
def doors(settings, monkeypatch):
    settings.WEBHOOK_SECRETS, settings.WEBHOOK_TOKENS = SECRETS, TOKENS
    register_kinds(monkeypatch)


@pytest.fixture
def tell(client, doors):
    """Posts what is told, signed as it should be unless a test says otherwise."""

    def post(told, *, number="m1", secret=SECRETS[0], at=None, **headers):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        now = at or time.time()
        signature = sign(secret, number, now, body)
        headers = {"webhook-id": number, "webhook-timestamp": str(int(now))} | headers
        headers = {"webhook-signature": signature} | headers
        return client.post(
            reverse("messages_told"), body, content_type="application/json", headers=headers
        ).status_code

    return post


def sign(secret, number, now, body) -> str:
    at = datetime.datetime.fromtimestamp(int(now), tz=datetime.UTC)
    return Webhook(secret).sign(number, at, body.decode("utf-8", "replace"))


@pytest.fixture
def holder(caen, le_dome, everywhere):
    return ParticipantFactory(
        territory=caen, organisation=le_dome, identified_on=ago(3), phone=PHONE
    )


def answer() -> InboundMessage:
    with scope.everything("test"):
        return InboundMessage.objects.select_related("answers", "participant").get()


def answers() -> int:
    with scope.everything("test"):
        return InboundMessage.objects.count()


def receipt(message, delivery="delivered", **told) -> dict:
    return {"type": "receipt", "uuid": str(message.uuid), "delivery": delivery} | told


@pytest.fixture
def heard(monkeypatch):
    """What the chapter that asked was told."""
    monkeypatch.setattr(receiving, "_on_answer", {})
    told = []
    on_answer("t.ask", lambda row: told.append((row.meaning, row.participant, scope.current())))
    return told
