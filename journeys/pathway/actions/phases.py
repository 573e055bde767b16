"""Phases (rule 6), the entry and the clock (rules 4 and 8)."""

import datetime

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.actions.acting import (
    begin,
    refuse_before,
    refuse_future,
    save_new,
    tell,
)
from journeys.pathway.actions.telling import freeze_zoning
from journeys.pathway.enums import Phase
from journeys.pathway.models import EntrySituation, Extension, Journey, PhaseChange
from territories.accounts.models import User
from territories.journal.enums import Act

ORDER = list(Phase)


@transaction.atomic
def change_phase(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    to: str,
    on: datetime.date,
    reason: str = "",
    step: str = "",
) -> PhaseChange:
    """Add a phase row. Going back asks a reason; insertion comes after the entry date."""
    journey = begin(journey, seen=seen)
    last = journey.phase_changes.last()
    refuse_future(on, "on")
    refuse_before(on, last.on, "on")
    if (to, step) == (last.phase, last.step):
        raise ValidationError({"to": _("Le parcours est déjà dans cette phase.")})
    if ORDER.index(to) < ORDER.index(last.phase) and not reason:
        raise ValidationError({"reason": _("Dites pourquoi le parcours revient en arrière.")})
    if to == Phase.INSERTION and not journey.entry_on:
        raise ValidationError(
            {"to": _("L’insertion commence après la signature du contrat : préparez-le d’abord.")}
        )
    if to == Phase.INSERTION:
        refuse_before(on, journey.entry_on, "on")
    change = PhaseChange.objects.create(
        territory_id=journey.territory_id,
        journey=journey,
        rank=last.rank + 1,
        phase=to,
        step=step,
        on=on,
        reason=reason,
        by=by,
    )
    tell(Act.PHASE_CHANGED, journey=journey, by=by, about=change)
    return change


def enter(*, journey: Journey, on: datetime.date) -> None:
    """The first contract is signed by all: the clock starts (called inside that transaction)."""
    journey.entry_on = on
    journey.limit_on = on + relativedelta(months=journey.territory.programme.journey_months)
    journey.save(update_fields=["entry_on", "limit_on"])
    situation, _created = EntrySituation.objects.get_or_create(
        journey=journey, defaults={"territory_id": journey.territory_id}
    )
    freeze_zoning(situation, on)
    situation.save(update_fields=["qpv_edition"])


@transaction.atomic
def extend(
    *, journey: Journey, by: User, seen: int | None, until_on: datetime.date, reason: str
) -> Extension:
    """More time, with a reason; the limit moves, the entry does not."""
    journey = begin(journey, seen=seen)
    if not journey.entry_on:
        raise ValidationError(_("Un parcours sans contrat n’a pas de limite à prolonger."))
    if until_on <= max(journey.limit_on, timezone.localdate()):
        raise ValidationError(
            {"until_on": _("Choisissez un jour après la limite actuelle et après aujourd’hui.")}
        )
    extension = Extension(
        territory_id=journey.territory_id, journey=journey, until_on=until_on, reason=reason, by=by
    )
    save_new(extension)
    journey.limit_on = until_on
    journey.save(update_fields=["limit_on"])
    tell(Act.EXTENDED, journey=journey, by=by, about=extension)
    return extension
