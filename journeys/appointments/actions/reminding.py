"""Messages about an appointment: the moment proposed, three days before, the day before.

Reminders are written the night before they leave, or at once for what changes that very day: the
phone, the language and the hour are those of the day.
"""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from journeys.appointments.enums import AppointmentStatus, Mode, Side
from journeys.appointments.models import KEPT, Appointment, Reminder
from journeys.appointments.moments import said_in
from journeys.messages.actions import send_later
from journeys.messages.actions.sending import NOT_WANTED, opted_out
from journeys.messages.enums import Channel, Meaning
from journeys.messages.models import InboundMessage, OutboundMessage
from journeys.pathway.after import language_of, phone_of
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Absence
from rtr import scope
from rtr.due import Status

REMIND, CALL, PROPOSE, CANCEL = (
    f"appointment.{name}" for name in ("reminder", "call", "proposed", "cancelled")
)
DAYS_BEFORE = (3, 1)
PROPOSED = 0  # « days » of the message that proposes the moment
HOUR = datetime.time(10)  # local time
SENT = (Status.DONE, Status.UNCERTAIN, Status.LEASED)


def moment_of(starts_at: datetime.datetime, days: int) -> datetime.datetime:
    """When the reminder leaves: at ten in the morning of that day, whatever the clocks do."""
    day = timezone.localtime(starts_at).date() - datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, HOUR))


def plan(appointment: Appointment) -> None:
    """After an act: what does not hold any more is not sent; today's reminder is planned, if its
    hour is still ahead. The next ones are for the nights to come."""
    holds = appointment.reminders.none()
    if appointment.status in KEPT:
        holds = appointment.reminders.filter(for_at=appointment.starts_at)
    if appointment.status == AppointmentStatus.ACCEPTED:
        holds = holds.exclude(days=PROPOSED)
    cancel_reminders(appointment, but=holds)
    planned = set(holds.values_list("days", flat=True))
    now = timezone.now()
    for days in DAYS_BEFORE:
        moment = moment_of(appointment.starts_at, days)
        is_today = timezone.localtime(moment).date() == timezone.localdate()
        if days not in planned and is_today and moment > now:
            _remind(appointment, days, moment)


def remind(*, on: datetime.date) -> int:
    """Each night: the reminders of the day. Returns how many. Safe to run twice."""
    count = 0
    for days in DAYS_BEFORE:
        day = on + datetime.timedelta(days=days)
        rows = Appointment.objects.filter(
            status__in=KEPT, starts_at__date=day, starts_at__gt=timezone.now()
        )
        told = Reminder.objects.filter(
            appointment=OuterRef("pk"), days=days, for_at=OuterRef("starts_at")
        )
        dead = Absence.objects.filter(journey=OuterRef("journey"), exit_kind=DEATH)
        rows = rows.filter(~Exists(told), ~Exists(dead), journey__merged_on__isnull=True)
        related = ("with_user", "journey__participant", "territory__programme")
        for appointment in rows.select_related(*related).order_by("pk"):
            moment = moment_of(appointment.starts_at, days)
            with scope.over([appointment.territory_id]):
                count += _remind(appointment, days, moment)
    return count


def _remind(appointment: Appointment, days: int, moment: datetime.datetime) -> bool:
    if appointment.status not in KEPT or appointment.is_past:
        return False
    kind = CALL if appointment.mode == Mode.CALL else REMIND
    return _write(appointment, kind, days, moment)


def tell_proposed(appointment: Appointment) -> None:
    """The person learns of a moment that the team proposes, and may answer at once."""
    if appointment.proposed_by == Side.TEAM:
        _write(appointment, PROPOSE, PROPOSED)


def tell_cancelled(appointment: Appointment) -> None:
    """The person learns that it is off, when the team called it off while it was still ahead."""
    if appointment.cancelled_by == Side.TEAM and not appointment.is_past:
        _write(appointment, CANCEL, None)


def _write(
    appointment: Appointment, kind: str, days: int | None, send_at: datetime.datetime | None = None
) -> bool:
    """By text message, else by mail; nothing for who left no contact or wants no messages."""
    participant, territory = appointment.journey.participant, appointment.territory
    channel, to = _address(participant)
    if not to or (channel == Channel.SMS and opted_out(territory, to)):
        return False
    language = language_of(participant)
    message = send_later(
        territory=territory,
        cause=f"{kind}.mail" if channel == Channel.MAIL else kind,
        channel=channel,
        to=to,
        participant=participant,
        language=language,
        places={
            "who": appointment.with_user.first_name,
            "when": said_in(language, appointment.starts_at),
        },
        useless_after=appointment.starts_at,
        send_at=send_at,
    )
    if days is not None:
        Reminder.objects.update_or_create(
            territory_id=appointment.territory_id,
            journey_id=appointment.journey_id,
            appointment=appointment,
            days=days,
            for_at=appointment.starts_at,
            defaults={"message": message},
        )
    return True


def _address(participant) -> tuple[str, str]:
    if phone := phone_of(participant):
        return Channel.SMS, phone
    return Channel.MAIL, participant.contact if "@" in participant.contact else ""


def _messages(appointment: Appointment):
    return OutboundMessage.objects.filter(pk__in=appointment.reminders.values("message"))


def cancel_reminders(appointment: Appointment, *, but=()) -> None:
    """What was planned for it does not leave, save what still holds.

    Reminders whose message did not leave are forgotten, so that they may be planned anew.
    """
    rows = appointment.reminders.exclude(pk__in=[one.pk for one in but])
    OutboundMessage.objects.filter(pk__in=rows.values("message")).cancel(NOT_WANTED)
    rows.filter(message__status=Status.CANCELLED).delete()


def has_left(appointment: Appointment) -> bool:
    return _messages(appointment).filter(status__in=SENT).exists()


def waiting_beside(reminder: Reminder) -> bool:
    """Whether another appointment of the person also waits for a yes or a no by message."""
    answered = InboundMessage.objects.filter(
        answers=OuterRef("message"), meaning__in=[Meaning.YES, Meaning.NO]
    )
    others = Reminder.objects.filter(
        journey=reminder.journey_id,
        message__status__in=SENT,
        message__channel=Channel.SMS,
        appointment__status__in=KEPT,
        appointment__starts_at__gt=timezone.now(),
    )
    return others.exclude(appointment=reminder.appointment_id).filter(~Exists(answered)).exists()
