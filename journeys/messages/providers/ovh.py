"""OVHcloud: signed requests, a tag by which a message is found again.

Source: https://eu.api.ovh.com/console/?section=%2Fsms (POST /sms/{serviceName}/jobs, GET
…/jobs and …/outgoing filtered by tag); « Premiers pas avec les API OVHcloud » for the signature.
"""

import base64
import hashlib
import json
import time
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from journeys.messages.enums import Delivery
from journeys.messages.heard import Answer, Garbage, Receipt
from journeys.messages.models import OutboundMessage
from rtr import due
from rtr.lib import web

# Our clock or our keys: not about the message.
_LATER = {"INVALID_SIGNATURE", "QUERY_TIME_OUT", "INVALID_CREDENTIAL", "NOT_CREDENTIAL"}
# « dlr » of the callback: 1 arrived, 2 did not, 16 refused by the operator; others are on the way.
_DELIVERIES = {"1": Delivery.DELIVERED, "2": Delivery.UNDELIVERED, "16": Delivery.UNDELIVERED}


class Ovh:
    name = "ovh"

    def send(self, message: OutboundMessage) -> str:
        body = {
            "message": message.body,
            "receivers": [message.to],
            "tag": tag(message),
            "charset": "UTF-8",
            "noStopClause": True,  # nobody is sold anything; STOP is ours to hear
            "priority": "high",
            "validityPeriod": 24 * 60,  # minutes
        }
        # Without a sender's name OVH lends a number that can be answered.
        sender = settings.SMS_SENDER
        body |= {"sender": sender} if sender else {"senderForResponse": True}
        data = json.dumps(body).encode()
        url = self._url("jobs")
        found = web.send(url, body=data, headers=signed("POST", url, data), later=_LATER)
        if found["ids"]:
            return str(found["ids"][0])
        if found["invalidReceivers"]:
            raise due.Refused("invalid receiver")
        raise ValueError("no id")

    def ask(self, message: OutboundMessage) -> str:
        """Those waiting first: one that leaves meanwhile is then among those that left."""
        for where in ("jobs", "outgoing"):
            url = self._url(where, tag=tag(message))
            status, found = web.call("GET", url, body=b"", headers=signed("GET", url, b""))
            if status != 200 or not isinstance(found, list):
                raise ValueError(f"HTTP {status}")
            if found:
                return str(found[0])
        raise due.NotDone("unknown to OVH")

    def heard(self, request: HttpRequest) -> list[Answer | Receipt]:
        """OVH calls with parameters, in the address or in a form; it signs nothing."""
        told = request.GET.dict() | request.POST.dict()
        if told.get("dlr"):
            delivery = _DELIVERIES.get(told["dlr"])
            return [Receipt(delivery, receipt=told["id"])] if delivery else []
        sender, text = _first(told, "senderid", "sender", "from"), _first(told, "message", "msg")
        number = _first(told, "id", "smsid") or _hash(sender, text, told.get("date", ""))
        if not sender:
            raise Garbage
        return [Answer(sender, text, number)]

    @staticmethod
    def _url(where: str, **query: str) -> str:
        query_string = f"?{urlencode(query)}" if query else ""
        return f"{settings.OVH_ENDPOINT}/sms/{settings.OVH_SMS_SERVICE}/{where}{query_string}"


def tag(message: OutboundMessage) -> str:
    """Our uuid in the twenty characters of a tag: 120 of its 128 bits."""
    return base64.urlsafe_b64encode(message.uuid.bytes[:15]).decode()


def signed(method: str, url: str, body: bytes) -> dict[str, str]:
    now = str(int(time.time()))
    said = "+".join(
        [
            settings.OVH_APPLICATION_SECRET,
            settings.OVH_CONSUMER_KEY,
            method,
            url,
            body.decode(),
            now,
        ]
    )
    digest = hashlib.sha1(said.encode()).hexdigest()  # noqa: S324  OVH's scheme
    return {
        "Content-Type": "application/json",
        "X-Ovh-Application": settings.OVH_APPLICATION_KEY,
        "X-Ovh-Consumer": settings.OVH_CONSUMER_KEY,
        "X-Ovh-Timestamp": now,
        "X-Ovh-Signature": f"$1${digest}",
    }


def _first(told: dict[str, str], *names: str) -> str:
    return next((told[name] for name in names if told.get(name)), "")


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode("utf-8", "ignore")).hexdigest()
