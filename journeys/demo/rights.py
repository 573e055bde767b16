"""What people asked on their own file: few ask, most were answered, two or three wait."""

import datetime

from dateutil.relativedelta import relativedelta

from journeys.demo.chance import Chance, days
from journeys.demo.ground import Ground
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import TeamMember
from journeys.rights.enums import Asked, What
from journeys.rights.models import DataRequest

ASKED = 9  # people of a territory
WAIT = 3
CORRECTIONS = [
    (What.HOURS, "Je suis venu aussi le mercredi matin."),
    (What.NAME, "Mon prénom s’écrit avec un accent."),
    (What.PHONE, "J’ai changé de numéro le mois dernier."),
    (What.PATH, "J’ai commencé en mars, pas en avril."),
]
ANSWERS = [
    (True, ""),
    (True, "C’est corrigé, merci."),
    (False, "La feuille du jour dit autrement."),
]


def write_rights(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        DataRequest.objects.bulk_create(_of(ground, chance, today))


def _of(ground: Ground, chance: Chance, today: datetime.date):
    rows = TeamMember.objects.standing().filter(
        territory=ground.territory, role=TeamRole.REFERENT, journey__entry_on__lt=days(today, -60)
    )
    members = rows.order_by("journey", "pk").distinct("journey")[:ASKED]
    for number, member in enumerate(members):
        waits = number < WAIT
        asked_on = days(today, -chance.randint(1, 9) if waits else -chance.randint(20, 55))
        yield _row(member, asked_on, chance, waits=waits, erases=number == 0)


def _row(member: TeamMember, asked_on, chance: Chance, *, waits: bool, erases: bool):
    subject, text = chance.choice(CORRECTIONS)
    is_done, words = chance.choice(ANSWERS)
    answered = {
        "answered_on": days(asked_on, chance.randint(1, 15)),
        "answered_by_id": member.user_id,
        "is_done": is_done,
        "answer": words,
    }
    return DataRequest(
        territory_id=member.territory_id,
        journey_id=member.journey_id,
        kind=Asked.ERASE if erases else Asked.CORRECT,
        subject="" if erases else subject,
        text="" if erases else text,
        asked_on=asked_on,
        due_on=asked_on + relativedelta(months=1),
        **({} if waits else answered),
    )
