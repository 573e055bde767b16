"""What « 1 » and « 2 », sent back to a message about an appointment, do."""

from journeys.appointments.actions import keeping
from journeys.appointments.actions.reminding import waiting_beside
from journeys.appointments.enums import AppointmentStatus
from journeys.appointments.models import Reminder
from journeys.messages.enums import Meaning
from journeys.messages.models import InboundMessage


def answered_by_message(answer: InboundMessage) -> None:
    """1: the person comes. 2: they cannot, and the colleague is told.

    Raises ValueError, and somebody reads the answer, when nothing says which appointment it is
    about: two wait for an answer, or it was moved since, or it is behind.
    """
    reminder = Reminder.objects.select_related("appointment__journey").get(message=answer.answers)
    appointment = reminder.appointment
    if waiting_beside(reminder):
        raise ValueError("two appointments wait for an answer")
    if reminder.for_at != appointment.starts_at or appointment.is_past:
        raise ValueError("not the appointment that the message spoke of")
    if answer.meaning == Meaning.NO:
        keeping.decline(appointment=appointment, by=None)
    elif appointment.status != AppointmentStatus.ACCEPTED:
        keeping.accept(appointment=appointment, by=None)
