"""Fills an empty platform with invented people, chunk by chunk, in one transaction."""

import datetime
import time
from collections.abc import Callable

from auditlog.context import disable_auditlog
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.achievements.loading import load_starters
from journeys.demo.accounts import write_accounts
from journeys.demo.activities import write_activities
from journeys.demo.agreements import Agreements
from journeys.demo.aids import write_aids
from journeys.demo.appointments import write_appointments
from journeys.demo.around import Around
from journeys.demo.badges import write_badges
from journeys.demo.chance import Chance, days, working
from journeys.demo.collective import write_collective
from journeys.demo.doubles import write_doubles
from journeys.demo.entering import write_entering
from journeys.demo.experiences import write_experiences
from journeys.demo.frames import write_frames
from journeys.demo.ground import SHARES, Colleague, Ground, grounds
from journeys.demo.lives import ExitKinds, Fate, Life, Story
from journeys.demo.messages import write_messages
from journeys.demo.network import furnish
from journeys.demo.papers import shared_papers, write_papers
from journeys.demo.paths import Path
from journeys.demo.portraits import write_portrait
from journeys.demo.programme import write_programme
from journeys.demo.registers import write_registers
from journeys.demo.rights import write_rights
from journeys.demo.rows import Rows
from journeys.demo.signing import write_signing, write_wordings
from journeys.demo.staff import FIRST_ACCOUNT, MANAGER, Hiring
from journeys.demo.suggestions import write_suggestions
from journeys.demo.supports import write_supports
from journeys.demo.talents import talent, write_person
from journeys.demo.teams import DISBANDS_AFTER, write_team
from journeys.demo.traces import collect, write_journal
from journeys.participants.codes import new_codes
from rtr import scope
from rtr.lib.french import figures
from territories.accounts.models import User
from territories.organisations.loading import load_all

SEED = "talents cachés"
CHUNK = 2000  # people in memory at once
# The first referent of Caen la Mer follows about twenty-five people, of every kind.
FIRST_REFERENT = {
    Story.BUTINAGE: 4,
    Story.PREPARED: 2,
    Story.NEW: 2,
    Story.ACTIVE: 9,
    Story.PAUSED: 2,
    Story.EXTENDED: 1,
    Story.OVERDUE: 1,
    Story.BACK: 1,
    Story.LEFT: 4,
}
WITHOUT_REFERENT = {Story.BUTINAGE: 0.1, Story.NEW: 0.12}


def fill(*, participants: int = 2000, report: Callable[[str], None] = print) -> None:
    """Load the two programmes and invent people around today; nothing if it was done before.

    Parameters: `participants`, how many people; `report`, told each step in French. The same
    number on the same day gives the same people, save for the ids. All or nothing.
    """
    with scope.everything("données de démonstration"), disable_auditlog(), transaction.atomic():
        if User.objects.filter(email=FIRST_ACCOUNT).exists():
            report(_("Les données de démonstration sont déjà là."))
            return
        load_all()
        load_starters()
        write_wordings()
        _Filling(participants, timezone.localdate(), report).run()


