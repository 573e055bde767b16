"""Invented people: who they are, the row of each, the row of their journey."""

import datetime
import uuid
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta

from journeys.demo.chance import Chance, Weights, days
from journeys.demo.ground import FICTION, NAMES, WORDS, Colleague, Ground
from journeys.demo.lives import SIGNED, Life, Story
from journeys.demo.rows import Rows
from journeys.demo.staff import UNUSABLE
from journeys.models import Journey, Participant, PeriodEntry
from journeys.participants.lists import PRESCRIBERS
from territories.accounts.models import User

CHANNELS = Weights(
    {
        "presence": 12,
        "mobile": 5,
        "evenement": 7,
        "reseaux_sociaux": 4,
        "bouche_a_oreille": 13,
        "ancien_participant": 4,
        "spontane": 6,
        "membre_consortium": 6,
        "structure_quartier": 9,
        "tiers_lieu": 3,
        "france_travail": 9,
        "mission_locale": 9,
        "cap_emploi": 1,
        "departement": 4,
        "ccas": 2,
        "caf_msa": 1,
        "adulte_relais": 2,
        "caritatif": 2,
        "hebergement": 1,
        "entreprise": 0.5,
        "autre": 0.5,
    }
)
AGES = Weights({"18-21": 18, "22-25": 17, "26-34": 22, "35-49": 28, "50-58": 13, "59-63": 2})
GENDERS = Weights({"femme": 49, "homme": 49, "autre": 2})
SECOND_PERIOD = 0.2  # one hundred of five hundred go on to the entrepreneurial period


@dataclass
class Talent:
    ground: Ground
    life: Life
    code: str
    participant_id: int
    journey_id: int
    gender: str
    nickname: str
    channel: str
    coordinator: Colleague
    referent: Colleague | None
    first_name: str = ""
    last_name: str = ""
    birth_date: datetime.date | None = None
    guardian: str = ""
    user_id: int | None = None
    acts: list[tuple] = field(default_factory=list)  # what the journal tells, see traces.py

    @property
    def of(self) -> dict[str, int]:
        """What every row of this journey carries."""
        return self.ground.of | {"journey_id": self.journey_id}

    @property
    def helper(self) -> Colleague:
        """Who meets the person most: the referent, or the coordinator where there is none."""
        return self.referent or self.coordinator

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_prescribed(self) -> bool:
        return self.channel in PRESCRIBERS


def talent(ground: Ground, life: Life, code: str, rows: Rows, chance: Chance, referent) -> Talent:
    """Somebody living this life; nothing is written yet."""
    drawn = Talent(
        ground=ground,
        life=life,
        code=code,
        participant_id=rows.next_id(Participant),
        journey_id=rows.next_id(Journey),
        gender=chance.weighted(GENDERS),
        nickname=chance.choice(NAMES["nickname"]),
        channel=chance.weighted(CHANNELS),
        coordinator=chance.choice(ground.team.coordinators),
        referent=referent,
    )
    if life.prepared_on:
        _identify(drawn, rows, chance)
    return drawn


def _identify(person: Talent, rows: Rows, chance: Chance) -> None:
    """An identity, from the day the contract is drafted (rule 1); of age that day (rule 4)."""
    youngest, oldest = chance.weighted(AGES).split("-")
    age = chance.randint(int(youngest), int(oldest))
    birthday = person.life.prepared_on - relativedelta(years=age)
    person.birth_date = days(birthday, -chance.randint(0, 364))
    person.first_name = chance.choice(NAMES[person.gender])
    person.last_name = chance.choice(NAMES["family"])
    if chance.happens(0.02):
        person.guardian = chance.choice(WORDS["phrases"]["guardian"])
    if person.life.story in SIGNED and chance.happens(0.55):
        person.user_id = rows.next_id(User)


def write_person(person: Talent, rows: Rows, chance: Chance, today: datetime.date) -> None:
    life, ground = person.life, person.ground
    if person.user_id:
        rows.add(
            User,
            id=person.user_id,
            uuid=uuid.UUID(int=chance.getrandbits(128), version=4),
            password=UNUSABLE,  # participants come in by a link
            territory_id=ground.territory.pk,
            created_at=chance.hour(life.prepared_on),
        )
    rows.add(
        Participant,
        **ground.of,
        id=person.participant_id,
        programme_id=ground.programme.pk,
        organisation_id=person.helper.organisation.pk,
        code=person.code,
        nickname=person.nickname,
        channel=person.channel,
        welcomed_on=life.first_contact_on,
        welcomed_by_id=person.helper.user.pk,
        identified_on=life.prepared_on,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        guardian=person.guardian,
        user_id=person.user_id,
        **_reachable(person, chance, today),
    )
    rows.add(
        Journey,
        **ground.of,
        id=person.journey_id,
        participant_id=person.participant_id,
        first_contact_on=life.first_contact_on,
        entry_on=life.entry_on,
        limit_on=life.limit_on,
        version=len(person.acts),
    )
    _write_periods(person, rows, chance)


def _reachable(person: Talent, chance: Chance, today: datetime.date) -> dict:
    """A phone once identified; before, the one contact a person leaves to be called back."""
    ground, life = person.ground, person.life
    reachable = {"phone": "", "contact": "", "call_back_asked_on": None}
    if person.first_name and chance.happens(0.9):
        reachable["phone"] = f"{FICTION[ground.territory.slug]}{chance.randint(0, 9999):04d}"
    leaves = {Story.BUTINAGE: 0.35, Story.PREPARED: 0.5}.get(life.story, 0.25)
    if chance.happens(leaves):
        reachable["contact"] = _contact(chance)
        waits = {Story.BUTINAGE: 0.7, Story.ACTIVE: 0.2, Story.NEW: 0.4}.get(life.story, 0)
        if chance.happens(waits) and (today - life.last_contact_on).days <= 9:
            reachable["call_back_asked_on"] = life.last_contact_on
    return reachable


def _contact(chance: Chance) -> str:
    if chance.happens(0.2):
        return f"talent{chance.randint(100, 9999)}@demo.example"
    tail = f"{chance.randint(0, 9999):04d}"
    return f"06 39 98 {tail[:2]} {tail[2:]}"


def _write_periods(person: Talent, rows: Rows, chance: Chance) -> None:
    """The first period from the first contact; for one in five, the second one later (rule 9)."""
    life, periods = person.life, person.ground.periods
    rows.add(PeriodEntry, **person.of, period_id=periods[0].pk, on=life.first_contact_on)
    if len(periods) > 1 and life.entry_on and chance.happens(SECOND_PERIOD):
        second_on = chance.day(days(life.entry_on, 60), days(life.entry_on, 200))
        if second_on <= life.ends_on:
            rows.add(PeriodEntry, **person.of, period_id=periods[1].pk, on=second_on)
