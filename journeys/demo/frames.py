"""Immersions and what tutors said, AFEST, volunteering, consigns: of people under contract."""

import datetime
import hashlib
import tomllib

from django.utils import timezone

from journeys.demo.chance import Chance, days, working
from journeys.demo.ground import DATA, Ground
from journeys.demo.network import invented_siret
from journeys.documents.enums import DocumentKind
from journeys.documents.models import Document
from journeys.frames.afest import Afest, AfestSequence
from journeys.frames.enums import Again, Gesture, HostStatus, Insured, Often, Prescriber
from journeys.frames.limits import last_day_of_month_from
from journeys.frames.models import Immersion, SafetyBriefing, Volunteering
from journeys.frames.tutors import TutorFeedback, TutorLink
from journeys.messages.enums import Channel
from journeys.pathway.models import Journey
from territories.places.equipment import Equipment

WORDS = tomllib.loads((DATA / "frames.toml").read_text(encoding="utf-8"))
SIRETS_FROM = 700_000  # far from those of the network
# Days from today to the first day: over, to come, under way.
STARTS = (-35, 6, -4, -60, 10, -9, -18, -90, -13, -150)
EACH = 3  # one person under contract in three had, or has, an immersion


def write_frames(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        _Framing(ground, chance, today).write()


class _Framing:
    def __init__(self, ground: Ground, chance: Chance, today: datetime.date):
        self.ground, self.chance, self.today = ground, chance, today
        self.of = {"territory": ground.territory}
        self.referents = [one.user for one in ground.team.referents] or [None]

    def write(self) -> None:
        people = list(
            Journey.objects.filter(**self.of)
            .contracted()
            .going_on()
            .select_related("participant")
            .order_by("entry_on", "pk")
        )
        self._immersions(people[::EACH])
        self._trainings(people[1 :: EACH * 6])
        self._volunteering(people[2 :: EACH * 3])
        self._briefings(people[3::EACH])

    # -- Immersions --------------------------------------------------------------------------------

    def _immersions(self, people: list[Journey]) -> None:
        rows = []
        for number, journey in enumerate(people):
            first = working(days(self.today, STARTS[number % len(STARTS)]))
            if first > journey.entry_on:
                rows.append(self._immersion(journey, number, first))
        rows = Immersion.objects.bulk_create(rows)
        self._sign(rows)
        over = [row for row in rows if row.ended_on]
        self._ask(over)
        self._renew(over)

    def _immersion(self, journey: Journey, number: int, first: datetime.date) -> Immersion:
        trade = WORDS["trades"][number % len(WORDS["trades"])]
        last = min(days(first, self.chance.choice([4, 9, 11, 18])), last_day_of_month_from(first))
        is_signed = first <= self.today or number % 2 == 0
        row = Immersion(
            **self.of,
            journey=journey,
            purpose=self.chance.choice(["discover", "discover", "confirm", "recruit"]),
            host_name=trade["host"],
            host_siret=invented_siret(SIRETS_FROM + number % len(WORDS["trades"])),
            host_activity=trade["activity"],
            host_address=WORDS["address"],
            tutor=trade["tutor"],
            tutor_role=trade["role"],
            tutor_contact=f"{trade['mail']}@demo.example",
            prescriber_kind=Prescriber.WORK,
            prescriber=WORDS["prescriber"],
            situation="seeking",
            insurer=WORDS["insurer"],
            policy=f"RC {4000 + number}",
            objectives=trade["objectives"],
            tasks=trade["tasks"],
            place=trade["place"],
            schedule=WORDS["schedule"],
            weekdays=[0, 1, 2, 3, 4],
            weekly_hours=self.chance.choice([20, 24, 28, 35]),
            from_on=first,
            until_on=last,
            recorded_by=self.chance.choice(self.referents),
        )
        if is_signed and row.recorded_by:
            row.signed_on = max(journey.entry_on, days(first, -3))
            row.signed_on = min(row.signed_on, self.today)
            row.signed_seen_by = row.recorded_by
            row.ended_on = last if last < self.today else None
        return row

    def _sign(self, rows: list[Immersion]) -> None:
        signed = [row for row in rows if row.signed_on]
        papers = Document.objects.bulk_create(
            Document(
                **self.of,
                participant_id=row.journey.participant_id,
                kind=DocumentKind.OTHER,
                title="Convention d’immersion signée",
                seen_by=row.signed_seen_by,
                seen_on=row.signed_on,
            )
            for row in signed
        )
        for row, paper in zip(signed, papers, strict=True):
            row.convention = paper
        Immersion.objects.bulk_update(signed, ["convention"])

    def _ask(self, over: list[Immersion]) -> None:
        """Most tutors answered, and most people said what they keep of it."""
        asked = [row for row in over if self.chance.happens(0.85)]
        TutorLink.objects.bulk_create(self._link(row) for row in asked)
        answered = [row for row in asked if self.chance.happens(0.75)]
        TutorFeedback.objects.bulk_create(self._feedback(row) for row in answered)
        for row in answered:
            if self.chance.happens(0.7):
                row.assessed_on = min(self.today, days(row.ended_on, 4))
                row.liked = self.chance.choice(WORDS["liked"])
                row.again = self.chance.choice([Again.YES, Again.YES, Again.MAYBE, Again.NO])
        Immersion.objects.bulk_update(over, ["assessed_on", "liked", "again"])

    def _link(self, row: Immersion) -> TutorLink:
        at = self.chance.hour(row.ended_on)
        return TutorLink(
            **self.of,
            journey_id=row.journey_id,
            immersion=row,
            channel=Channel.MAIL,
            to=row.tutor_contact,
            token_sha256=hashlib.sha256(f"tuteur {row.pk}".encode()).hexdigest(),
            given_by=row.recorded_by,
            given_at=at,
            expires_at=at + datetime.timedelta(days=60),
        )

    def _feedback(self, row: Immersion) -> TutorFeedback:
        at = min(timezone.now(), self.chance.hour(days(row.ended_on, 1)))
        return TutorFeedback(
            **self.of,
            journey_id=row.journey_id,
            immersion=row,
            punctual=self.chance.choice([Often.ALWAYS, Often.ALWAYS, Often.OFTEN]),
            helpful=self.chance.choice([Often.ALWAYS, Often.OFTEN, Often.LEARNING]),
            gestures=sorted(self.chance.sample(Gesture.values, 3)),
            went_well=self.chance.choice(WORDS["went_well"]),
            again=self.chance.choice([Again.YES, Again.YES, Again.MAYBE]),
            follows=self.chance.choice(WORDS["follows"]) if self.chance.happens(0.4) else "",
            answered_at=at,
            changed_at=at,
        )

    def _renew(self, over: list[Immersion]) -> None:
        """A few wanted more time: a new convention, for the same object."""
        for first in over[::9]:
            start = working(days(first.ended_on, 3))
            row = Immersion.objects.get(pk=first.pk)
            row.pk, row._state.adding = None, True
            row.renews, row.from_on, row.until_on = first, start, days(start, 7)
            row.convention = row.signed_on = row.signed_seen_by = row.ended_on = None
            row.assessed_on, row.liked, row.again = None, "", ""
            if start > self.today:
                row.save()

    # -- The others --------------------------------------------------------------------------------

    def _trainings(self, people: list[Journey]) -> None:
        """Some with their four elements, most on the way."""
        for number, journey in enumerate(people):
            began = max(journey.entry_on, days(self.today, -40))
            words = WORDS["afest"][number % len(WORDS["afest"])]
            analysed, trainer = number % 4 != 1, number % 5 != 2
            afest = Afest.objects.create(
                **self.of,
                journey=journey,
                host_name=words["host"],
                aim=words["aim"],
                from_on=began,
                trainer=words["trainer"] if trainer else "",
                analysis=words["analysis"] if analysed else "",
                analysed_on=began if analysed else None,
                recorded_by=self.chance.choice(self.referents),
            )
            if analysed:
                self._sequences(afest, words, began)

    def _sequences(self, afest: Afest, words: dict, began: datetime.date) -> None:
        for rank, what in enumerate(words["sequences"]):
            day = days(began, 4 + 7 * rank)
            if day < self.today:
                reflected = self.chance.happens(0.7)
                AfestSequence.objects.create(
                    **self.of,
                    journey_id=afest.journey_id,
                    afest=afest,
                    on=day,
                    what=what,
                    minutes=self.chance.choice([90, 120, 180]),
                    reflected_on=day if reflected else None,
                    reflection=words["reflection"] if reflected else "",
                    recorded_by=afest.recorded_by,
                )

    def _volunteering(self, people: list[Journey]) -> None:
        rows = []
        for number, journey in enumerate(people):
            words = WORDS["volunteering"][number % len(WORDS["volunteering"])]
            rows.append(
                Volunteering(
                    **self.of,
                    journey=journey,
                    host_name=words["host"],
                    host_siret=invented_siret(SIRETS_FROM + 500 + number),
                    host_status=HostStatus.ASSOCIATION,
                    what=words["what"],
                    weekly_hours=self.chance.choice([2, 3, 4, None]),
                    insured=self.chance.choice([Insured.YES, Insured.YES, Insured.ASKED]),
                    from_on=max(journey.entry_on, days(self.today, -50)),
                    recorded_by=self.chance.choice(self.referents),
                )
            )
        Volunteering.objects.bulk_create(rows)

    def _briefings(self, people: list[Journey]) -> None:
        there = {"place__territory": self.ground.territory, "needs_briefing": True}
        machines = list(Equipment.objects.kept().filter(**there))
        givers = [one for one in self.referents if one]
        if not machines or not givers:
            return
        SafetyBriefing.objects.bulk_create(
            SafetyBriefing(
                **self.of,
                participant_id=journey.participant_id,
                equipment=self.chance.choice(machines),
                on=self.chance.ago(self.today, 3, 420),
                by=self.chance.choice(givers),
            )
            for journey in people
        )
