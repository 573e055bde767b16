"""A path of half-days: planned from a first day, made at once, changed, ended."""

import datetime
from collections.abc import Iterable

from dateutil.rrule import WEEKLY, rrule
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from journeys.activities.enums import ActivityKind, StaffPart
from journeys.activities.models import Activity, Session, SessionStaff
from journeys.collective.models import CollectiveAction, Step
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act

UNSEEN = "bcdfghjkmnpqrstvwxz23456789"  # no vowel: no word, and no sign taken for another


def half_days(first: datetime.date, weekdays: Iterable[int], count: int) -> list[datetime.date]:
    """That many days on these weekdays (0 is Monday), from the first one on."""
    start = datetime.datetime.combine(first, datetime.time())
    return [day.date() for day in rrule(WEEKLY, start, byweekday=sorted(weekdays), count=count)]


@transaction.atomic
def open_action(
    *,
    activity: Activity,
    question: str,
    days: list[datetime.date],
    hours: tuple[datetime.time, datetime.time],
    leader: User,
    co_leader: User | None,
    by: User,
) -> CollectiveAction:
    """The activity, its path and its sessions, together or not at all.

    Parameters: `activity`, not saved yet; `hours`, when each half-day starts and ends.
    """
    activity.kind, activity.pitch, activity.created_by = ActivityKind.COLLECTIVE, question, by
    activity.languages, activity.pictogram = activity.languages or ["fr"], "people"
    activity.save()
    action = CollectiveAction.objects.create(
        activity=activity,
        slug=f"{slugify(activity.title)[:80]}-{get_random_string(6, UNSEEN)}",
        question=question,
        leader=leader,
        co_leader=co_leader,
        from_on=days[0],
        until_on=days[-1],
    )
    sessions = Session.objects.bulk_create(_session(activity, day, hours) for day in days)
    Step.objects.bulk_create(
        Step(action=action, session=session, number=number, title=_("Demi-journée %s") % number)
        for number, session in enumerate(sessions, start=1)
    )
    _staff(action, sessions)
    _tell(action, by)
    return action


def _session(activity: Activity, day: datetime.date, hours) -> Session:
    starts_at, ends_at = (
        timezone.make_aware(datetime.datetime.combine(day, hour)) for hour in hours
    )
    return Session(
        territory_id=activity.territory_id,
        activity=activity,
        place_id=activity.place_id,
        starts_at=starts_at,
        ends_at=ends_at,
        places=activity.places,
    )


def _staff(action: CollectiveAction, sessions: Iterable[Session]) -> None:
    SessionStaff.objects.bulk_create(
        [
            SessionStaff(session=session, user=user, part=StaffPart.ANIMATOR)
            for session in sessions
            for user in action.leaders
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def change_action(
    *,
    action: CollectiveAction,
    title: str,
    question: str,
    leader: User,
    co_leader: User | None,
    steps: dict[int, str],
    by: User,
) -> None:
    """Parameters: `steps`, number → title; those left out keep theirs."""
    action.activity.title = title
    action.activity.pitch = action.question = question
    action.activity.save(update_fields=["title", "pitch"])
    former = {user.pk for user in action.leaders}
    action.leader, action.co_leader = leader, co_leader
    action.full_clean(exclude=["activity"])
    action.save()
    changed = [step for step in action.steps.all() if step.number in steps]
    for step in changed:
        step.title = steps[step.number]
    Step.objects.bulk_update(changed, ["title"])
    if {user.pk for user in action.leaders} != former:
        ahead = Session.objects.filter(step__action=action, starts_at__gt=timezone.now())
        SessionStaff.objects.filter(session__in=ahead, user__in=former).delete()
        _staff(action, ahead)
    _tell(action, by)


@transaction.atomic
def end_action(*, action: CollectiveAction, on: datetime.date, by: User) -> None:
    """Raises ValidationError while half-days are still to come: they are cancelled first."""
    action = CollectiveAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.ended_on:
        return
    if action.steps.filter(session__cancelled_at=None, session__starts_at__gt=timezone.now()):
        raise ValidationError(
            _("Il reste des demi-journées à venir : annulez-les d’abord, puis terminez.")
        )
    if not action.from_on <= on <= timezone.localdate():
        raise ValidationError({"on": _("Choisissez un jour depuis le début, sans aller au futur.")})
    action.ended_on = on
    action.save(update_fields=["ended_on"])
    action.members.waiting().update(left_on=on)
    _tell(action, by)


def _tell(action: CollectiveAction, by: User) -> None:
    record(Act.COLLECTIVE_CHANGED, by=by, territory_id=action.territory_id, about=action)
