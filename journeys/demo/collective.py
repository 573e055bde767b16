"""Groups of the demonstration: one on its way and one that is over in each large territory."""

import datetime
import tomllib
import uuid

from django.utils import timezone
from django.utils.text import slugify

from journeys.activities.enums import ActivityKind, Attendance, Source, StaffPart
from journeys.activities.models import Activity, Enrolment, Session, SessionStaff
from journeys.collective.actions.paths import half_days
from journeys.collective.enums import DigitalLevel, PartKind, Side
from journeys.collective.models import (
    CollectiveAction,
    EndInterview,
    GroupEntry,
    GroupMember,
    Step,
)
from journeys.collective.pairs import Pair, PairFeedback
from journeys.collective.productions import Production, ProductionAuthor, ProductionPart
from journeys.demo.chance import Chance, days
from journeys.demo.ground import DATA, Ground
from journeys.pathway.enums import Reader
from journeys.pathway.models import Journey
from territories.organisations.models import Organisation

WORDS = tomllib.loads((DATA / "collective.toml").read_text(encoding="utf-8"))
NEIGHBOURS = ["Ginou", "Le-Grand-Paul"]
PLACES, MORNING = 10, (datetime.time(9), datetime.time(12, 30))
# Where the drawn points are, roughly: invented walks around the middle of each town.
MIDDLES = {
    "caen-la-mer": (49.182, -0.364),
    "paris-montreuil": (48.862, 2.441),
    "aix-marseille": (43.296, 5.381),
    "lille-roubaix": (50.69, 3.181),
}


