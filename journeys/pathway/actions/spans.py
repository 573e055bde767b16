"""Pauses, exits, returns, outcomes (rules 7 and 10); follow-ups open with an exit."""

import datetime

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.documents.actions import add_document
from journeys.documents.models import Document
from journeys.pathway.actions.acting import begin, refuse_before, refuse_future, save_new, tell
from journeys.pathway.actions.following import (
    cancel_follow_ups,
    cancel_messages,
    leave_in_peace,
    take_back,
)
from journeys.pathway.enums import AbsenceKind, Milestone
from journeys.pathway.lists import DEATH, EXITS
from journeys.pathway.models import Absence, FollowUp, Journey, Outcome
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

PAUSE_ENDED, PAUSE_REMOVED = "pause_ended", "pause_removed"
MONTHS = {3: Milestone.MONTHS_3, 6: Milestone.MONTHS_6}


def absence_on(journey: Journey, day: datetime.date) -> Absence | None:
    """The pause or exit that covers this day, if any."""
    return journey.absences.all().on(day).first()


@transaction.atomic
def pause(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    from_on: datetime.date,
    reason: str,
    expected_return_on: datetime.date | None = None,
) -> Absence:
    """A dated pause; the 15 months keep running (rule 8)."""
    journey = begin(journey, seen=seen)
    refuse_before(from_on, journey.first_contact_on, "from_on")
    refuse_future(from_on, "from_on")
    if expected_return_on and expected_return_on <= from_on:
        raise ValidationError({"expected_return_on": _("Le retour vient après le départ.")})
    absence = Absence(
        territory_id=journey.territory_id,
        journey=journey,
        kind=AbsenceKind.PAUSE,
        from_on=from_on,
        pause_reason=reason,
        expected_return_on=expected_return_on,
        recorded_by=by,
    )
    save_new(absence)
    tell(Act.PAUSED, journey=journey, by=by, about=absence)
    return absence


@transaction.atomic
def come_back(*, journey: Journey, by: User, seen: int | None, on: datetime.date) -> Absence:
    """End the pause or the exit: the same journey goes on; planned follow-ups are cancelled."""
    journey = begin(journey, seen=seen)
    absence = journey.absences.filter(until_on__isnull=True).first()
    if absence is None:
        raise ValidationError(_("Le parcours n’est ni en pause ni terminé."))
    if absence.exit_kind == DEATH:
        raise ValidationError(_("Ce parcours s’est terminé par un décès."))
    refuse_future(on, "on")
    refuse_before(on, absence.from_on + datetime.timedelta(days=1), "on")
    absence.until_on = on
    absence.save(update_fields=["until_on"])
    cancel_follow_ups(absence.follow_ups.all(), on)
    cancel_messages(journey)
    left = absence.kind == AbsenceKind.EXIT
    tell(Act.RETURNED if left else Act.RESUMED, journey=journey, by=by, about=absence)
    return absence


@transaction.atomic
def leave(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    on: datetime.date,
    kind: str,
    agreed_to_contact: bool = False,
    weeks: int | None = None,
) -> Absence:
    """Record the exit with its kind; an open pause ends there; follow-ups open if agreed."""
    journey = begin(journey, seen=seen)
    refuse_future(on, "on")
    refuse_before(on, journey.first_contact_on, "on")
    weeks = _weeks_of(kind, weeks)
    replaced = _end_pause(journey, on)
    absence = Absence(
        territory_id=journey.territory_id,
        journey=journey,
        kind=AbsenceKind.EXIT,
        from_on=on,
        exit_kind=kind,
        weeks=weeks,
        agreed_to_contact=agreed_to_contact,
        recorded_by=by,
    )
    save_new(absence)
    if agreed_to_contact and EXITS[kind].is_yes("follow_up"):
        _open_follow_ups(journey, absence)
    if kind == DEATH:
        leave_in_peace(journey, on)
    tell(Act.EXITED, journey=journey, by=by, about=absence, fields=replaced)
    return absence


def _weeks_of(kind: str, weeks: int | None) -> int | None:
    """The length of a fixed-term contract decides how its funder counts it (rule 10)."""
    if kind not in EXITS or EXITS[kind]["class"] != "selon_duree":
        return None
    if not weeks:
        raise ValidationError({"weeks": _("Notez la durée du contrat, en semaines.")})
    return weeks


def _end_pause(journey: Journey, on: datetime.date) -> list[str]:
    """An open pause ends with the exit, or goes if it had not begun. Returns what the journal
    keeps of it, by which `undo` knows what to bring back."""
    pause = journey.absences.pauses().filter(until_on__isnull=True).first()
    if pause is None:
        return []
    if pause.from_on >= on:
        pause.delete()
        return [PAUSE_REMOVED]
    pause.until_on = on
    pause.save(update_fields=["until_on"])
    return [PAUSE_ENDED]


