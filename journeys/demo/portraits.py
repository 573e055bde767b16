"""What people bring, what complicates life, the entry questions, other supports, notes."""

import datetime

from dateutil.relativedelta import relativedelta

from journeys.demo.chance import Chance, Weights, days, working
from journeys.demo.ground import WORDS
from journeys.demo.lives import Story
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from journeys.models import Barrier, EntrySituation, Note, OtherSupport, Strength
from journeys.participants.enums import SupportKind
from journeys.participants.lists import ASKED_PUBLICS, BARRIERS, NO_ANSWER
from journeys.pathway.enums import BarrierLevel, StrengthKind, YesNoNsp
from territories.journal.enums import Act

PHRASES, STRENGTHS = WORDS["phrases"], WORDS["strengths"]
ANSWERS = {
    "employment": Weights(
        {
            "inscrit_moins_12": 19,
            "inscrit_12_23": 16,
            "inscrit_24": 22,
            "non_inscrit_cherche": 20,
            "inactif": 13,
            "formation": 2,
            "emploi": 5,
            NO_ANSWER: 3,
        }
    ),
    "diploma": Weights(
        {
            "cite_0_2": 46,
            "cite_3_cap": 25,
            "cite_3_bac": 12,
            "cite_4": 2,
            "cite_5_8": 4,
            "etranger": 8,
            NO_ANSWER: 3,
        }
    ),
    "housing": Weights({"stable": 58, "heberge": 26, "structure": 9, "sans": 4, NO_ANSWER: 3}),
    "nationality": Weights({"francaise": 72, "ue": 5, "hors_ue": 20, NO_ANSWER: 3}),
    "digital_level": Weights({"exclu": 24, "intermediaire": 50, "initie": 24, NO_ANSWER: 2}),
    "resources": Weights(
        {
            "rsa": 42,
            "are": 11,
            "ass": 5,
            "aah": 5,
            "autre_minimum": 3,
            "salaire": 5,
            "aucune": 21,
            "autre": 4,
            NO_ANSWER: 4,
        }
    ),
    "disability": Weights({YesNoNsp.NO: 80, YesNoNsp.YES: 12, YesNoNsp.NSP: 8}),
}
PUBLICS = {
    "radie": 0.09,
    "sans_contact_5_mois": 0.34,
    "boeth": 0.02,
    "illettrisme": 0.09,
    "fle": 0.12,
    "protection_internationale": 0.05,
    "protection_temporaire": 0.02,
    "parent_isole": 0.15,
    "sans_garde": 0.09,
    "ase": 0.05,
}
BARRIER_WEIGHTS = Weights(
    {
        "mobilite": 22,
        "garde_enfants": 10,
        "famille": 7,
        "sante": 12,
        "francais": 9,
        "ecrit_calcul": 8,
        "logement": 13,
        "finances": 15,
        "administratif": 14,
        "numerique": 11,
        "disponibilite": 4,
        "isolement": 10,
        "confiance": 19,
        "qualification": 17,
    }
)
LEVELS = Weights({BarrierLevel.LITTLE: 35, BarrierLevel.QUITE: 40, BarrierLevel.MUCH: 25})
SUPPORTS = Weights(
    {
        SupportKind.FRANCE_TRAVAIL: 38,
        SupportKind.MISSION_LOCALE: 20,
        SupportKind.CAP_EMPLOI: 4,
        SupportKind.DEPARTEMENT: 18,
        SupportKind.CCAS: 7,
        SupportKind.HOUSING: 6,
        SupportKind.PROTECTION: 2,
        SupportKind.ASSOCIATION: 9,
        SupportKind.OTHER: 2,
    }
)


def write_portrait(person: Talent, rows: Rows, chance: Chance, today: datetime.date) -> None:
    """Nothing of it before a contract is drafted; most of it once it is signed (rule 1)."""
    if person.life.entry_on is None:
        return
    _write_strengths(person, rows, chance)
    _write_barriers(person, rows, chance)
    _write_situation(person, rows, chance, working(days(today, -1)))
    _write_supports(person, rows, chance)
    _write_notes(person, rows, chance, today)


