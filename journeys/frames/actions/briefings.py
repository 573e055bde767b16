"""Safety consigns, given to one person or to a whole session (rule 16)."""

import datetime
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.models import Session
from journeys.frames.models import GroupBriefing, SafetyBriefing, briefed_since
from journeys.participants.models import Participant
from journeys.pathway.actions.acting import refuse_future
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.places.equipment import Equipment


def briefed(
    participant_ids: Iterable[int], equipment: Equipment, on: datetime.date | None = None
) -> set[int]:
    """Which of these people may use this machine on that day: the consigns are a year old at most.

    Whoever shows it in a session shows the same word for everyone there, or none.
    """
    day = on or timezone.localdate()
    rows = SafetyBriefing.objects.filter(participant__in=list(participant_ids))
    rows = rows.filter(equipment=equipment, on__gte=briefed_since(day), on__lte=day)
    return set(rows.values_list("participant_id", flat=True))


@transaction.atomic
def record_briefing(
    *, participant: Participant, equipment: Equipment, by: User, on: datetime.date
) -> SafetyBriefing:
    """Safe to repeat: once a day and a machine."""
    refuse_future(on, "on")
    _refuse_needless(equipment)
    row, is_new = SafetyBriefing.objects.get_or_create(
        territory_id=participant.territory_id,
        participant=participant,
        equipment=equipment,
        on=on,
        defaults={"by": by},
    )
    if is_new:
        _tell(row, by)
    return row


@transaction.atomic
def brief_session(
    *, session: Session, equipment: Equipment, by: User, numbers: Collection[int]
) -> GroupBriefing:
    """Everyone in the room is ticked alike, by number; those we know keep it in their file.

    A number that is taken back later takes back what this session wrote, nothing else.
    """
    _refuse_needless(equipment)
    on = timezone.localdate(session.starts_at)
    refuse_future(on, "numbers")
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    group, _new = GroupBriefing.objects.get_or_create(
        session=locked, equipment=equipment, defaults={"by": by}
    )
    enrolled = list(locked.enrolments.enrolled().values_list("number", "participant_id"))
    people = {number: person for number, person in enrolled if person}
    territories = dict(
        Participant.objects.filter(pk__in=people.values()).values_list("pk", "territory_id")
    )
    after = sorted(set(numbers) & {number for number, _person in enrolled})
    taken_back = [people[one] for one in set(group.numbers) - set(after) if one in people]
    rows = SafetyBriefing.objects.filter(equipment=equipment, on=on)
    rows.filter(participant__in=taken_back, by=group.by).delete()
    for number in after:
        person = people.get(number)
        if person in territories:
            _keep(territories[person], person, equipment, by, on)
    group.numbers, group.by, group.at = after, by, timezone.now()
    group.save()
    return group


def _keep(territory: int, person: int, equipment: Equipment, by: User, on) -> None:
    row, is_new = SafetyBriefing.objects.get_or_create(
        territory_id=territory,
        participant_id=person,
        equipment=equipment,
        on=on,
        defaults={"by": by},
    )
    if is_new:
        _tell(row, by)


def _refuse_needless(equipment: Equipment) -> None:
    if not equipment.needs_briefing:
        raise ValidationError(
            {"equipment": _("Cet équipement ne demande pas de consignes de sécurité.")}
        )


def _tell(row: SafetyBriefing, by: User) -> None:
    record(
        Act.BRIEFED,
        by=by,
        territory_id=row.territory_id,
        participant_id=row.participant_id,
        about=row,
    )
