"""Agreeing on a moment: one side proposes, the other accepts, moves, or cancels.

Every act locks the journey, then the row: of two at once, the second sees what the first did. An
answer is to the moment that its page showed (`seen`, the appointment's version).
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.appointments.actions import reminding
from journeys.appointments.enums import AppointmentStatus, CancelReason, Mode, Side
from journeys.appointments.models import KEPT, LIVE, Appointment
from journeys.appointments.moments import refuse_unlikely, said, week_later
from journeys.participants.actions import UNDO_WITHIN
from journeys.pathway.actions.acting import begin, save_new, tell
from journeys.pathway.actions.arrivals import record_contact
from journeys.pathway.enums import ContactKind
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act
from territories.places.models import Place

CONTACTS = {
    Mode.MEET: ContactKind.MEETING,
    Mode.VIDEO: ContactKind.MEETING,
    Mode.CALL: ContactKind.CALL,
}


def side_of(user: User | None) -> str:
    """Whose act it is; an answer by text message, which has no user, is the person's."""
    return Side.PERSON if user is None or user.territory_id else Side.TEAM


@transaction.atomic
def propose(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    with_user: User,
    starts_at: datetime.datetime,
    mode: str,
    minutes: int = 45,
    place: Place | None = None,
    where: str = "",
    link: str = "",
) -> Appointment:
    """A moment with a colleague of the team. The same one proposed twice is one."""
    journey = begin(journey, seen=seen)
    _refuse_dead(journey)
    refuse_unlikely(starts_at)
    refuse_stranger(journey, by, with_user)
    same = journey.appointments.live().filter(with_user=with_user, starts_at=starts_at)
    if twice := same.first():
        return twice
    appointment = Appointment(
        territory_id=journey.territory_id,
        journey=journey,
        with_user=with_user,
        starts_at=starts_at,
        minutes=minutes,
        mode=mode,
        proposed_by=side_of(by),
        status=AppointmentStatus.PROPOSED,
        recorded_by=by,
        **_where(journey, mode, place, where, link),
    )
    appointment.set_end()
    save_new(appointment)
    reminding.tell_proposed(appointment)
    reminding.plan(appointment)
    tell(Act.APPOINTMENT_PROPOSED, journey=journey, by=by, about=appointment)
    return appointment


@transaction.atomic
def accept(*, appointment: Appointment, by: User | None, seen: int | None = None) -> Appointment:
    """The other side says yes to the moment proposed; or the person comes after all."""
    journey, appointment = _locked(appointment)
    side = side_of(by)
    if appointment.status == AppointmentStatus.ACCEPTED:
        _refuse_changed(appointment, None if seen is None else seen + 1)
        return appointment  # a second tap
    _refuse_changed(appointment, seen)
    comes_after_all = appointment.status == AppointmentStatus.TO_CHANGE and side == Side.PERSON
    if not (appointment.awaits(side) or comes_after_all):
        raise ValidationError(_("Ce rendez-vous n’attend pas votre réponse."))
    _refuse_past(appointment)
    appointment.answered_at = timezone.now()
    _turn(appointment, AppointmentStatus.ACCEPTED, by)
    tell(Act.APPOINTMENT_ACCEPTED, journey=journey, by=by, about=appointment)
    return appointment


@transaction.atomic
def decline(*, appointment: Appointment, by: User | None, seen: int | None = None) -> Appointment:
    """The person cannot come: nothing is lost, the colleague is asked for another moment."""
    journey, appointment = _locked(appointment)
    if appointment.status == AppointmentStatus.TO_CHANGE:
        return appointment
    _refuse_changed(appointment, seen)
    _refuse_unless(appointment, KEPT)
    _refuse_past(appointment)
    appointment.answered_at = timezone.now()
    _turn(appointment, AppointmentStatus.TO_CHANGE, by)
    tell(Act.APPOINTMENT_DECLINED, journey=journey, by=by, about=appointment)
    return appointment


