"""The offer of each territory: activities, their sessions of some months, and who is in them."""

import datetime
import tomllib
import uuid
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils import timezone

from journeys.activities.enums import (
    Attendance,
    EnrolmentStatus,
    Part,
    Source,
)
from journeys.activities.models import Activity, Enrolment, Series, Session, SessionStaff
from journeys.activities.recurrence import Rule
from journeys.demo.chance import Chance, Weights, days
from journeys.demo.ground import DATA, Ground
from journeys.pathway.models import Journey
from territories.accounts.enums import Role
from territories.accounts.models import User
from territories.organisations.models import Organisation

WORDS = tomllib.loads((DATA / "activities.toml").read_text(encoding="utf-8"))
OUTSIDE = WORDS["outside"]["names"].split()
PAST, AHEAD = 120, 42  # days around today
REGULARS, NEIGHBOURS = 11, 6  # at most, of one activity
TASTE = 0.7  # of those whom an activity attracts
CAME = Weights({Attendance.PRESENT: 80, Attendance.ABSENT_EXCUSED: 9, Attendance.ABSENT: 11})
LEADS = [Role.ANIMATOR, Role.ACTIVITY_REFERENT, Role.REFERENT, Role.COORDINATOR]
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


@dataclass
class Person:
    """Somebody of the demonstration, between the day they were met and the last they were seen."""

    pk: int
    nickname: str
    first_on: datetime.date
    last_on: datetime.date
    words: str  # what they bring and dream of
    taken_on: set[datetime.date] = field(default_factory=set)