def _write_strengths(person: Talent, rows: Rows, chance: Chance) -> None:
    life = person.life
    for kind in StrengthKind:
        if not chance.happens(0.85):
            continue
        for text in chance.some(STRENGTHS[kind], 2):
            rows.add(
                Strength,
                **person.of,
                kind=kind,
                text=text,
                said_on=chance.day(life.entry_on, max(life.entry_on, life.ends_on)),
                recorded_by_id=person.helper.user.pk,
            )


def _write_barriers(person: Talent, rows: Rows, chance: Chance) -> None:
    life = person.life
    themes = {chance.weighted(BARRIER_WEIGHTS): None for _ in range(chance.randint(0, 4))}
    for theme in themes:
        noted_on = chance.day(life.entry_on, min(life.ends_on, days(life.entry_on, 60)))
        ended_on = None
        if chance.happens(0.3):
            ended_on = chance.day(days(noted_on, 20), days(noted_on, 250))
            ended_on = ended_on if ended_on <= life.ends_on else None
        has_level = BARRIERS[theme].is_yes("has_level")
        rows.add(
            Barrier,
            **person.of,
            theme=theme,
            level=chance.weighted(LEVELS) if has_level else "",
            noted_on=noted_on,
            ended_on=ended_on,
        )


def _write_situation(person: Talent, rows: Rows, chance: Chance, yesterday) -> None:
    """Complete for most; still open for most of those who have just signed, a few forgotten."""
    life, ground = person.life, person.ground
    late = 0.12 if (yesterday - life.entry_on).days < 100 else 0
    open_still = chance.happens(0.6 if life.story == Story.NEW else late)
    answers = {question: chance.weighted(weights) for question, weights in ANSWERS.items()}
    answers["gender"] = person.gender if chance.happens(0.98) else NO_ANSWER
    publics = [code.code for code in ASKED_PUBLICS if chance.happens(PUBLICS.get(code.code, 0))]
    if answers["disability"] == YesNoNsp.YES and "boeth" not in publics:
        publics.append("boeth")
    neighbourhood = None
    if ground.neighbourhoods and chance.happens(0.72):
        neighbourhood = chance.choice(ground.neighbourhoods)
    completed_on = None
    if open_still:
        for question in chance.some(sorted(answers), 6):
            answers[question] = ""
    else:
        completed_on = min(
            max(yesterday, life.entry_on), days(life.entry_on, chance.randint(0, 28))
        )
        completed_on = max(life.entry_on, working(completed_on))
        person.acts.append((completed_on, Act.SITUATION_CHANGED))
    rows.add(
        EntrySituation,
        **person.of,
        **answers,
        publics=sorted(publics),
        neighbourhood_id=neighbourhood.pk if neighbourhood else None,
        qpv_edition=ground.qpv_edition(neighbourhood, life.entry_on),
        completed_on=completed_on,
    )


def _write_supports(person: Talent, rows: Rows, chance: Chance) -> None:
    if not chance.happens(0.7):
        return
    life = person.life
    kinds = {chance.weighted(SUPPORTS): None for _ in range(chance.randint(1, 2))}
    if person.guardian:
        kinds[SupportKind.PROTECTION] = None
    for kind in kinds:
        since_on = days(life.entry_on, -chance.randint(30, 900)).replace(day=1)
        until_on = None
        if chance.happens(0.12):
            until_on = chance.day(life.entry_on, life.ends_on)
        rows.add(
            OtherSupport,
            **person.ground.of,
            participant_id=person.participant_id,
            kind=kind,
            since_on=since_on if chance.happens(0.8) else None,
            until_on=until_on,
            rhythm=chance.choice(PHRASES["rhythm"]) if chance.happens(0.7) else "",
        )


def _write_notes(person: Talent, rows: Rows, chance: Chance, today: datetime.date) -> None:
    """Short and factual; gone six months after the end of the journey (rule 21)."""
    life = person.life
    months = person.ground.programme.notes_purge_months
    if life.exit and life.exit.from_on + relativedelta(months=months) <= today:
        return
    for _note in range(chance.randint(0, 3)):
        is_working = chance.happens(0.2)
        author = person.coordinator if chance.happens(0.2) else person.helper
        on = chance.day(life.entry_on, max(life.entry_on, life.ends_on))
        rows.add(
            Note,
            **person.of,
            author_id=author.user.pk,
            text=chance.choice(PHRASES["working_note" if is_working else "note"]),
            is_working=is_working,
            written_at=chance.hour(on),
        )
