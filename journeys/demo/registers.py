"""Hours of the last two months, signed or awaited, and a register to take today at Le WIP."""

import datetime

from django.utils import timezone

from journeys.activities.enums import Attendance, EnrolmentStatus
from journeys.activities.models import Activity, Enrolment, Session, SessionStaff
from journeys.demo.chance import Chance
from journeys.demo.ground import Ground
from journeys.pathway.models import Journey
from journeys.registers.hours import last_month
from journeys.registers.models import AttendanceStatement
from journeys.registers.statements import fingerprint, lived
from territories.accounts.models import User

MOST = 25  # statements a month and territory
ANIMATOR = "animation.wip@demo.example"


def write_registers(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        for ago in (0, 1):
            _month(ground, ago, chance)
    _today(today)


def _month(ground: Ground, ago: int, chance: Chance) -> None:
    month = last_month()
    if ago:
        month = (month - datetime.timedelta(days=1)).replace(day=1)
    journeys = Journey.objects.filter(territory=ground.territory, entry_on__lt=month)
    journeys = list(journeys.select_related("participant").order_by("pk"))
    by_journey = lived(journeys, month)
    there = [journey for journey in journeys if journey.pk in by_journey][:MOST]
    signs = ground.team.coordinators[0].user
    AttendanceStatement.objects.bulk_create(
        _statement(journey, month, by_journey[journey.pk], signs, chance, everybody=bool(ago))
        for journey in there
    )


def _statement(journey, month, rows, signs: User, chance: Chance, *, everybody: bool):
    """Two months ago all have signed or nearly; last month, some."""
    prepared = _at(month + datetime.timedelta(days=33), 3)
    row = AttendanceStatement(
        territory_id=journey.territory_id,
        journey=journey,
        month=month,
        code=journey.participant.code,
        name=journey.participant.full_name,
        rows=rows,
        minutes=sum(one["minutes"] for one in rows),
        prepared_at=prepared,
    )
    row.sha256 = fingerprint(row)
    if chance.happens(0.9 if everybody else 0.4):
        row.team_signed_at, row.team_user = prepared + datetime.timedelta(hours=7), signs
        row.team_name = signs.get_full_name()
    if journey.participant.user_id and chance.happens(0.9 if everybody else 0.3):
        row.person_signed_at = prepared + datetime.timedelta(hours=10)
        row.person_user_id = journey.participant.user_id
    return row


def _at(day: datetime.date, hour: int) -> datetime.datetime:
    at = timezone.make_aware(datetime.datetime.combine(day.replace(day=1), datetime.time(hour)))
    return min(at, timezone.now() - datetime.timedelta(hours=12))


def _today(today: datetime.date) -> None:
    """One register of today that nobody took: the animator's, on whatever day the data is made."""
    animator = User.objects.filter(email=ANIMATOR).first()
    house = animator and animator.memberships.first().organisation
    activity = Activity.objects.filter(organisation=house, closed_on=None).order_by("pk").first()
    if not house or activity is None:
        return
    there = activity.sessions.filter(starts_at__date=today, cancelled_at=None).first()
    if there is None:
        there = _copied(activity, today)
    if there is not None:
        SessionStaff.objects.get_or_create(session=there, user=animator)
        there.enrolments.update(
            attendance=Attendance.REGISTERED, minutes=None, recorded_by=None, recorded_at=None
        )


def _copied(activity: Activity, today: datetime.date) -> Session | None:
    """The last session, once more today, with the same people in it."""
    last = activity.sessions.held().filter(starts_at__lt=timezone.now()).last()
    if last is None:
        return None
    hour = timezone.localtime(last.starts_at).time()
    start = timezone.make_aware(datetime.datetime.combine(today, hour))
    session = Session.objects.create(
        territory_id=activity.territory_id,
        activity=activity,
        place_id=last.place_id,
        starts_at=start,
        ends_at=start + (last.ends_at - last.starts_at),
        places=last.places,
        taken=last.taken,
        last_number=last.last_number,
    )
    people = last.enrolments.filter(status=EnrolmentStatus.ENROLLED).order_by("number")
    Enrolment.objects.bulk_create(
        Enrolment(
            territory_id=row.territory_id,
            session=session,
            participant_id=row.participant_id,
            nickname=row.nickname,
            number=row.number,
            part=row.part,
            source=row.source,
            asked_at=row.asked_at,
        )
        for row in people
    )
    return session