def write_activities(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        _Offer(ground, chance, today).write()


class _Offer:
    def __init__(self, ground: Ground, chance: Chance, today: datetime.date):
        self.ground, self.chance, self.today = ground, chance, today
        self.people = _people(ground, today)
        self.leads = _leads(ground)
        self.enrolments: list[Enrolment] = []

    def write(self) -> None:
        slug = self.ground.territory.slug
        for told in WORDS.get(slug, WORDS["comptoir-atelier"]):
            activity = self._activity(dict(told))
            self._sessions(activity, told)
        Enrolment.objects.bulk_create(self.enrolments, batch_size=2000)

    def _activity(self, told: dict) -> Activity:
        house, territory = told.pop("organisation"), self.ground.territory
        places = {place.name: place for place in self.ground.places}
        known = Organisation.objects.filter(slug__in=[house, f"{house}-{territory.slug}"])
        for name in ("day", "nth", "at", "minutes", "draws"):
            told.pop(name, None)
        return Activity.objects.create(
            territory=territory,
            organisation=known.get(),
            place=places.get(told.pop("place")),
            languages=told.pop("languages", ["fr"]),
            accessibility=[code for code in ("plain_pied", "calme") if self.chance.happens(0.4)],
            service_type="atelier",
            published_on=days(self.today, -PAST),
            created_at=timezone.now() - datetime.timedelta(days=PAST),
            **told,
        )

    def _sessions(self, activity: Activity, told: dict) -> None:
        first, until = days(self.today, -PAST), days(self.today, AHEAD)
        rule = Rule(weekdays=(told["day"],), monthly_nth=told.get("nth", 0))
        starts_at = datetime.time.fromisoformat(told["at"])
        series = Series.objects.create(
            activity=activity,
            rule=rule.text(),
            starts_on=first,
            until_on=until,
            starts_at=starts_at,
            minutes=told["minutes"],
        )
        lead = self.leads.get(activity.organisation_id) or self.ground.team.coordinators[0].user.pk
        group = _Group(self, activity, lead, told["draws"])
        sessions = []
        for day in rule.days(first, until):
            if (day.month, day.day) not in HOLIDAYS:
                start = timezone.make_aware(datetime.datetime.combine(day, starts_at))
                sessions.append(self._session(series, activity, day, start, told["minutes"]))
        Session.objects.bulk_create(sessions)
        SessionStaff.objects.bulk_create(SessionStaff(session=s, user_id=lead) for s in sessions)
        for session in sessions:
            self.enrolments += group.enrol(session)
        Session.objects.bulk_update(sessions, ["taken", "waiting", "last_number"])

    def _session(self, series, activity, day, start, minutes) -> Session:
        session = Session(
            territory=self.ground.territory,
            activity=activity,
            series=series,
            occurrence_on=day,
            place_id=activity.place_id,
            starts_at=start,
            ends_at=start + datetime.timedelta(minutes=minutes),
            places=activity.places,
        )
        if self.chance.happens(0.03):
            before = start - datetime.timedelta(days=2)
            session.cancelled_at = min(before, timezone.now() - datetime.timedelta(hours=3))
            session.cancel_reason = self.chance.choice(WORDS["reasons"]["cancelled"])
        return session


class _Group:
    """Those who come back to an activity: people of the programme, and neighbours, mixed."""

    def __init__(self, offer: _Offer, activity: Activity, lead: int, draws: list[str]):
        self.chance, self.lead, self.draws = offer.chance, lead, draws
        self.territory, self.people = offer.ground.territory, offer.people
        self.wanted = offer.chance.happens(0.3)  # more people than places
        self.neighbours = offer.chance.sample(OUTSIDE, NEIGHBOURS)
        self.regulars: list[Person] = []

    def enrol(self, session: Session) -> list[Enrolment]:
        day = timezone.localtime(session.starts_at).date()
        there = self._there(day)
        most = session.places + (3 if self.wanted else 0)
        count = min(len(there), self.chance.randint(session.places // 2, most))
        rows = [self._row(session, who, n) for n, who in enumerate(there[:count], start=1)]
        for row in rows:
            if row.participant_id and row.status != EnrolmentStatus.CANCELLED:
                self.taken(row, day)
        session.last_number = count
        for row in rows:
            session.taken += row.status == EnrolmentStatus.ENROLLED and row.part == Part.TAKES_PART
            session.waiting += row.status == EnrolmentStatus.WAITING
        return rows

    def taken(self, row: Enrolment, day: datetime.date) -> None:
        """Nobody is in two places the same day."""
        next(who for who in self.regulars if who.pk == row.participant_id).taken_on.add(day)

    def _there(self, day: datetime.date) -> list[Person | str]:
        def free(who: Person) -> bool:
            return who.first_on <= day <= who.last_on and day not in who.taken_on

        self.regulars = [who for who in self.regulars if who.last_on >= day]
        missing = REGULARS - len(self.regulars)
        if missing and self.people:
            drawn = self._newcomers(missing)
            new = [who for who in drawn if free(who) and who not in self.regulars]
            self.regulars += new[:missing]
        there = [*(who for who in self.regulars if free(who)), *self.neighbours]
        self.chance.shuffle(there)
        return there

    def _newcomers(self, missing: int) -> list[Person]:
        """Some come to something else already; first those whom the activity attracts."""
        elsewhere = [who for who in self.people if who.taken_on]
        drawn = self.chance.sample(elsewhere, min(missing, len(elsewhere)))
        drawn += self.chance.sample(self.people, min(4 * missing, len(self.people)))
        drawn = list({who.pk: who for who in drawn}.values())
        return sorted(drawn, key=lambda who: not self._draws(who))

    def _draws(self, who: Person) -> bool:
        """Somebody whose words speak of such things comes rather than another, most of the time."""
        return any(word in who.words for word in self.draws) and self.chance.happens(TASTE)

    def _row(self, session: Session, who: Person | str, number: int) -> Enrolment:
        known = isinstance(who, Person)
        asked = session.starts_at - datetime.timedelta(days=9, minutes=-7 * number)
        row = Enrolment(
            territory=self.territory,
            session=session,
            participant_id=who.pk if known else None,
            nickname=who.nickname if known else who,
            number=number,
            asked_at=min(asked, timezone.now() - datetime.timedelta(minutes=200 - number)),
            source=Source.PORTAL if known and self.chance.happens(0.25) else Source.TEAM,
            client_uuid=uuid.UUID(int=self.chance.getrandbits(128), version=4),
        )
        self._place(row, session, number)
        if row.status == EnrolmentStatus.ENROLLED and session.ends_at < timezone.now():
            self._attend(row, session)
        return row

    def _place(self, row: Enrolment, session: Session, number: int) -> None:
        """Helpers and sponsors take no place; who comes after the last one waits."""
        if number > session.places:
            row.status = EnrolmentStatus.WAITING
        elif self.wanted:  # whoever waits would have had the place
            return
        elif number > 2 and self.chance.happens(0.04):
            row.status = EnrolmentStatus.CANCELLED
        elif not row.participant_id and self.chance.happens(0.12):
            row.part = self.chance.choice([Part.HELPER, Part.HELPER, Part.SPONSOR])

    def _attend(self, row: Enrolment, session: Session) -> None:
        if session.cancelled_at:
            return
        row.attendance = Attendance(self.chance.weighted(CAME))
        row.recorded_by_id, row.recorded_at = self.lead, session.ends_at
        if row.attendance == Attendance.PRESENT:
            planned = int((session.ends_at - session.starts_at).total_seconds() // 60)
            row.minutes = planned if self.chance.happens(0.85) else planned - 30


def _people(ground: Ground, today: datetime.date) -> list[Person]:
    """Those with a file there: they come until they were last seen, and some weeks on."""
    known = Journey.objects.filter(territory=ground.territory).order_by("pk")
    rows = known.values_list(
        "participant_id", "participant__nickname", "first_contact_on", "last_contact_on"
    )
    rows = rows.annotate(words=Lower(StringAgg("strengths__text", ". ", default=Value(""))))
    seen_lately = days(today, -21)
    return [
        Person(pk, nickname, first, days(today, AHEAD) if last >= seen_lately else last, words)
        for pk, nickname, first, last, words in rows
        if last and last >= days(today, -PAST)
    ]


def _leads(ground: Ground) -> dict[int, int]:
    """Who animates in each house: an animator first."""
    members = User.objects.filter(
        memberships__territories=ground.territory, memberships__role__in=LEADS
    ).order_by("pk")
    rows = members.values_list("memberships__role", "pk", "memberships__organisation")
    return {house: pk for _role, pk, house in sorted(rows, key=lambda row: -LEADS.index(row[0]))}
