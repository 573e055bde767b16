"""A few people met twice, one file already merged, and two files that change territory."""

import datetime

from django.db.models import Q

from journeys.demo.chance import Chance, days
from journeys.demo.ground import Ground
from journeys.duplicates.actions.merging import merge
from journeys.models import Contact, Contract, Journey, Merge, Participant, PhaseChange, Transfer
from journeys.participants.codes import new_codes
from journeys.pathway.enums import ContactKind, Phase
from journeys.transfers.actions import propose
from journeys.transfers.enums import TransferReason
from territories.accounts.models import User

# How somebody else heard the same name.
HEARD = [("ou", "u"), ("ph", "f"), ("y", "i"), ("mm", "m"), ("ss", "s"), ("é", "e"), ("th", "t")]
PAIRS = 3  # a territory
MERGED_AGO, PROPOSED_AGO = 4, 3  # days


def write_doubles(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    for ground in grounds:
        _met_twice(ground)
    by_slug = {ground.territory.slug: ground for ground in grounds}
    caen, orne = by_slug["caen-la-mer"], by_slug["orne-odon"]
    _merged(caen, chance, today)
    _leaving(caen, orne, TransferReason.MOVED, today)
    paris, marseille = by_slug["paris-montreuil"], by_slug["aix-marseille"]
    _leaving(paris, marseille, TransferReason.JOB, today)


def _met_twice(ground: Ground) -> None:
    """Somebody under contract whose other file is being prepared, or left a contact only."""
    signed = _files(ground).contracted().filter(participant__guardian="")
    known = iter(signed.exclude(participant__phone="")[: 2 * PAIRS])
    drafts = Contract.objects.prepared().filter(frozen_at__isnull=True, number=1)
    prepared = _files(ground).filter(pk__in=drafts.values("journey"))
    for journey, first in zip(prepared[:PAIRS], known, strict=False):
        same = first.participant
        Participant.objects.filter(pk=journey.participant_id).update(
            first_name=_heard(same.first_name),
            last_name=_heard(same.last_name),
            birth_date=same.birth_date,
        )
        drafts.filter(journey=journey).update(birth_date=same.birth_date)
    called = _files(ground).in_butinage().filter(~Q(participant__contact=""))
    for journey, first in zip(
        called.filter(participant__identified_on=None)[:1], known, strict=False
    ):
        contact = str(first.participant.phone)
        Participant.objects.filter(pk=journey.participant_id).update(contact=contact)


def _files(ground: Ground):
    """The last files opened there, whose person never left."""
    rows = Journey.objects.filter(territory=ground.territory, absences__isnull=True)
    return rows.select_related("participant", "territory__programme").order_by("-pk")


def _heard(name: str) -> str:
    for written, heard in HEARD:
        if written in name.lower():
            return name.lower().replace(written, heard, 1).title()
    return f"{name[:-1]}" if len(name) > 5 else name


def _merged(ground: Ground, chance: Chance, today: datetime.date) -> None:
    """A second file, opened by another team and merged since; it can still be put back."""
    kept = _files(ground).contracted().first()
    if kept is None:  # a very small demonstration
        return
    colleague, on = chance.choice(ground.team.coordinators), days(today, -20)
    of = {"territory": ground.territory}
    double = Participant.objects.create(
        **of,
        programme=ground.programme,
        organisation=colleague.organisation,
        code=new_codes(1, chance=chance)[0],
        nickname=kept.participant.nickname,
        channel="evenement",
        welcomed_on=on,
        welcomed_by=colleague.user,
    )
    absorbed = Journey.objects.create(**of, participant=double, first_contact_on=on)
    row = {**of, "journey": absorbed, "on": on, "by": colleague.user}
    PhaseChange.objects.create(**row, rank=1, phase=Phase.REPERAGE)
    Contact.objects.create(**row, kind=ContactKind.MEETING)
    by = User.objects.get(pk=ground.team.coordinators[0].user.pk)
    done = merge(kept=kept, absorbed=absorbed, by=by, seen=None, seen_absorbed=None, taken={})
    at = done.at - datetime.timedelta(days=MERGED_AGO)
    Merge.objects.filter(pk=done.pk).update(at=at)


def _leaving(here: Ground, there: Ground, reason: TransferReason, today: datetime.date) -> None:
    journey = _files(here).contracted().filter(participant__contact="").last()
    if journey is None:
        return
    proposed = propose(
        journey=journey,
        by=here.team.coordinators[-1].user,
        seen=None,
        to=there.territory,
        reason=reason,
        agreed_on=days(today, -PROPOSED_AGO - 2),
    )
    Transfer.objects.filter(pk=proposed.pk).update(proposed_on=days(today, -PROPOSED_AGO))
