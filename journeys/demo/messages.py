"""Messages of the last weeks: most arrived, some answered, a few that nobody is sure of."""

import datetime
import uuid

from django.db.models import Max
from django.utils import timezone

from journeys.demo.chance import Chance, Weights, days
from journeys.demo.ground import WORDS
from journeys.messages.actions.sending import OPTED_OUT, QUIET_UNTIL
from journeys.messages.enums import Channel, Delivery, Language, Meaning, State
from journeys.messages.models import InboundMessage, OptOut, OutboundMessage
from journeys.messages.wording import KINDS, OPT_IN, OPT_OUT
from journeys.participants.models import Referral
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Journey
from rtr.due import Status
from rtr.lib import gsm
from territories.places.models import Territory

MOST = 60  # people written to in a territory, of each kind, however many there are
KEPT = 60  # days
NEWS = ["followup.ask"]
STATES = Weights(
    {
        State.DELIVERED: 82,
        State.SENT: 7,
        State.WAITING: 3,
        State.CANCELLED: 2,
        State.UNDELIVERED: 3,
        State.UNCERTAIN: 2,
        State.REFUSED: 1,
    }
)
ANSWERS = Weights({Meaning.YES: 62, Meaning.NO: 18, Meaning.OTHER: 20})
LANGUAGES = Weights(
    {
        Language.FRENCH: 50,
        Language.EASY_FRENCH: 25,
        Language.ARABIC: 15,
        Language.UKRAINIAN: 5,
        Language.ENGLISH: 5,
    }
)


def write_messages(chance: Chance, today: datetime.date) -> None:
    """Invented messages to people who left a phone, and to those who sent somebody."""
    rows = [*_to_people(chance, today), *_to_prescribers(chance, today)]
    rows.sort(key=lambda row: row.written_at)
    OutboundMessage.objects.bulk_create(rows)
    InboundMessage.objects.bulk_create(_answers(rows, chance))
    OptOut.objects.bulk_create(
        OptOut(territory_id=row.territory_id, phone=row.to, since=row.written_at)
        for row in {row.to: row for row in rows if row.last_error == OPTED_OUT}.values()
    )


def _to_people(chance: Chance, today: datetime.date):
    """News are taken of those who left within seven months; the rest goes to those who are here."""
    for territory in Territory.objects.order_by("pk"):
        known = Journey.objects.filter(territory=territory).exclude(participant__phone="")
        gone = known.left().exclude(absences__exit_kind=DEATH)
        gone = gone.filter(absences__from_on__gte=days(today, -210), absences__until_on=None)
        for journeys, causes in ((gone, NEWS), (known.not_left(), _to_those_here())):
            people = journeys.annotate(since=Max("absences__from_on")).order_by("pk")
            for journey in people.select_related("participant")[:MOST] if causes else ():
                since = journey.since if causes == NEWS else journey.entry_on
                person = journey.participant
                fields = {"participant": person, "territory": territory, "to": str(person.phone)}
                first = max(since or days(today, -KEPT), days(today, -KEPT))
                cause, language = chance.choice(causes), chance.weighted(LANGUAGES)
                yield _message(cause, Channel.SMS, language, chance, first, today, **fields)


def _to_those_here() -> list[str]:
    others = {OPT_IN, OPT_OUT, *NEWS}
    return [c for c, kind in KINDS.items() if Channel.SMS in kind.channels and c not in others]


def _to_prescribers(chance: Chance, today: datetime.date):
    answered = Referral.objects.exclude(answered_on=None).exclude(prescriber_email="")
    since = days(today, -KEPT)
    recent = answered.filter(answered_on__gte=since).order_by("pk")
    known = recent.values_list("territory_id", "prescriber_email", "answered_on")
    for territory_id, to, on in known[: 5 * MOST]:
        fields = {"territory_id": territory_id, "to": to}
        kind = "referral.answered"
        yield _message(kind, Channel.MAIL, Language.FRENCH, chance, on, today, **fields)


def _message(
    cause: str, channel: Channel, language: str, chance: Chance, first, last, **fields
) -> OutboundMessage:
    """One written between two days, in the language or the first that its kind knows."""
    kind = KINDS[cause]
    language = language if language in kind.words else next(iter(kind.words))
    words = kind.words[language]
    body = words.body.format_map(kind.places)
    row = OutboundMessage(
        uuid=uuid.UUID(int=chance.getrandbits(128), version=4),
        channel=channel,
        cause=cause,
        language=language,
        subject=words.subject.format_map(kind.places) if channel == Channel.MAIL else "",
        body=gsm.fitted(body) if channel == Channel.SMS else body,
        written_at=chance.hour(min(chance.day(first, last), days(last, -1))),
        is_secret=kind.is_secret,
        provider="file" if channel == Channel.SMS else "",
        **fields,
    )
    row.segments = gsm.segments(row.body) if channel == Channel.SMS else None
    _end(row, State(chance.weighted(STATES)), chance)
    return row


def _end(row: OutboundMessage, state: State, chance: Chance) -> None:
    """What became of it; the platform writes at once, phones take a moment."""
    row.status = {
        State.WAITING: Status.DUE,
        State.CANCELLED: Status.CANCELLED,
        State.UNCERTAIN: Status.UNCERTAIN,
        State.REFUSED: Status.FAILED,
    }.get(state, Status.DONE)
    row.due_at = row.written_at
    if state == State.WAITING:  # written this evening, for tomorrow
        row.written_at = timezone.now()
        tomorrow = days(timezone.localdate(), 1)
        row.due_at = timezone.make_aware(datetime.datetime.combine(tomorrow, QUIET_UNTIL))
    if row.status == Status.DONE:
        row.sent_at = row.written_at + datetime.timedelta(seconds=chance.randint(1, 50))
        row.receipt = str(row.uuid)
    if state in (State.DELIVERED, State.UNDELIVERED):
        row.delivery = Delivery(state.value)
        row.delivery_at = row.sent_at + datetime.timedelta(seconds=chance.randint(2, 400))
    row.last_error = {
        State.CANCELLED: OPTED_OUT if row.channel == Channel.SMS else "not wanted any more",
        State.UNCERTAIN: "ReadTimeout",
        State.REFUSED: "HTTP 400" if row.channel == Channel.SMS else "SMTP 550",
    }.get(state, "")
    seen_since = timezone.now() - datetime.timedelta(days=14)
    if row.written_at < seen_since:  # older troubles were looked at
        row.read_at = row.written_at + datetime.timedelta(days=1)
    if row.is_secret and row.status != Status.DUE:
        row.body = ""


def _answers(rows: list[OutboundMessage], chance: Chance):
    for number, row in enumerate(rows):
        if not (row.delivery == Delivery.DELIVERED and KINDS[row.cause].asks):
            continue
        if not chance.happens(0.55):
            continue
        meaning = chance.weighted(ANSWERS)
        words = {Meaning.YES: ["1", "Oui", "1 merci"], Meaning.NO: ["2", "Non"]}
        at = row.delivery_at + datetime.timedelta(minutes=chance.randint(1, 300))
        recent = at > timezone.now() - datetime.timedelta(days=30)
        yield InboundMessage(
            territory_id=row.territory_id,
            participant_id=row.participant_id,
            answers=row,
            sender=row.to,
            text=chance.choice(words.get(meaning, WORDS["answers"])),
            meaning=meaning,
            provider="file",
            provider_id=f"demo-{number}",
            received_at=at,
            read_at=None if meaning == Meaning.OTHER and recent else at,
        )
