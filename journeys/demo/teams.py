"""Who is around a person, since when, and what each may read (rules 19 and 20)."""

import datetime

from journeys.demo.chance import Chance, days
from journeys.demo.ground import WORDS, Colleague
from journeys.demo.lives import SIGNED
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from journeys.models import Share, TeamMember
from journeys.pathway.enums import Category, TeamRole
from territories.journal.enums import Act

PHRASES = WORDS["phrases"]
# How often the person agrees, category by category.
AGREES = {
    Category.SITUATION: 0.7,
    Category.RESOURCES: 0.5,
    Category.DISABILITY: 0.2,
    Category.NOTES: 0.55,
}
DISBANDS_AFTER = 210  # days after an exit, once the last news were taken


def write_team(person: Talent, rows: Rows, chance: Chance, today: datetime.date) -> None:
    life = person.life
    until_on = None
    if life.exit and (today - life.exit.from_on).days > DISBANDS_AFTER:
        until_on = days(life.exit.from_on, DISBANDS_AFTER)
    team = _Members(person, rows, chance, until_on)
    team.add(
        person.coordinator, TeamRole.COORDINATOR, life.first_contact_on, "coordonne le parcours"
    )
    if person.referent:
        team.add_referents(person.referent)
    for colleague in _activity_referents(person, chance):
        since_on = chance.day(days(life.first_contact_on, 5), life.ends_on)
        reason = chance.choice(PHRASES["activity_reason"])
        team.add(colleague, TeamRole.ACTIVITY_REFERENT, since_on, reason)


def _activity_referents(person: Talent, chance: Chance) -> list[Colleague]:
    colleagues = person.ground.team.activity_referents
    if person.life.story not in SIGNED:
        return chance.some(colleagues, 1) if chance.happens(0.25) else []
    return chance.some(colleagues, 2) if chance.happens(0.75) else []


class _Members:
    def __init__(self, person: Talent, rows: Rows, chance: Chance, until_on):
        self.person, self.rows, self.chance, self.until_on = person, rows, chance, until_on

    def add_referents(self, referent: Colleague) -> None:
        """The referent of today; for a few, another one before."""
        life = self.person.life
        since_on = life.first_contact_on
        others = [each for each in self.person.ground.team.referents if each != referent]
        if life.entry_on and others and self.chance.happens(0.06):
            changed_on = self.chance.day(days(life.first_contact_on, 20), life.ends_on)
            if changed_on > since_on:
                former = self.chance.choice(others)
                self.add(former, TeamRole.REFERENT, since_on, "a accueilli la personne", changed_on)
                self.person.acts.append((changed_on, Act.TEAM_CHANGED))
                since_on = changed_on
        self.add(
            referent, TeamRole.REFERENT, since_on, self.chance.choice(PHRASES["referent_reason"])
        )

    def add(self, colleague, role, from_on, reason, until_on=None) -> None:
        pk = self.rows.next_id(TeamMember)
        until_on = until_on or self.until_on
        self.rows.add(
            TeamMember,
            **self.person.of,
            id=pk,
            user_id=colleague.user.pk,
            organisation_id=colleague.organisation.pk,
            role=role,
            reason=reason,
            from_on=from_on,
            until_on=until_on,
            suspended_on=self._suspended_on(role, from_on, until_on),
        )
        if role == TeamRole.REFERENT and self.person.life.entry_on:
            self._share(pk, max(from_on, self.person.life.entry_on))

    def _suspended_on(self, role, from_on, until_on) -> datetime.date | None:
        """The person objected to this member: rare, and heard at once."""
        if until_on or role == TeamRole.COORDINATOR or not self.chance.happens(0.008):
            return None
        on = self.chance.day(days(from_on, 3), self.person.life.ends_on)
        if on < from_on:
            return None
        self.person.acts.append((on, Act.OBJECTED))
        return on

    def _share(self, member_id: int, agreed_on: datetime.date) -> None:
        for category, share in AGREES.items():
            if self.chance.happens(share):
                ended_on = None
                if self.chance.happens(0.04):
                    ended_on = self.chance.day(agreed_on, max(agreed_on, self.person.life.ends_on))
                self.rows.add(
                    Share,
                    **self.person.of,
                    member_id=member_id,
                    category=category,
                    agreed_on=agreed_on,
                    ended_on=ended_on,
                )