@transaction.atomic
def move(
    *,
    appointment: Appointment,
    by: User,
    starts_at: datetime.datetime,
    seen: int | None = None,
    seen_journey: int | None = None,
    **changes,
) -> Appointment:
    """Another moment, that the other side accepts.

    `changes`: minutes, mode, place, where, link, where they change too.
    """
    journey, appointment = _locked(appointment, seen_journey)
    _refuse_changed(appointment, seen)
    _refuse_unless(appointment, LIVE)
    refuse_unlikely(starts_at)
    if starts_at == appointment.starts_at and not changes:
        raise ValidationError({"day": _("C’est déjà ce moment. Choisissez-en un autre.")})
    if "mode" in changes:
        told = {name: changes.pop(name, None) for name in ("place", "where", "link")}
        told = {**told, "where": told["where"] or "", "link": told["link"] or ""}
        changes |= _where(journey, changes["mode"], **told)
    for name, value in changes.items():
        setattr(appointment, name, value)
    appointment.moved_from, appointment.starts_at = appointment.starts_at, starts_at
    appointment.proposed_by, appointment.answered_at = side_of(by), None
    _turn(appointment, AppointmentStatus.PROPOSED, by)
    appointment.was = ""  # moved again rather than taken back
    appointment.save(update_fields=["was"])
    reminding.tell_proposed(appointment)
    tell(Act.APPOINTMENT_MOVED, journey=journey, by=by, about=appointment)
    return appointment


@transaction.atomic
def cancel(
    *, appointment: Appointment, by: User, reason: str, seen_journey: int | None = None
) -> Appointment:
    journey, appointment = _locked(appointment, seen_journey)
    if appointment.status == AppointmentStatus.CANCELLED:
        return appointment
    _refuse_unless(appointment, LIVE)
    appointment.cancelled_by, appointment.cancel_reason = side_of(by), reason
    _turn(appointment, AppointmentStatus.CANCELLED, by)
    reminding.tell_cancelled(appointment)
    tell(Act.APPOINTMENT_CANCELLED, journey=journey, by=by, about=appointment)
    return appointment


# -- Afterwards ------------------------------------------------------------------------------------


@transaction.atomic
def came(*, appointment: Appointment, by: User) -> Appointment:
    """It took place: a contact of that day, so that the last contact moves."""
    journey, appointment = _locked(appointment)
    if appointment.status == AppointmentStatus.CAME:
        return appointment
    _refuse_unless(appointment, [*LIVE, AppointmentStatus.MISSED])
    if appointment.on > timezone.localdate():
        raise ValidationError(_("Ce rendez-vous n’a pas encore eu lieu."))
    appointment.contact = record_contact(
        journey=journey, by=by, seen=None, kind=CONTACTS[appointment.mode], on=appointment.on
    )
    _turn(appointment, AppointmentStatus.CAME, by)
    journey.refresh_from_db(fields=["version"])
    tell(Act.APPOINTMENT_NOTED, journey=journey, by=by, about=appointment)
    return appointment


@transaction.atomic
def missed(*, appointment: Appointment, by: User) -> Appointment:
    """The person could not come: nobody's fault, counted nowhere; another moment is proposed."""
    journey, appointment = _locked(appointment)
    if appointment.status == AppointmentStatus.MISSED:
        return appointment
    _refuse_unless(appointment, LIVE)
    if not appointment.is_past:
        raise ValidationError(_("Ce rendez-vous n’a pas encore eu lieu."))
    _turn(appointment, AppointmentStatus.MISSED, by)
    tell(Act.APPOINTMENT_NOTED, journey=journey, by=by, about=appointment)
    return appointment


def again(*, appointment: Appointment, by: User) -> Appointment:
    """The same, one week later: proposed in one tap."""
    return propose(
        journey=appointment.journey,
        by=by,
        seen=None,
        with_user=appointment.with_user,
        starts_at=week_later(appointment.starts_at),
        minutes=appointment.minutes,
        mode=appointment.mode,
        place=appointment.place,
        where=appointment.where,
        link=appointment.link,
    )


@transaction.atomic
def undo(*, appointment: Appointment, by: User) -> None:
    """Take back one's own last act on it, within a quarter of an hour."""
    journey, appointment = _locked(appointment)
    late = timezone.now() - appointment.changed_at > UNDO_WITHIN
    is_new = appointment.version == 0 and appointment.status == AppointmentStatus.PROPOSED
    if appointment.recorded_by_id != by.pk or late or not (appointment.was or is_new):
        raise ValidationError(_("Il s’est passé autre chose depuis. Cela ne s’annule plus."))
    if is_new:
        _withdraw(appointment, by)
    else:
        _turn_back(appointment, by)
    tell(Act.UNDONE, journey=journey, by=by)


