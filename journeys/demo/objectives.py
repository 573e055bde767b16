"""Key objectives: worded in the first person, most aiming at a badge (rule 5)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from badges.achievements.models import Achievement
from journeys.contracts.enums import Agreed
from journeys.demo.chance import Chance, days, working
from journeys.demo.ground import WORDS, Ground
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from journeys.models import Objective
from territories.journal.enums import Act

PHRASES = WORDS["phrases"]
PLAIN = 0.12  # the share that aims at no badge yet


@dataclass
class Aim:
    """An objective, lighter than its model; the text of the contract reads the same names."""

    rank: int
    wording: str
    achievement: Achievement | None
    agreed_on: datetime.date | None = None
    closed_on: datetime.date | None = None

    def goes_on(self, day: datetime.date) -> bool:
        agreed = self.agreed_on is not None and self.agreed_on <= day
        return agreed and (self.closed_on is None or self.closed_on > day)

    @property
    def achievement_id(self) -> int | None:
        return self.achievement.pk if self.achievement else None


class Objectives:
    def __init__(self, ground: Ground, rows: Rows, chance: Chance):
        self.programme, self.achievements = ground.programme, ground.achievements
        self.rows, self.chance = rows, chance

    def draw(self) -> tuple[list[Aim], list[Aim], Aim]:
        """What somebody will aim at: one to three at the signature, the rest later, a last one."""
        aimed = self.chance.sample(self.achievements, self.programme.objectives_in_all)
        plain = self.chance.sample(PHRASES["plain_objective"], len(PHRASES["plain_objective"]))
        aims = []
        for rank, achievement in enumerate(aimed, start=1):
            if plain and self.chance.happens(PLAIN):
                aims.append(Aim(rank, plain.pop(), None))
            else:
                aims.append(Aim(rank, WORDS["objectives"][achievement.code], achievement))
        first = self.chance.randint(1, self.programme.objectives_at_signature)
        return aims[:first], aims[first:-1], aims[-1]

    def add_later(self, person: Talent, aims: Iterable[Aim], on: datetime.date) -> None:
        """One more every month or two while the journey lasts, each a dated agreement of both."""
        for aim in aims:
            on = working(days(on, self.chance.randint(20, 75)))
            if on >= person.life.ends_on:
                return
            self.add(person, [aim], None, on)
            person.acts.append((on, Act.OBJECTIVE_ADDED))

    def add(
        self, person: Talent, aims: list[Aim], contract_id: int | None, on: datetime.date
    ) -> None:
        for aim in aims:
            aim.agreed_on = on
            self.rows.add(
                Objective,
                **person.of,
                contract_id=contract_id,
                rank=aim.rank,
                wording=aim.wording,
                achievement_id=aim.achievement_id,
                agreed_on=on,
                agreed_by_id=person.helper.user.pk,
                **({} if contract_id else _together(person, on)),
                **self._decision(person, aim),
            )

    def _decision(self, person: Talent, aim: Aim) -> dict:
        """Reached with its reason for most of those that had time; a few set aside."""
        on = self.chance.day(days(aim.agreed_on, 14), days(aim.agreed_on, 160))
        if person.life.entry_on is None or on >= person.life.ends_on:
            return {}
        draw = self.chance.random()
        if draw > 0.74:
            return {}
        kind = "reached" if draw < 0.68 else "set_aside"
        aim.closed_on = on
        person.acts.append((on, Act.OBJECTIVE_DECIDED))
        return {
            f"{kind}_on": on,
            "decision_reason": self.chance.choice(PHRASES[f"{kind}_reason"]),
            "decided_by_id": person.helper.user.pk,
        }


def _together(person: Talent, on: datetime.date) -> dict:
    """Added after the signature: agreed by both that day, and who was there."""
    return {
        "team_agreed_on": on,
        "person_agreed_on": on,
        "person_agreed_how": Agreed.TOGETHER,
        "present": f"{person.nickname}, {person.helper.user.first_name}",
    }
