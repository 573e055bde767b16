"""Text messages for tests."""

from django.utils import timezone

from journeys.messages.models import OutboundMessage
from journeys.messages.wording import KINDS, Kind, Words
from rtr import due

LABEL = "journeys.outboundmessage"
PHONE = "+33639980001"
DAY, NIGHT = "2026-11-24T14:00:00+01:00", "2026-11-24T21:30:00+01:00"
ASKING = Kind(
    label="Question",
    channels=("sms",),
    words={"fr": Words("Vous venez demain ? 1 = oui, 2 = non"), "ar": Words("هل تأتون؟ 1 أو 2")},
    asks=True,
)
TELLING = Kind(
    label="Rappel", channels=("sms",), words={"fr": Words("À demain, {day}")}, places={"day": "9 h"}
)
SECRET = Kind(
    label="Code",
    channels=("sms",),
    words={"fr": Words("Votre code : {code}")},
    places={"code": "123456"},
    is_secret=True,
)


def register_kinds(monkeypatch) -> None:
    for cause, kind in {"t.ask": ASKING, "t.tell": TELLING, "t.secret": SECRET}.items():
        monkeypatch.setitem(KINDS, cause, kind)


def sent(territory, cause="t.ask", **fields) -> OutboundMessage:
    """One that left a while ago."""
    return OutboundMessage.objects.create(
        **{"territory": territory, "channel": "sms", "to": PHONE, "body": "…", "cause": cause}
        | {"status": due.Status.DONE, "sent_at": timezone.now()}
        | fields
    )


def deliver(message) -> OutboundMessage:
    due.run_due(LABEL)
    message.refresh_from_db()
    return message
