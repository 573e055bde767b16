"""Aids of the last months: most are small, most are granted; a few wait for an answer."""

import datetime
from decimal import Decimal

from journeys.aids.enums import AidKind, AidStatus, Payer, RefusalReason
from journeys.aids.models import AidRequest
from journeys.demo.chance import Chance, Weights, days
from journeys.demo.ground import Ground
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import TeamMember

MOST = 60  # people of a territory
PAST = 150  # days
RECENT = 10  # days within which some wait
KINDS = Weights(
    {
        AidKind.TRANSPORT: 46,
        AidKind.MEAL: 22,
        AidKind.CHILDCARE: 9,
        AidKind.REMUNERATION: 8,
        AidKind.EQUIPMENT: 12,
        AidKind.OTHER: 3,
    }
)
# What it is for, and between how many euros.
FOR = {
    AidKind.TRANSPORT: (["Venir à l’atelier", "Aller à un entretien", "Carte de bus"], 4, 40),
    AidKind.MEAL: (["Journée complète au Dôme", "Atelier cuisine"], 6, 15),
    AidKind.CHILDCARE: (["Pendant l’immersion", "Pendant l’atelier du mercredi"], 20, 120),
    AidKind.REMUNERATION: (["Formation de cet automne"], 300, 700),
    AidKind.EQUIPMENT: (["Chaussures de sécurité", "Tenue d’entretien", "Un téléphone"], 25, 120),
    AidKind.OTHER: (["Photo d’identité", "Un timbre fiscal"], 5, 55),
}
PAYERS = {AidKind.REMUNERATION: [Payer.REGION, Payer.FRANCE_TRAVAIL]}
USUAL = [Payer.HOUSE, Payer.HOUSE, Payer.FRANCE_TRAVAIL, Payer.DEPARTMENT, Payer.CAF]
ENDS = Weights(
    {AidStatus.GIVEN: 70, AidStatus.GRANTED: 12, AidStatus.REFUSED: 12, AidStatus.CANCELLED: 6}
)


def write_aids(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        AidRequest.objects.bulk_create(_of(ground, chance, today))


def _of(ground: Ground, chance: Chance, today: datetime.date):
    rows = TeamMember.objects.standing().filter(
        territory=ground.territory, role=TeamRole.REFERENT, journey__entry_on__isnull=False
    )
    leader = ground.team.coordinators[0].user.pk if ground.team.coordinators else None
    for member in rows.select_related("journey").order_by("journey", "pk")[:MOST]:
        for _turn in range(chance.randint(0, 3)):
            first = max(member.journey.first_contact_on, days(today, -PAST))
            yield _row(member, leader or member.user_id, chance.day(first, today), chance, today)


def _row(member: TeamMember, leader: int, on, chance: Chance, today) -> AidRequest:
    kind = AidKind(chance.weighted(KINDS))
    purposes, least, most = FOR[kind]
    row = AidRequest(
        territory_id=member.territory_id,
        journey=member.journey,
        kind=kind,
        purpose=chance.choice(purposes),
        amount_asked=Decimal(chance.randint(least * 2, most * 2)) / 2,
        asked_on=on,
        asked_by_id=member.user_id,
    )
    if on > days(today, -RECENT) and chance.happens(0.6):
        return row
    row.status = chance.weighted(ENDS)
    if row.status == AidStatus.CANCELLED:
        return row
    row.payer = chance.choice(PAYERS.get(kind, USUAL))
    row.decided_on, row.decided_by_id = min(today, days(on, chance.randint(1, 8))), leader
    if row.status == AidStatus.REFUSED:
        row.refusal = chance.choice(RefusalReason.values)
        return row
    row.amount_granted = row.amount_asked
    if row.status == AidStatus.GIVEN:
        row.given_on = min(today, days(row.decided_on, chance.randint(0, 6)))
        row.given_by_id = leader
    return row