class _Filling:
    def __init__(self, participants: int, today: datetime.date, report: Callable[[str], None]):
        self.participants, self.today, self.report = participants, today, report
        self.yesterday = working(days(today, -1))
        self.rows = Rows()
        self.grounds = grounds()
        self.turns = [ground for ground in self.grounds for _ in range(ground.share)]

    def run(self) -> None:
        started, done, written, measured = time.monotonic(), 0, 0, 0
        chance = Chance(SEED)
        hiring = Hiring(self.grounds, chance, self.today)
        hiring.named()
        write_programme(self.grounds, User.objects.get(email=MANAGER))
        furnish(self.grounds, Chance(f"{SEED} lieux"))
        exits = ExitKinds(chance)
        while done < self.participants:
            chance = Chance(f"{SEED} {done}")
            count = min(CHUNK, self.participants - done)
            self._hire(hiring, first=done == 0)
            self._people(count, exits, chance, first=done == 0)
            written += self.rows.write()
            done += count
            if done >= 2 * measured:
                measured = done
                self._measure()
            self.report(
                _("%(done)s personnes sur %(all)s, %(rows)s lignes, %(seconds)s s")
                % {
                    "done": figures(done),
                    "all": figures(self.participants),
                    "rows": figures(written),
                    "seconds": figures(time.monotonic() - started),
                }
            )
        write_signing(Chance(f"{SEED} signatures"))
        write_messages(Chance(f"{SEED} messages"), self.today)
        write_activities(self.grounds, Chance(f"{SEED} activités"), self.today)
        self._measure()  # what follows reads them
        write_registers(self.grounds, Chance(f"{SEED} registres"), self.today)
        write_frames(self.grounds, Chance(f"{SEED} cadres"), self.today)
        write_suggestions(self.grounds, Chance(f"{SEED} idées"), self.today)
        write_collective(self.grounds, Chance(f"{SEED} groupes"), self.today)
        write_appointments(self.grounds, Chance(f"{SEED} rendez-vous"), self.today)
        write_aids(self.grounds, Chance(f"{SEED} aides"), self.today)
        write_entering(Chance(f"{SEED} entrées"), self.today)
        write_rights(self.grounds, Chance(f"{SEED} droits"), self.today)
        write_doubles(self.grounds, Chance(f"{SEED} doublons"), self.today)
        write_experiences(self.grounds, Chance(f"{SEED} expériences"), self.today)
        write_badges(self.grounds, Chance(f"{SEED} badges"), self.today)
        write_supports(self.grounds, Chance(f"{SEED} soutiens"), self.today)
        if measured < done:
            self._measure()

    def _hire(self, hiring: Hiring, *, first: bool) -> None:
        """New colleagues for each chunk, so that nobody follows thousands of people."""
        if not first:
            for ground in self.grounds:
                ground.team.referents.clear()
                ground.team.activity_referents.clear()
                ground.team.animators.clear()
        hiring.colleagues()
        if first:
            write_accounts(self.grounds, Chance(f"{SEED} comptes"), self.today)

    def _people(self, count: int, exits: ExitKinds, chance: Chance, *, first: bool) -> None:
        turns = [self.turns[turn % len(self.turns)] for turn in range(count)]
        codes = new_codes(count, chance=chance)
        for ground in self.grounds:
            people = turns.count(ground)
            codes, given = codes[people:], codes[:people]
            _Settlement(ground, self, exits, chance, first=first).settle(given)

    def _measure(self) -> None:
        """Fresh statistics whenever the tables doubled: look-ups go on using indexes."""
        with connection.cursor() as cursor:
            cursor.execute("analyze")


class _Settlement:
    """The people of one territory, in one chunk."""

    def __init__(self, ground: Ground, filling, exits, chance: Chance, *, first: bool):
        self.ground, self.rows, self.chance = ground, filling.rows, chance
        self.today, self.yesterday = filling.today, filling.yesterday
        self.fate = Fate(ground, exits, chance, self.today)
        self.agreements = Agreements(ground, self.rows, chance)
        self.papers = shared_papers(ground)
        self.around = Around(ground, self.rows, chance, self.today)
        if first:  # one count for all chunks
            self.around.write_purged(filling.participants * ground.share // sum(SHARES.values()))
        named = first and ground.territory.slug == "caen-la-mer"
        self.reserved = dict(FIRST_REFERENT) if named else {}
        self.referents = ground.team.referents[1:] if named else ground.team.referents

    def settle(self, codes: list[str]) -> None:
        for code in codes:
            self._write(code)
        self.around.write_referrals(len(codes))
        self.around.write_presences(len(codes))

    def _write(self, code: str) -> None:
        rows, chance = self.rows, self.chance
        life = self.fate.life()
        person = talent(self.ground, life, code, rows, chance, self._referent(life))
        Path(person, rows, chance, self.yesterday).write()
        self.agreements.write(person)
        write_team(person, rows, chance, self.today)
        write_portrait(person, rows, chance, self.today)
        write_papers(person, self.papers, rows, chance, self.yesterday)
        self.around.write_accepted(person)
        collect(person)
        write_person(person, rows, chance, self.today)
        write_journal(person, rows, chance, self.today)

    def _referent(self, life: Life) -> Colleague | None:
        old = life.exit is not None and life.exit.from_on < days(self.today, -DISBANDS_AFTER)
        if self.reserved.get(life.story) and not old:
            self.reserved[life.story] -= 1
            return self.ground.team.referents[0]
        if self.chance.happens(WITHOUT_REFERENT.get(life.story, 0.015)):
            return None
        return self.chance.choice(self.referents)
