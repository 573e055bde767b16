"""What the person asks about their file, and what the team answers."""

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.actions.enrolling import withdraw
from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import Enrolment
from journeys.appointments.actions.keeping import cancel
from journeys.appointments.enums import CancelReason
from journeys.appointments.models import Appointment
from journeys.messages.actions.sending import cancel_planned
from journeys.participants.actions import cancel_call_back
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from journeys.rights.actions.erasing import erase_beyond_duty
from journeys.rights.enums import Asked
from journeys.rights.models import DataRequest
from territories.accounts.models import User
from territories.journal.enums import Act

MONTH = relativedelta(months=1)  # GDPR, article 12(3)


@transaction.atomic
def ask(*, journey: Journey, by: User, kind: str, subject: str = "", text: str = "") -> DataRequest:
    """Ask the team. The same thing asked twice is one request."""
    journey = begin(journey, seen=None)
    same = DataRequest.objects.waiting().filter(journey=journey, kind=kind)
    if kind == Asked.CORRECT:
        same = same.filter(subject=subject, text=text)
    if found := same.first():
        return found
    today = timezone.localdate()
    row = DataRequest.objects.create(
        territory_id=journey.territory_id,
        journey=journey,
        kind=kind,
        subject=subject,
        text=text,
        asked_on=today,
        due_on=today + MONTH,
    )
    tell(Act.RIGHT_ASKED, journey=journey, by=by, about=row, fields=[kind])
    return row


@transaction.atomic
def take_back(*, request: DataRequest, by: User) -> None:
    """The person does not ask it any more; one that has its answer keeps it."""
    journey = begin(request.journey, seen=None)
    held = _waiting(request)
    held.taken_back_on = timezone.localdate()
    held.save(update_fields=["taken_back_on"])
    tell(Act.RIGHT_TAKEN_BACK, journey=journey, by=by, about=held, fields=[held.kind])


@transaction.atomic
def answer(
    *, request: DataRequest, by: User, seen: int | None, is_done: bool, words: str
) -> DataRequest:
    """Done, or not and why; the person reads it. To erase is done here, in the same transaction."""
    journey = begin(request.journey, seen=seen)
    held = _waiting(request)
    if not is_done and not words:
        raise ValidationError({"answer": _("Dites pourquoi ce n’est pas fait.")})
    if is_done and held.kind == Asked.ERASE:
        erase_beyond_duty(journey=journey)
    held.is_done, held.answer = is_done, words
    held.answered_on, held.answered_by = timezone.localdate(), by
    held.save()
    tell(Act.RIGHT_ANSWERED, journey=journey, by=by, about=held, fields=[held.kind])
    return held


def _waiting(request: DataRequest) -> DataRequest:
    rows = DataRequest.objects.waiting().select_for_update(of=("self",))
    held = rows.filter(pk=request.pk).first()
    if held is None:
        raise ValidationError(_("Cette demande a déjà sa réponse, ou elle a été annulée."))
    return held


@transaction.atomic
def stop_now(*, journey: Journey, by: User) -> None:
    """Before any contract: nothing more is planned with the person, who may come back at will.

    Their file then goes by itself, as rule 3 says.
    """
    if journey.entry_on:
        raise ValidationError(_("Avec un contrat, l’équipe arrête le parcours avec vous."))
    journey = begin(journey, seen=None)
    now = timezone.now()
    coming = Enrolment.objects.filter(
        participant=journey.participant, session__starts_at__gt=now
    ).exclude(status=EnrolmentStatus.CANCELLED)
    for enrolment in coming.select_related("session"):
        withdraw(enrolment=enrolment, by=by)
    for appointment in Appointment.objects.filter(journey=journey, starts_at__gt=now).live():
        cancel(appointment=appointment, by=by, reason=CancelReason.OTHER)
    cancel_call_back(participant=journey.participant)
    cancel_planned(journey.participant)
    tell(Act.STOPPED, journey=journey, by=by)