def _open_follow_ups(journey: Journey, absence: Absence) -> None:
    programme = journey.territory.programme
    first = absence.from_on
    late = datetime.timedelta(days=programme.followup_late_days)
    days = {Milestone.EXIT: first}
    days |= {MONTHS[m]: first + relativedelta(months=m) for m in programme.followup_months}
    FollowUp.objects.bulk_create(
        FollowUp(
            territory_id=journey.territory_id,
            journey=journey,
            absence=absence,
            milestone=milestone,
            opens_on=day,
            late_on=day + late,
        )
        for milestone, day in days.items()
    )


@transaction.atomic
def record_outcome(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    kind: str,
    started_on: datetime.date,
    host: str = "",
    weekly_hours: int | None = None,
) -> Outcome:
    """A job, training or engagement starts; the journey goes on."""
    journey = begin(journey, seen=seen)
    refuse_before(started_on, journey.first_contact_on, "started_on")
    if journey.absences.exits().on(started_on).exists():
        raise ValidationError(
            {"started_on": _("Le parcours est terminé ce jour-là : notez-le dans un suivi.")}
        )
    outcome = Outcome(
        territory_id=journey.territory_id,
        journey=journey,
        kind=kind,
        host=host,
        weekly_hours=weekly_hours,
        started_on=started_on,
        recorded_by=by,
    )
    save_new(outcome)
    tell(Act.OUTCOME_RECORDED, journey=journey, by=by, about=outcome)
    return outcome


@transaction.atomic
def end_outcome(*, outcome: Outcome, by: User, seen: int | None, on: datetime.date) -> Outcome:
    journey = begin(outcome.journey, seen=seen)
    if outcome.ended_on:
        raise ValidationError(_("Cette étape a déjà sa fin."))
    refuse_before(on, outcome.started_on, "on")
    outcome.ended_on = on
    outcome.save(update_fields=["ended_on"])
    tell(Act.OUTCOME_ENDED, journey=journey, by=by, about=outcome)
    return outcome


@transaction.atomic
def prove(
    *,
    row: Absence | Outcome,
    by: User,
    kind: str,
    seen_on: datetime.date,
    photo: UploadedFile | None = None,
) -> None:
    """Attach the proof of an exit or of an outcome: seen and given back, or photographed."""
    row.proof = add_document(
        participant=row.journey.participant, by=by, kind=kind, seen_on=seen_on, photo=photo
    )
    row.save(update_fields=["proof"])


@transaction.atomic
def attach(*, row: Absence | Outcome, by: User, document: Document) -> None:
    """Say that this proof, noted before, is that of this exit or outcome."""
    known = row.journey.participant.documents.proofs().standing()
    if not known.filter(pk=document.pk).exists():
        raise ValidationError({"document": _("Cette pièce a été retirée entre-temps.")})
    row.proof = document
    row.save(update_fields=["proof"])
    record(
        Act.DOCUMENT_CHANGED,
        by=by,
        territory_id=row.territory_id,
        participant_id=document.participant_id,
        about=document,
        fields=["proof"],
    )


UNDOABLE = {
    Act.CONTACT_RECORDED,
    Act.PAUSED,
    Act.OUTCOME_RECORDED,
    Act.EXITED,
    Act.FOLLOWED_UP,
}


@transaction.atomic
def undo(*, journey: Journey, by: User, row) -> None:
    """Take back one's own last act: nothing happened since, and it was within a quarter hour."""
    last = _last_act(journey)
    mine = last is not None and last.actor_id == by.pk and last.act in UNDOABLE
    if not mine or (last.object_type, last.object_id) != (row._meta.model_name, row.pk):
        raise ValidationError(_("Il s’est passé autre chose depuis : cet acte ne s’annule plus."))
    if timezone.now() - last.at > datetime.timedelta(minutes=15):
        raise ValidationError(_("Un acte s’annule pendant un quart d’heure."))
    if PAUSE_REMOVED in last.fields:
        raise ValidationError(_("Cette sortie a remplacé une pause : notez plutôt le retour."))
    journey = begin(journey, seen=None)
    if last.act == Act.FOLLOWED_UP:
        take_back(row)
    else:
        row.delete()
    if PAUSE_ENDED in last.fields:
        journey.absences.pauses().filter(until_on=row.from_on).update(until_on=None)
    tell(Act.UNDONE, journey=journey, by=by)


def _last_act(journey: Journey):
    return JournalEntry.objects.about(journey.participant_id).filter(version__isnull=False).first()
