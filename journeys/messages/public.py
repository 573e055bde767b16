"""Where providers tell what became of messages, and what was answered.

They sign what they say, or, where they cannot, are given an address that holds a secret. What is
said is safe to hear twice; nothing said makes an error of ours.
"""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from journeys.messages.actions.receiving import note_answer, note_receipt
from journeys.messages.enums import Delivery
from journeys.messages.heard import Answer, Garbage, Receipt, our_uuid
from journeys.messages.providers import TELLERS

MOST = 64 * 1024  # bytes
OURS = "webhook"


@csrf_exempt
@require_POST
def messages_told(request: HttpRequest) -> HttpResponse:
    """Our own way of telling, signed as https://www.standardwebhooks.com says.

    {"type": "answer", "from": "+336…", "text": "1", "to": the provider's number of the message}
    {"type": "receipt", "uuid": ours, "delivery": "delivered" or "undelivered"}
    """
    if _too_large(request):
        return _answer(413)
    try:
        body = request.body.decode()
    except UnicodeDecodeError:
        return _answer(400)
    if not _is_signed(body, request):
        return _answer(401)
    return _note(OURS, lambda: [_read(json.loads(body), request.headers["webhook-id"])])


@csrf_exempt
@require_http_methods(["GET", "POST"])
def provider_told(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """A provider's own way of telling; the token stands for a signature it does not offer."""
    if slug not in TELLERS:
        raise Http404
    known = [constant_time_compare(token, each) for each in settings.WEBHOOK_TOKENS]
    if not any(known):
        return _answer(401)
    if _too_large(request):
        return _answer(413)
    return _note(slug, lambda: TELLERS[slug]().heard(request))


def _note(provider: str, hear) -> HttpResponse:
    try:
        heard = hear()
    except Exception:  # whatever shape a stranger's words have, they are no error of ours
        return _answer(400)
    for each in heard:
        if isinstance(each, Receipt):
            note_receipt(provider=provider, receipt=each)
        else:
            note_answer(provider=provider, answer=each)
    return _answer(200)


def _too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > MOST


def _is_signed(body: str, request: HttpRequest) -> bool:
    """By one of our secrets: several, so that one may be replaced."""
    headers = dict(request.headers)
    for secret in settings.WEBHOOK_SECRETS:
        try:
            Webhook(secret).verify(body, headers, json_parse=False)
        except (WebhookVerificationError, ValueError):  # no such signature, or no signature at all
            continue
        return True
    return False


def _read(told: dict, number: str) -> Answer | Receipt:
    if told["type"] == "receipt":
        return Receipt(
            Delivery(told["delivery"]),
            uuid=our_uuid(told.get("uuid")),
            receipt=str(told.get("receipt", "")),
        )
    if told["type"] == "answer":
        return Answer(str(told["from"]), str(told["text"]), number, to=str(told.get("to", "")))
    raise Garbage


def _answer(status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response._has_been_logged = True  # Django would log the address, which may hold a secret
    return response