def write_collective(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        if ground.territory.slug in MIDDLES:
            actions = [_Action(ground, chance, today, told) for told in WORDS["actions"]]
            for action in actions:
                action.write()
            _write_pair(ground, actions[0].action, chance, today)


class _Action:
    def __init__(self, ground: Ground, chance: Chance, today: datetime.date, told: dict):
        self.ground, self.chance, self.today, self.told = ground, chance, today, told
        self.days = half_days(days(today, -told["started"]), [0, 2], len(told["steps"]))
        self.leaders = _leaders(ground)

    def write(self) -> None:
        self._path()
        self._members()
        self._enrolments()
        self._entries()
        for told in self.told["productions"]:
            self._production(told)
        if self.told.get("ended"):
            self._interviews()

    def _path(self) -> None:
        leader, co_leader = self.leaders
        activity = Activity.objects.create(
            territory=self.ground.territory,
            organisation=leader.organisation,
            title=self.told["title"],
            pitch=self.told["question"],
            kind=ActivityKind.COLLECTIVE,
            languages=["fr"],
            pictogram="people",
            places=PLACES,
            created_by=leader.user,
        )
        self.action = CollectiveAction.objects.create(
            activity=activity,
            slug=slugify(f"{activity.title} {self.ground.territory.slug}"),
            question=self.told["question"],
            leader=leader.user,
            co_leader=co_leader.user,
            from_on=self.days[0],
            until_on=self.days[-1],
            ended_on=self.days[-1] if self.told.get("ended") else None,
        )
        self.sessions = Session.objects.bulk_create(self._session(day) for day in self.days)
        self.steps = Step.objects.bulk_create(
            Step(action=self.action, session=session, number=number, title=title)
            for number, (session, title) in enumerate(
                zip(self.sessions, self.told["steps"], strict=True), start=1
            )
        )
        SessionStaff.objects.bulk_create(
            SessionStaff(session=session, user=one.user, part=StaffPart.ANIMATOR)
            for session in self.sessions
            for one in self.leaders
        )

    def _session(self, day: datetime.date) -> Session:
        start, end = (timezone.make_aware(datetime.datetime.combine(day, hour)) for hour in MORNING)
        return Session(
            territory=self.ground.territory,
            activity=self.action.activity,
            starts_at=start,
            ends_at=end,
            places=PLACES,
        )

    def _members(self) -> None:
        first, last = self.days[0], min(self.days[-1], self.today)
        known = Journey.objects.filter(
            territory=self.ground.territory,
            first_contact_on__lte=first,
            last_contact_on__gte=days(last, -30),
        ).select_related("participant")
        self.journeys = self.chance.sample(list(known.order_by("pk")[:60]), min(7, known.count()))
        people = [(one.participant, one.participant.nickname) for one in self.journeys]
        people += [(None, name) for name in NEIGHBOURS]
        self.members = GroupMember.objects.bulk_create(
            GroupMember(
                territory=self.ground.territory,
                action=self.action,
                participant=participant,
                nickname=nickname,
                joined_at=self._moment(days(first, -6)),
                added_by=self.leaders[0].user,
            )
            for participant, nickname in people
        )

    def _moment(self, day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))

    def _enrolments(self) -> None:
        rows = [
            self._enrolment(session, member, number)
            for session in self.sessions
            for number, member in enumerate(self.members, start=1)
        ]
        Enrolment.objects.bulk_create(rows)
        for session in self.sessions:
            session.taken = session.last_number = len(self.members)
        Session.objects.bulk_update(self.sessions, ["taken", "last_number"])

    def _enrolment(self, session: Session, member: GroupMember, number: int) -> Enrolment:
        row = Enrolment(
            territory=self.ground.territory,
            session=session,
            participant_id=member.participant_id,
            nickname=member.nickname,
            number=number,
            source=Source.TEAM,
            asked_at=member.joined_at,
            client_uuid=uuid.uuid5(member.client_uuid, str(session.pk)),
        )
        if session.ends_at < self._moment(self.today):
            came = self.chance.happens(0.82)
            row.attendance = Attendance.PRESENT if came else Attendance.ABSENT_EXCUSED
            row.minutes = 210 if came else None
            row.recorded_by, row.recorded_at = self.leaders[0].user, session.ends_at
        return row

    def _entries(self) -> None:
        past = [step for step in self.steps if step.session.ends_at < timezone.now()]
        spread = max(1, len(past) // len(self.told["entries"]))
        GroupEntry.objects.bulk_create(
            GroupEntry(
                territory=self.ground.territory,
                action=self.action,
                step=step,
                on=timezone.localdate(step.session.starts_at),
                written_by=self.leaders[0].user,
                written_at=step.session.ends_at,
                **told,
            )
            for step, told in zip(past[::spread], self.told["entries"], strict=False)
        )

    def _production(self, told: dict) -> None:
        of = {"territory": self.ground.territory}
        made_on = min(self.today, self.days[-1])
        production = Production.objects.create(
            **of,
            **{name: told[name] for name in ("kind", "title", "text", "licence")},
            action=self.action,
            made_on=made_on,
            added_by=self.leaders[0].user,
        )
        ProductionPart.objects.bulk_create(self._parts(told, production))
        ProductionAuthor.objects.bulk_create(
            ProductionAuthor(
                **of,
                production=production,
                member=member.pk,
                visibility=told["shows"],
                shows_nickname=number % 2 == 0,
                chosen_on=made_on,
                chosen_by=self.leaders[0].user,
            )
            for number, member in enumerate(self.members[:4])
        )

    def _parts(self, told: dict, production: Production) -> list[ProductionPart]:
        of = {"territory": self.ground.territory, "production": production}
        north, east = MIDDLES[self.ground.territory.slug]
        parts = [
            ProductionPart(
                **of,
                kind=PartKind.POINT,
                rank=rank,
                label=label,
                note=note,
                latitude=round(north + up, 5),
                longitude=round(east + right, 5),
            )
            for rank, (label, note, up, right) in enumerate(told.get("points", []))
        ]
        if link := told.get("link"):
            parts.append(ProductionPart(**of, kind=PartKind.LINK, label=link[0], url=link[1]))
        return parts

    def _interviews(self) -> None:
        """With all but one: something remains to be done."""
        on, leader = min(self.today, days(self.days[-1], 3)), self.leaders[0].user
        for member in self.members[:-1]:
            member.interviewed_on, member.interviewed_by = on, leader
        GroupMember.objects.bulk_update(self.members, ["interviewed_on", "interviewed_by"])
        said = WORDS["interviews"]
        EndInterview.objects.bulk_create(
            EndInterview(
                territory=self.ground.territory,
                journey=journey,
                action=self.action,
                on=on,
                with_user=leader,
                reader=self.chance.choice([Reader.REFERENTS, Reader.TEAM, Reader.TEAM]),
                discovered=self.chance.choice(said["discovered"]),
                follows=self.chance.choice(said["follows"]),
                change=self.chance.choice(said["change"]),
            )
            for journey in self.journeys
        )


def _leaders(ground: Ground) -> list:
    """An animator, or whoever leads there first; and a coordinator."""
    lead = (ground.team.animators or ground.team.referents)[0]
    return [lead, ground.team.coordinators[0]]


def _write_pair(ground: Ground, action, chance: Chance, today: datetime.date) -> None:
    """The leader's third place, and an agency of the programme that a colleague speaks for."""
    lead, other = _leaders(ground)
    houses = Organisation.objects.of_programmes([ground.programme.pk])
    agency = houses.filter(kind="agence").exclude(pk=lead.organisation.pk).first()
    if agency is None or lead.user.pk == other.user.pk:
        return
    pair = Pair.objects.create(
        territory=ground.territory,
        third_place=lead.organisation,
        third_place_lead=lead.user,
        agency=agency,
        agency_lead=other.user,
        activity=action.activity,
        level=chance.choice(list(DigitalLevel)),
        from_on=days(today, -90),
    )
    for side, user in ((Side.THIRD_PLACE, lead.user), (Side.AGENCY, other.user)):
        PairFeedback.objects.create(
            territory=ground.territory,
            pair=pair,
            side=side,
            on=days(today, -20),
            written_by=user,
            **WORDS["pair"][side],
        )
