"""Brevo: text messages by its API; mails by django-anymail, whose reading of events is used here.

Source: https://developers.brevo.com/reference (POST /transactionalSMS/send, GET
/transactionalSMS/statistics/events), https://developers.brevo.com/docs/transactional-webhooks.
"""

import json
from urllib.parse import urlencode

from anymail.signals import EventType
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from django.conf import settings
from django.http import HttpRequest

from journeys.messages.enums import Delivery
from journeys.messages.heard import Answer, Garbage, Receipt, our_uuid
from journeys.messages.models import OutboundMessage
from rtr.lib import gsm, web

_LATER = {"not_enough_credits", "unauthorized", "account_under_validation", "permission_denied"}
_DELIVERIES = {
    "delivered": Delivery.DELIVERED,
    "hard_bounce": Delivery.UNDELIVERED,
    "hardBounce": Delivery.UNDELIVERED,
    "soft_bounce": Delivery.UNDELIVERED,
    "softBounce": Delivery.UNDELIVERED,
    "rejected": Delivery.UNDELIVERED,
    "blocked": Delivery.UNDELIVERED,
    "skip": Delivery.UNDELIVERED,
}


class Brevo:
    name = "brevo"

    def send(self, message: OutboundMessage) -> str:
        body = {
            "sender": settings.SMS_SENDER or "RTR",
            "recipient": message.to.lstrip("+"),
            "content": message.body,
            "type": "transactional",
            "tag": str(message.uuid),
            "unicodeEnabled": not gsm.is_gsm(message.body),
        }
        found = web.send(
            f"{settings.BREVO_ENDPOINT}/transactionalSMS/send",
            body=json.dumps(body).encode(),
            headers=_headers(),
            later=_LATER,
        )
        return str(found["messageId"])

    def ask(self, message: OutboundMessage) -> str:
        """Its events come a moment later: not to find the message there proves nothing."""
        query = urlencode({"tags": json.dumps([str(message.uuid)]), "limit": 1})
        url = f"{settings.BREVO_ENDPOINT}/transactionalSMS/statistics/events?{query}"
        _status, found = web.call("GET", url, body=b"", headers=_headers())
        event = found["events"][0]
        if event["tag"] != str(message.uuid):
            raise LookupError(event)
        return str(event["messageId"])

    def heard(self, request: HttpRequest) -> list[Answer | Receipt]:
        told = _told(request)
        number = str(told.get("messageId") or told.get("reference") or "")
        if told.get("msg_status") == "replied":
            sender, text = str(told.get("to") or ""), str(told.get("reply") or "")
            if not sender or not number:
                raise Garbage
            return [Answer(sender, text, f"{number} {told.get('date', '')}"[:120], to=number)]
        if delivery := _DELIVERIES.get(str(told.get("msg_status"))):
            return [Receipt(delivery, uuid=our_uuid(_tag(told)), receipt=number)]
        return []


class BrevoMail:
    """What Brevo tells of mails sent by `anymail.backends.brevo.EmailBackend`."""

    name = "brevo-courriel"

    def heard(self, request: HttpRequest) -> list[Receipt]:
        _told(request)
        return [
            Receipt(delivery, uuid=our_uuid(event.metadata.get("uuid")), receipt=event.message_id)
            for event in _Events().parse_events(request)
            if (delivery := _MAILS.get(event.event_type))
        ]


class _Events(BrevoTrackingWebhookView):
    warn_if_no_basic_auth = False  # the address itself holds a secret


_MAILS = {
    EventType.DELIVERED: Delivery.DELIVERED,
    EventType.BOUNCED: Delivery.UNDELIVERED,
    EventType.REJECTED: Delivery.UNDELIVERED,
    EventType.FAILED: Delivery.UNDELIVERED,
}


def _headers() -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "api-key": settings.BREVO_API_KEY,
    }


def _told(request: HttpRequest) -> dict:
    try:
        told = json.loads(request.body)
    except ValueError as error:
        raise Garbage from error
    if not isinstance(told, dict):
        raise Garbage
    return told


def _tag(told: dict) -> object:
    """One tag, or a list of one."""
    tag = told.get("tag") or told.get("tags")
    return tag[0] if isinstance(tag, list) else tag
