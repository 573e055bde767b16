"""When things happen in somebody's journey: the dates alone, drawn so that each rule holds."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from journeys.demo.chance import Chance, Deck, Weights, days, working
from journeys.demo.ground import Ground
from journeys.pathway.enums import AbsenceKind, PauseReason
from journeys.pathway.lists import EXITS, POSITIVE_CLASSES
from territories.programmes.models import Programme


class Story(StrEnum):
    """Where somebody stands today."""

    BUTINAGE = "butinage"
    PREPARED = "prepared"  # a contract waits for its signatures
    NEW = "new"  # signed within the month
    ACTIVE = "active"
    PAUSED = "paused"
    EXTENDED = "extended"
    OVERDUE = "overdue"
    BACK = "back"  # left, then came back
    LEFT = "left"


# Of a hundred people.
STORIES = {
    Story.BUTINAGE: 15,
    Story.PREPARED: 3,
    Story.NEW: 5,
    Story.ACTIVE: 38,
    Story.PAUSED: 5,
    Story.EXTENDED: 2,
    Story.OVERDUE: 2,
    Story.BACK: 3,
    Story.LEFT: 27,
}
SIGNED = set(Story) - {Story.BUTINAGE, Story.PREPARED}
DURATION, NO_NEWS = "duree_max", "sans_nouvelles"
# Of a hundred exits; the first exits of all go once through every kind.
EXIT_KINDS = Weights(
    {
        "cdi": 9,
        "cdd_interim": 15,
        "fonction_publique": 1,
        "creation": 2,
        "contrat_aide": 4,
        "siae": 7,
        "esat_ea": 1,
        "alternance": 4,
        "formation_qualifiante": 11,
        "formation_prequalifiante": 7,
        "formation_initiale": 1,
        "e2c": 3,
        "droit_commun": 3,
        "service_civique": 2,
        "benevolat": 4,
        "engagement_citoyen": 2,
        "projet_collectif": 2,
        "recherche_emploi": 6,
        "choix_personne": 5,
        NO_NEWS: 7,
        DURATION: 3,
        "demenagement": 3,
        "transfert_territoire": 1,
        "retraite": 0.5,
        "empechement": 1,
        "deces": 0.3,
    }
)
COMES_BACK_AFTER = Weights(
    {"choix_personne": 4, NO_NEWS: 4, "cdd_interim": 5, "recherche_emploi": 2, "siae": 1}
)
PAUSE_REASONS = Weights(
    {
        PauseReason.CHOICE: 4,
        PauseReason.FAMILY: 5,
        PauseReason.CARE: 4,
        PauseReason.TRAVEL: 2,
        PauseReason.WORK: 4,
        PauseReason.OTHER: 1,
    }
)
# Days since the last contact: most were seen lately, some raise an alert at 30, 60 or 90 days.
SILENCES = {"1-12": 31, "13-28": 14, "31-50": 2, "61-80": 2, "91-120": 1}
EARLY_SILENCES = {"1-10": 30, "11-29": 13, "31-55": 4, "60-74": 2, "76-87": 1}


@dataclass
class Span:
    """A pause or an exit."""

    kind: AbsenceKind
    from_on: datetime.date
    until_on: datetime.date | None = None
    pause_reason: str = ""
    exit_kind: str = ""
    expected_return_on: datetime.date | None = None

    @property
    def is_exit(self) -> bool:
        return self.kind == AbsenceKind.EXIT

    @property
    def is_positive(self) -> bool:
        return self.is_exit and EXITS[self.exit_kind]["class"] in POSITIVE_CLASSES


@dataclass
class Life:
    story: Story
    first_contact_on: datetime.date
    last_contact_on: datetime.date
    prepared_on: datetime.date | None = None
    entry_on: datetime.date | None = None
    limit_on: datetime.date | None = None
    extended_until: datetime.date | None = None
    spans: list[Span] = field(default_factory=list)

    @property
    def exit(self) -> Span | None:
        """The exit still open today, if any."""
        return next((span for span in self.spans if span.is_exit and not span.until_on), None)

    @property
    def ends_on(self) -> datetime.date:
        """The last day on which something can happen in the journey."""
        last = self.spans[-1] if self.spans else None
        return last.from_on if last and not last.until_on else self.last_contact_on

    def away_on(self, day: datetime.date) -> bool:
        return any(s.from_on < day and (s.until_on is None or day < s.until_on) for s in self.spans)


class ExitKinds:
    """Kinds of exit: each of them once, then by their weights."""

    def __init__(self, chance: Chance):
        self._chance = chance
        self._first = chance.sample(EXIT_KINDS.values, len(EXIT_KINDS.values))

    def deal(self) -> str:
        return self._first.pop() if self._first else self._chance.weighted(EXIT_KINDS)


class Fate:
    """Draws lives for one territory."""

    def __init__(self, ground: Ground, exits: ExitKinds, chance: Chance, today: datetime.date):
        self.programme: Programme = ground.programme
        self.exits, self.chance = exits, chance
        # Nothing is dated later than yesterday, so that no hour of today lies ahead.
        self.today, self.yesterday = today, working(days(today, -1))
        self._stories = Deck(STORIES, chance)
        self._lengths = Deck({"usual": 5, "long": 1}, chance)
        self._returns = Deck({"late": 1, "soon": 2, "unsaid": 1}, chance)
        self._silences, self._early = Deck(SILENCES, chance), Deck(EARLY_SILENCES, chance)
        self._draws = {
            Story.BUTINAGE: self._butinage,
            Story.PREPARED: self._prepared,
            Story.NEW: self._new,
            Story.ACTIVE: self._going_on,
            Story.PAUSED: self._paused,
            Story.EXTENDED: self._extended,
            Story.OVERDUE: self._overdue,
            Story.BACK: self._back,
            Story.LEFT: self._left,
        }

    def life(self) -> Life:
        story = Story(self._stories.deal())
        return self._draws[story](story)

    # -- Before the contract (rules 1 and 3) -----------------------------------------------------

    def _butinage(self, story: Story) -> Life:
        """At most 180 days after the first contact, and seen within 90: else the file is gone."""
        seen_on = self._silent(self._early)
        since = (self.today - seen_on).days
        least, most = (93, 172) if self._lengths.deal() == "long" else (since, 88)
        met_on = self.chance.ago(self.today, max(since, least), max(since, most))
        return Life(story, min(met_on, seen_on), seen_on)

    def _prepared(self, story: Story) -> Life:
        """Signed within 30 days, or the identity goes."""
        prepared_on = max(self.chance.ago(self.today, 1, 29), days(self.today, -29))
        met_on = self._met_before(prepared_on, 120)
        return Life(story, met_on, self.chance.day(prepared_on, self.yesterday), prepared_on)

    def _met_before(self, day: datetime.date, most: int = 160) -> datetime.date:
        """The first contact: one to three months before, sometimes longer, never 180 days."""
        length = self.chance.randint(30, 88)
        if self.chance.happens(0.08):
            length = self.chance.randint(91, most)
        return working(days(day, -min(length, most)))

    # -- Under contract --------------------------------------------------------------------------

    def _signed(self, story: Story, around: datetime.date) -> Life:
        """A life whose contract is signed on the working day at or before `around`."""
        entry_on = working(around)
        prepared_on = working(days(entry_on, -self.chance.choice([0, 0, 0, 1, 3, 7, 14])))
        return Life(
            story,
            first_contact_on=self._met_before(prepared_on),
            last_contact_on=entry_on,
            prepared_on=prepared_on,
            entry_on=entry_on,
            limit_on=self._limit(entry_on),
        )

    def _limit(self, entry_on: datetime.date) -> datetime.date:
        return entry_on + relativedelta(months=self.programme.journey_months)

    def _longest(self) -> int:
        """Days since which one may have entered without having reached the limit."""
        return (
            self.today - (self.today - relativedelta(months=self.programme.journey_months))
        ).days

    def _new(self, story: Story) -> Life:
        life = self._signed(story, self.chance.ago(self.today, 1, 27))
        life.last_contact_on = self.chance.day(life.entry_on, self.yesterday)
        return life

    def _going_on(self, story: Story) -> Life:
        life = self._signed(story, self.chance.ago(self.today, 32, self._longest() - 4))
        life.last_contact_on = max(life.entry_on, self._silent(self._silences))
        if self.chance.happens(0.12):
            self._past_pause(life, days(life.last_contact_on, -7))
        return life

    def _paused(self, story: Story) -> Life:
        life = self._signed(story, self.chance.ago(self.today, 60, self._longest() - 4))
        from_on = max(self.chance.ago(self.today, 20, 110), days(life.entry_on, 7))
        pause = self._pause(from_on)
        pause.expected_return_on = self._expected_return()
        life.spans.append(pause)
        life.last_contact_on = from_on
        return life

    def _extended(self, story: Story) -> Life:
        past = self.chance.randint(5, 90)
        life = self._signed(story, days(self.today, -self._longest() - past))
        until_on = working(days(self.today, self.chance.randint(15, 150)))
        life.limit_on = life.extended_until = max(until_on, days(self.today, 10))
        life.last_contact_on = self._silent(self._silences)
        return life

    def _overdue(self, story: Story) -> Life:
        past = self.chance.randint(4, 120)
        life = self._signed(story, days(self.today, -self._longest() - past))
        life.last_contact_on = self._silent(self._silences)
        return life

    def _back(self, story: Story) -> Life:
        """Left, and came back to the same journey (rule 7); a few left again."""
        life = self._signed(story, self.chance.ago(self.today, 200, self._longest() - 4))
        left_on = self.chance.day(days(life.entry_on, 40), days(self.today, -90))
        kind = self.chance.weighted(COMES_BACK_AFTER)
        back_on = self.chance.day(days(left_on, 20), days(self.today, -25))
        life.spans.append(Span(AbsenceKind.EXIT, left_on, back_on, exit_kind=kind))
        life.last_contact_on = max(back_on, self._silent(self._silences))
        if self.chance.happens(0.2):
            again_on = self.chance.day(days(back_on, 15), self.yesterday)
            kind = self.chance.weighted(COMES_BACK_AFTER)
            life.spans.append(Span(AbsenceKind.EXIT, again_on, exit_kind=kind))
            life.last_contact_on = again_on
        return life

    def _left(self, story: Story) -> Life:
        kind = self.exits.deal()
        least, most = (61, 540)
        if self.chance.happens(0.25):
            least, most = (14 if kind == DURATION else 1), 60
        left_on = self.chance.ago(self.today, least, most)
        length = self.chance.randint(130 if kind == NO_NEWS else 45, self._longest() - 6)
        life = self._signed(story, days(left_on, -length))
        if kind == DURATION:
            life = self._signed(
                story, left_on - relativedelta(months=self.programme.journey_months)
            )
            left_on = life.limit_on
        life.last_contact_on = left_on
        if kind == NO_NEWS:
            life.last_contact_on = working(days(left_on, -self.chance.randint(60, 95)))
        elif self.chance.happens(0.12):
            self._past_pause(life, days(left_on, -7))
        life.spans.append(Span(AbsenceKind.EXIT, left_on, exit_kind=kind))
        return life

    # -- Pieces ----------------------------------------------------------------------------------

    def _silent(self, silences: Deck) -> datetime.date:
        """The day of the last contact, so many days before today."""
        least, most = silences.deal().split("-")
        drawn = self.today - datetime.timedelta(self.chance.randint(int(least), int(most)))
        return working(drawn)

    def _pause(self, from_on: datetime.date) -> Span:
        expected = None
        if self.chance.happens(0.75):
            expected = working(days(from_on, self.chance.randint(14, 120)))
        reason = self.chance.weighted(PAUSE_REASONS)
        return Span(AbsenceKind.PAUSE, from_on, pause_reason=reason, expected_return_on=expected)

    def _expected_return(self) -> datetime.date | None:
        """About now: late for some, soon for others, or not said."""
        when = self._returns.deal()
        if when == "late":
            return self.chance.ago(self.today, 1, 15)
        return working(days(self.today, self.chance.randint(2, 40))) if when == "soon" else None

    def _past_pause(self, life: Life, last: datetime.date) -> None:
        """A pause that began after the entry and was over by `last`."""
        from_on = self.chance.day(days(life.entry_on, 21), last)
        until_on = self.chance.day(days(from_on, 10), min(last, days(from_on, 70)))
        if days(life.entry_on, 21) <= from_on < until_on <= last:
            pause = self._pause(from_on)
            pause.until_on = until_on
            life.spans.append(pause)
