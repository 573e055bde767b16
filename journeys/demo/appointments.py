"""Appointments around today: met, missed, to note, to answer, to come; all between people who know
each other."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from journeys.appointments.enums import AppointmentStatus, CancelReason, Mode, Side
from journeys.appointments.models import Appointment
from journeys.demo.chance import Chance, Weights, days
from journeys.demo.ground import Ground
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import Absence, Journey, TeamMember
from territories.places.models import Place

MOST = 150  # people of a territory who have some
PAST, AHEAD = 60, 25  # days around today
HOURS = [(9, 0), (9, 30), (10, 0), (11, 0), (14, 0), (14, 30), (15, 30), (16, 30)]
MODES = Weights({Mode.MEET: 70, Mode.CALL: 24, Mode.VIDEO: 6})
BEHIND = Weights(
    {
        AppointmentStatus.CAME: 74,
        AppointmentStatus.MISSED: 12,
        AppointmentStatus.CANCELLED: 10,
        AppointmentStatus.ACCEPTED: 4,
    }
)
TO_COME = Weights(
    {
        AppointmentStatus.ACCEPTED: 62,
        AppointmentStatus.PROPOSED: 30,
        AppointmentStatus.TO_CHANGE: 8,
    }
)
LENGTHS = [30, 45, 45, 60]
ELSEWHERE = ["Au café de la place", "À la médiathèque", "Au marché"]


def write_appointments(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        rows = list(_of(ground, chance, today))
        Appointment.objects.bulk_create(rows)


def _of(ground: Ground, chance: Chance, today: datetime.date):
    """One or two behind, and one to come for half of the people; never two at once for a
    colleague."""
    territory = ground.territory
    places = list(Place.objects.filter(territory=territory).order_by("pk")[:6])
    taken: set[tuple] = set()
    for member in _members(territory):
        journey, since = member.journey, member.journey.first_contact_on
        spans = [(max(since, days(today, -PAST)), days(today, -1))] * chance.randint(0, 2)
        spans += [(today, days(today, AHEAD))] * chance.happens(0.5)
        for first, last in spans:
            moment = _moment(chance, first, last)
            if (member.user_id, moment) in taken:
                continue
            taken.add((member.user_id, moment))
            yield _row(journey, member, moment, places, chance)


def _members(territory):
    away = Absence.objects.filter(journey=OuterRef("journey"), until_on=None)
    rows = TeamMember.objects.standing().filter(territory=territory, role=TeamRole.REFERENT)
    rows = rows.filter(~Exists(away)).select_related("journey").order_by("user", "pk")
    return rows[:MOST]


def _moment(chance: Chance, first: datetime.date, last: datetime.date) -> datetime.datetime:
    hour, minute = chance.choice(HOURS)
    day = chance.day(first, last)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def _row(journey: Journey, member: TeamMember, moment, places, chance: Chance) -> Appointment:
    is_past = moment <= timezone.now()
    status = chance.weighted(BEHIND if is_past else TO_COME)
    mode = chance.weighted(MODES)
    row = Appointment(
        territory_id=journey.territory_id,
        journey=journey,
        with_user_id=member.user_id,
        starts_at=moment,
        minutes=chance.choice(LENGTHS),
        mode=mode,
        proposed_by=Side.PERSON if chance.happens(0.25) else Side.TEAM,
        status=status,
        recorded_by_id=member.user_id,
        changed_at=min(moment, timezone.now()) - datetime.timedelta(days=chance.randint(1, 9)),
    )
    row.set_end()
    if mode == Mode.MEET:
        row.place = chance.choice(places) if places and chance.happens(0.8) else None
        row.where = "" if row.place else chance.choice(ELSEWHERE)
    if mode == Mode.VIDEO:
        row.link = "https://visio.example.fr/salle"
    if status == AppointmentStatus.CANCELLED:
        row.cancelled_by = chance.choice(Side.values)
        row.cancel_reason = chance.choice(CancelReason.values)
    elif status != AppointmentStatus.PROPOSED:
        row.answered_at = row.changed_at
    return row