def _withdraw(appointment: Appointment, by: User) -> None:
    """Proposed by mistake: gone, or cancelled when its message has already left."""
    if reminding.has_left(appointment):
        appointment.cancelled_by = side_of(by)
        appointment.cancel_reason = CancelReason.OTHER
        _turn(appointment, AppointmentStatus.CANCELLED, by)
        reminding.tell_cancelled(appointment)
        return
    reminding.cancel_reminders(appointment)
    appointment.delete()


def _turn_back(appointment: Appointment, by: User) -> None:
    if appointment.contact:
        appointment.contact.delete()
        appointment.contact = None
    if appointment.was == AppointmentStatus.PROPOSED:
        appointment.answered_at = None
    appointment.cancelled_by = appointment.cancel_reason = ""
    _turn(appointment, appointment.was, by)
    appointment.was = ""
    appointment.save(update_fields=["was"])


# -- What they share -------------------------------------------------------------------------------


def _locked(appointment: Appointment, seen: int | None = None) -> tuple[Journey, Appointment]:
    journey = begin(appointment.journey, seen=seen)
    rows = Appointment.objects.select_for_update(of=("self",)).select_related(
        "with_user", "place", "contact"
    )
    appointment = rows.filter(pk=appointment.pk).first()
    if appointment is None:
        raise ValidationError(_("Ce rendez-vous vient d’être retiré."))
    appointment.journey = journey
    return journey, appointment


def _turn(appointment: Appointment, status: str, by: User | None) -> None:
    """The new state, and the messages that go with it."""
    appointment.was, appointment.status = appointment.status, status
    appointment.recorded_by, appointment.changed_at = by, timezone.now()
    appointment.version += 1
    appointment.set_end()
    appointment.full_clean(exclude=["territory", "journey", "recorded_by"])
    appointment.save()
    reminding.plan(appointment)


def _refuse_changed(appointment: Appointment, seen: int | None) -> None:
    if seen is not None and seen != appointment.version:
        state = appointment.get_status_display()
        raise ValidationError(
            _("Ce rendez-vous a changé : %(moment)s, %(state)s. Relisez-le.")
            % {"moment": said(appointment.starts_at), "state": state}
        )


def _refuse_unless(appointment: Appointment, statuses) -> None:
    if appointment.status not in statuses:
        raise ValidationError(
            _("Ce rendez-vous est déjà noté : %(state)s.")
            % {"state": appointment.get_status_display()}
        )


def _refuse_past(appointment: Appointment) -> None:
    if appointment.is_past:
        raise ValidationError(_("Ce rendez-vous est passé. Proposez-en un autre."))


def _refuse_dead(journey: Journey) -> None:
    if journey.absences.all().exits().filter(exit_kind=DEATH).exists():
        raise ValidationError(_("Ce parcours s’est terminé par un décès."))


def refuse_stranger(journey: Journey, by: User, with_user: User) -> None:
    """With somebody of the team, whom the person did not set aside; or with whoever proposes."""
    of_team = journey.team.standing().filter(user=with_user).exists()
    if not of_team and (with_user != by or by.territory_id):
        raise ValidationError({"with_user": _("Choisissez une personne de l’équipe.")})


def _where(journey: Journey, mode: str, place: Place | None, where: str, link: str) -> dict:
    """Only what the way of meeting needs: a place or words, or a link."""
    if mode == Mode.VIDEO:
        if link and not link.startswith("https://"):
            raise ValidationError({"link": _("Le lien commence par https://.")})
        return {"place": None, "where": "", "link": link}
    if mode == Mode.CALL:
        return {"place": None, "where": "", "link": ""}
    if place and place.territory_id != journey.territory_id:
        raise ValidationError({"place": _("Choisissez un lieu de ce territoire.")})
    return {"place": place, "where": "" if place else where.strip(), "link": ""}
