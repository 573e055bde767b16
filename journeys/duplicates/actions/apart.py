"""Two files that look alike: of two people, or of one person in two programmes."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.duplicates.models import KeptApart
from journeys.participants.actions import tell
from journeys.participants.models import Participant, PersonLink
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def keep_apart(*, one: Participant, other: Participant, by: User) -> KeptApart:
    """« Ce n’est pas elle »: the pair is not hinted again, until somebody takes this back."""
    if one.pk == other.pk:
        raise ValidationError(_("C’est le même dossier : choisissez l’autre."))
    Participant.objects.select_for_update(of=("self",)).get(pk=min(one.pk, other.pk))
    pair = apart(one.pk, other.pk).first()
    if pair is None:
        pair = KeptApart.objects.create(
            territory_id=one.territory_id, one=one, other_id=other.pk, by=by
        )
        for person in (one, other):
            tell(Act.KEPT_APART, participant=person, by=by, about=pair)
    return pair


@transaction.atomic
def hint_again(*, pair: KeptApart, by: User) -> None:
    tell(Act.UNDONE, participant=pair.one, by=by, about=pair)
    pair.delete()


def apart(one: int, other: int):
    return KeptApart.objects.filter(Q(one=one, other_id=other) | Q(one=other, other_id=one))


@transaction.atomic
def link_persons(
    *, one: Participant, other: Participant, by: User, agreed_on: datetime.date
) -> None:
    """Say that two files of two programmes are one person's, who agreed. Nothing else moves."""
    if one.programme_id == other.programme_id:
        raise ValidationError(_("Ces dossiers sont du même programme : ils se réunissent."))
    if agreed_on > timezone.localdate():
        raise ValidationError(
            {"agreed_on": _("Choisissez le jour de l’accord : aujourd’hui ou avant.")}
        )
    links = {
        link.participant_id: link
        for link in PersonLink.objects.filter(participant__in=[one, other])
    }
    known = links.get(one.pk) or links.get(other.pk)
    for person in (one, other):
        link = links.get(person.pk) or PersonLink(
            territory_id=person.territory_id, participant=person
        )
        link.person, link.agreed_on = known.person if known else link.person, agreed_on
        known = link
        link.save()
        tell(Act.LINKED, participant=person, by=by, about=link)
