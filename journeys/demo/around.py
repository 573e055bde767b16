"""Around the journeys: who was sent to us, where we stood, who was erased since."""

import datetime

from journeys.demo.chance import Chance, Weights, days, working
from journeys.demo.ground import NAMES, WORDS, Ground
from journeys.demo.outside import arrival, reminder
from journeys.demo.rows import Rows
from journeys.demo.talents import CHANNELS, Talent
from journeys.models import Outreach, PurgedCount, Referral
from journeys.participants.enums import DeclineReason, ReferralAnswer
from journeys.participants.lists import PRESCRIBERS

PRESCRIBING = Weights(
    {code: weight for code, weight in CHANNELS.table.items() if code in PRESCRIBERS}
)
PLACES = WORDS["outreach"]
DECLINES = Weights(
    {
        DeclineReason.ELSEWHERE: 15,
        DeclineReason.MINOR: 6,
        DeclineReason.ALREADY: 8,
        DeclineReason.OTHER_SUPPORT: 18,
        DeclineReason.REFUSED: 28,
        DeclineReason.UNREACHABLE: 20,
        DeclineReason.FULL: 5,
    }
)


class Around:
    def __init__(self, ground: Ground, rows: Rows, chance: Chance, today: datetime.date):
        self.ground, self.rows, self.chance, self.today = ground, rows, chance, today

    # -- Referrals (rule 2) ----------------------------------------------------------------------

    def write_accepted(self, person: Talent) -> None:
        """How somebody whom a service sent arrived."""
        if not person.is_prescribed or not self.chance.happens(0.8):
            return
        answered_on = person.life.first_contact_on
        received_on = working(days(answered_on, -self.chance.randint(1, 24)))
        self._referral(
            person.channel,
            received_on,
            answer=ReferralAnswer.ACCEPTED,
            answered_on=answered_on,
            answered_by_id=person.coordinator.user.pk,
            participant_id=person.participant_id,
        )

    def write_referrals(self, people: int) -> None:
        """Those still open, some near their 30 days; those declined, or left without answer."""
        channel = self.chance.weighted
        for _open in range(max(2, round(people * 0.02))):
            received_on = max(self.chance.ago(self.today, 1, 29), days(self.today, -29))
            self._referral(channel(PRESCRIBING), received_on)
        for _declined in range(round(people * 0.03)):
            received_on = self.chance.ago(self.today, 20, 700)
            answered_on = working(days(received_on, self.chance.randint(2, 17)))
            self._referral(
                channel(PRESCRIBING),
                received_on,
                answer=ReferralAnswer.DECLINED,
                decline_reason=self.chance.weighted(DECLINES),
                answered_on=max(received_on, answered_on),
                answered_by_id=self.chance.choice(self.ground.team.coordinators).user.pk,
            )
        for _expired in range(round(people * 0.008)):
            received_on = self.chance.ago(self.today, 45, 500)
            expired = {"answer": ReferralAnswer.EXPIRED, "answered_on": days(received_on, 31)}
            self._referral(channel(PRESCRIBING), received_on, **expired)

    def _referral(self, channel: str, received_on: datetime.date, **answer) -> None:
        """The person's data go thirty days after the answer."""
        erased_on = None
        if answer:
            erased_on = days(answer["answered_on"], self.ground.programme.referral_erase_days)
            erased_on = erased_on if erased_on <= self.today else None
        first_name = self.chance.choice(NAMES[self.chance.choice(["femme", "homme"])])
        tail = f"{self.chance.randint(0, 9999):04d}"
        sender = {
            "prescriber": self.chance.choice(WORDS["prescribers"][channel]),
            "prescriber_email": f"prescripteur{self.chance.randint(1, 60)}@demo.example",
        }
        sender |= arrival(self.ground, self.chance, channel)
        if erased_on:
            sender["prescriber_email"] = ""
        until = answer.get("answered_on", self.today)
        self.rows.add(
            Referral,
            **self.ground.of,
            **sender,
            channel=channel,
            reminded_on=reminder(received_on, until),
            received_on=received_on,
            agreed_on=working(days(received_on, -self.chance.randint(0, 5))),
            first_name="" if erased_on else first_name,
            contact="" if erased_on else f"06 39 98 {tail[:2]} {tail[2:]}",
            erased_on=erased_on,
            **answer,
        )

    # -- Presences, and files gone ---------------------------------------------------------------

    def write_presences(self, people: int) -> None:
        """About two a month for each animator, for eighteen months; a tally and no file."""
        colleagues = self.ground.team.animators + self.ground.team.referents[:1]
        for colleague in colleagues:
            for _presence in range(max(4, min(36, people // 8))):
                channel = self.chance.choice(sorted(PLACES))
                on = self.chance.ago(self.today, 1, 540)
                place = None
                if self.ground.places and self.chance.happens(0.2):
                    place = self.chance.choice(self.ground.places)
                self.rows.add(
                    Outreach,
                    **self.ground.of,
                    organisation_id=colleague.organisation.pk,
                    channel=channel,
                    place_id=place.pk if place else None,
                    where=place.name if place else self.chance.choice(PLACES[channel]),
                    on=on,
                    people_met=self.chance.randint(2, 38),
                    recorded_by_id=colleague.user.pk,
                    recorded_at=self.chance.hour(on),
                )

    def write_purged(self, people: int) -> None:
        """Butinages without contract, erased long ago: a number by month and channel (rule 3)."""
        first = self.today.replace(day=1)
        for _month in range(4, 24):
            first = days(first, -1).replace(day=1)
            if (self.today - first).days < 190:
                continue
            for channel in {self.chance.weighted(CHANNELS): None for _ in range(3)}:
                count = self.chance.randint(1, max(2, people // 150))
                self.rows.add(
                    PurgedCount, **self.ground.of, month=first, channel=channel, people=count
                )
