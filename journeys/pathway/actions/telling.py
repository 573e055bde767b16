"""What the person brings, what complicates life, the entry questions, notes, later erased."""

import datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from journeys.participants import lists
from journeys.pathway.actions.acting import begin, save_new, tell
from journeys.pathway.models import Absence, Barrier, EntrySituation, Journey, Note, Strength
from territories.accounts.models import User
from territories.journal.enums import Act

QUESTIONS = [
    "employment",
    "diploma",
    "housing",
    "gender",
    "nationality",
    "digital_level",
    "resources",
    "disability",
]


@transaction.atomic
def add_strength(*, journey: Journey, by: User, seen: int | None, kind: str, text: str) -> Strength:
    journey = begin(journey, seen=seen)
    strength = Strength(
        territory_id=journey.territory_id, journey=journey, kind=kind, text=text, recorded_by=by
    )
    save_new(strength)
    tell(Act.STRENGTHS_CHANGED, journey=journey, by=by, about=strength)
    return strength


@transaction.atomic
def remove_strength(*, strength: Strength, by: User, seen: int | None) -> None:
    journey = begin(strength.journey, seen=seen)
    tell(Act.STRENGTHS_CHANGED, journey=journey, by=by, about=strength)
    strength.delete()


@transaction.atomic
def set_barriers(*, journey: Journey, by: User, seen: int | None, levels: dict[str, str]) -> None:
    """Set what complicates life now: theme → level (nothing for health); others end today."""
    journey = begin(journey, seen=seen)
    today = timezone.localdate()
    open_ones = {barrier.theme: barrier for barrier in journey.barriers.filter(ended_on=None)}
    for theme, barrier in open_ones.items():
        if levels.get(theme) != barrier.level:
            barrier.ended_on = today
            barrier.save(update_fields=["ended_on"])
    for theme, level in levels.items():
        if theme not in open_ones or open_ones[theme].ended_on:
            save_new(
                Barrier(
                    territory_id=journey.territory_id, journey=journey, theme=theme, level=level
                )
            )
    tell(Act.BARRIERS_CHANGED, journey=journey, by=by)  # no theme: the journal holds no value


@transaction.atomic
def answer_situation(
    *, journey: Journey, by: User, seen: int | None, answers: dict
) -> EntrySituation:
    """Keep the answers given; once all are, the entry questions are finished (rule 4).

    Parameters: `answers`, field name → value; only the fields given are touched.
    """
    journey = begin(journey, seen=seen)
    situation, _created = EntrySituation.objects.get_or_create(
        journey=journey, defaults={"territory_id": journey.territory_id}
    )
    for field, value in answers.items():
        setattr(situation, field, value)
    situation.publics = sorted(set(situation.publics) & set(lists.PUBLICS.codes))
    if journey.entry_on and "neighbourhood" in answers:
        freeze_zoning(situation, journey.entry_on)
    done = all(getattr(situation, question) for question in QUESTIONS)
    situation.completed_on = (situation.completed_on or timezone.localdate()) if done else None
    situation.save()
    tell(Act.SITUATION_CHANGED, journey=journey, by=by, about=situation, fields=sorted(answers))
    return situation


def freeze_zoning(situation: EntrySituation, entry_on: datetime.date) -> None:
    """Rule 22: whether the quarter is a priority one is decided by the day of the contract."""
    zoning = situation.neighbourhood and situation.neighbourhood.zoning_on(entry_on)
    situation.qpv_edition = zoning.edition if zoning else ""


@transaction.atomic
def write_note(
    *, journey: Journey, by: User, seen: int | None, text: str, is_working: bool
) -> Note:
    """A short, factual note. The person may read it; a working note is its author's alone."""
    journey = begin(journey, seen=seen)
    note = Note(
        territory_id=journey.territory_id,
        journey=journey,
        author=by,
        text=text,
        is_working=is_working,
    )
    save_new(note)
    tell(Act.NOTE_WRITTEN, journey=journey, by=by, about=note)
    return note


def purge_notes(*, on: datetime.date) -> int:
    """Rule 21: notes go 6 months (a programme setting) after the journey ended.

    Returns how many were erased. Safe to run twice.
    """
    erased = 0
    ended = Absence.objects.exits().filter(until_on__isnull=True, journey__notes__isnull=False)
    for absence in ended.select_related("territory__programme").distinct():
        months = absence.territory.programme.notes_purge_months
        if absence.from_on + relativedelta(months=months) <= on:
            erased += Note.objects.filter(journey_id=absence.journey_id).delete()[0]
    return erased
