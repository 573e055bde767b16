"""What was lived becomes an experience: an activity attended, an immersion ended, something done
elsewhere."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.attending import on_present
from journeys.activities.enums import Frame
from journeys.activities.models import Enrolment
from journeys.experiences.models import Experience, Reflection
from journeys.frames.ending import on_ended
from journeys.frames.models import Immersion
from journeys.pathway.actions.acting import begin, refuse_future, save_new, tell
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act

ATTENDED = ("participant__journey", "territory", "session__activity")
DAY = TruncDate("session__starts_at")


@on_present
@transaction.atomic
def lived(enrolment: Enrolment) -> None:
    """Make, or bring up to date, the experience of this activity; take it back when the attendance
    was a mistake and nothing was said of it. Nothing for somebody who gave only a nickname: it is
    made the day that row is known to be theirs."""
    if enrolment.participant_id is None:
        return
    journey = Journey.objects.filter(participant=enrolment.participant_id).first()
    if journey is None:
        return
    activity = enrolment.session.activity
    days = Enrolment.objects.attended().filter(
        participant=enrolment.participant_id, session__activity=activity
    )
    span = days.aggregate(first=Min(DAY), last=Max(DAY))
    found = Experience.objects.filter(journey=journey, activity=activity)
    if span["first"] is None:
        found.filter(~Exists(Reflection.objects.filter(experience=OuterRef("pk")))).delete()
    elif not found.update(**_span(**span)):
        live_attended(participant=enrolment.participant_id)


def live_attended(*, participant: int | None = None) -> int:
    """Make the experiences that attendances still lack, of everybody or of one. Returns how many.

    Safe to run twice, each night too: whatever way a row found its person, nothing is lost.
    """
    rows = Enrolment.objects.attended().filter(participant__journey__merged_on__isnull=True)
    rows = rows.filter(participant=participant) if participant else rows
    there = Experience.objects.filter(
        journey=OuterRef("participant__journey"), activity=OuterRef("session__activity")
    )
    lacking = rows.filter(~Exists(there), participant__isnull=False).values(
        *ATTENDED,
        "session__activity__title",
        "session__activity__frame",
        "session__activity__place__name",
    )
    made = [
        Experience(
            territory_id=row["territory"],
            journey_id=row["participant__journey"],
            activity_id=row["session__activity"],
            frame=row["session__activity__frame"],
            title=row["session__activity__title"],
            where=(row["session__activity__place__name"] or "")[:120],
            **_span(row["first"], row["last"]),
        )
        for row in lacking.annotate(first=Min(DAY), last=Max(DAY)).order_by(*ATTENDED)
    ]
    return len(Experience.objects.bulk_create(made, ignore_conflicts=True))


def _span(first: datetime.date, last: datetime.date) -> dict:
    return {"from_on": first, "until_on": last if last > first else None}


@on_ended
def live_immersions(ended: Immersion | None = None) -> int:
    """Make the experiences of immersions that have ended, or of that one. Returns how many.

    Safe to run twice.
    """
    rows = Immersion.objects.filter(ended_on__lte=timezone.localdate(), cancelled_on__isnull=True)
    rows = rows.filter(pk=ended.pk) if ended else rows
    lacking = rows.filter(~Exists(Experience.objects.filter(immersion=OuterRef("pk"))))
    made = [
        Experience(
            territory_id=immersion.territory_id,
            journey_id=immersion.journey_id,
            immersion=immersion,
            frame=Frame.IMMERSION,
            title=_("Immersion chez %(host)s") % {"host": immersion.host_name[:65]},
            where=immersion.host_name,
            **_span(immersion.from_on, immersion.last_on),
        )
        for immersion in lacking.order_by("pk")
    ]
    return len(Experience.objects.bulk_create(made, ignore_conflicts=True))


def nightly() -> None:
    live_attended()
    live_immersions()


# -- « Ce que j'ai fait ailleurs » -----------------------------------------------------------------


@transaction.atomic
def add_elsewhere(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    title: str,
    where: str,
    frame: str,
    from_on: datetime.date,
    until_on: datetime.date | None = None,
) -> Experience:
    """Note what the person did outside the programme. Sent twice, it is the same row."""
    journey = begin(journey, seen=seen)
    _check_days(from_on, until_on)
    mine = Experience.objects.filter(journey=journey, is_elsewhere=True)
    if found := mine.filter(title__iexact=title, from_on=from_on).first():
        return found
    experience = Experience(
        territory_id=journey.territory_id,
        journey=journey,
        is_elsewhere=True,
        title=title,
        where=where,
        frame=frame,
        from_on=from_on,
        until_on=until_on,
        recorded_by=by,
    )
    save_new(experience)
    tell(Act.EXPERIENCE_NOTED, journey=journey, by=by, about=experience)
    return experience


@transaction.atomic
def change_elsewhere(*, experience: Experience, by: User, seen: int | None, **fields) -> None:
    """Correct what was noted of something done elsewhere: title, where, frame, days."""
    journey = begin(experience.journey, seen=seen)
    _check_days(fields["from_on"], fields["until_on"])
    for name, value in fields.items():
        setattr(experience, name, value)
    experience.save(update_fields=list(fields))
    tell(Act.EXPERIENCE_CHANGED, journey=journey, by=by, about=experience)


@transaction.atomic
def remove_elsewhere(*, experience: Experience, by: User) -> None:
    """The person takes back what they had noted, and what they said of it."""
    journey = begin(experience.journey, seen=None)
    tell(Act.EXPERIENCE_CHANGED, journey=journey, by=by, about=experience)
    experience.delete()


def _check_days(from_on: datetime.date, until_on: datetime.date | None) -> None:
    refuse_future(from_on, "from_on")
    if until_on and until_on < from_on:
        raise ValidationError(
            {"until_on": _("La fin vient avant le début. Vérifiez les deux jours.")}
        )
