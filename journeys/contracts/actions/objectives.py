"""Objectives after the signature: agreed by both, decided with a reason (rule 5)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.models import Objective
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def add_objective(
    *, journey: Journey, by: User, seen: int | None, wording: str, achievement=None
) -> Objective:
    """A dated agreement of both after the signature; no amendment."""
    journey = begin(journey, seen=seen)
    if journey.entry_on is None:
        raise ValidationError(_("Les premiers objectifs se conviennent dans le contrat."))
    last = journey.objectives.order_by("rank").last()
    objective = Objective(
        territory_id=journey.territory_id,
        journey=journey,
        rank=(last.rank if last else 0) + 1,
        wording=wording,
        achievement=achievement,
        agreed_by=by,
    )
    objective.full_clean(exclude=["territory", "journey", "decided_by"])
    objective.save(force_insert=True)
    tell(Act.OBJECTIVE_ADDED, journey=journey, by=by, about=objective)
    return objective


@transaction.atomic
def decide_objective(
    *, objective: Objective, by: User, seen: int | None, reached: bool, reason: str
) -> Objective:
    """Reached, or set aside, by a dated and reasoned decision; never by time passing."""
    journey = begin(objective.journey, seen=seen)
    objective = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
    if objective.contract_id and not objective.contract.signed_on:
        raise ValidationError(_("Cet objectif attend la signature du contrat."))
    if objective.reached_on or objective.set_aside_on:
        raise ValidationError(_("Cet objectif a déjà sa décision."))
    if not reason:
        raise ValidationError({"reason": _("Dites ce qui le montre, en quelques mots.")})
    today = timezone.localdate()
    objective.reached_on = today if reached else None
    objective.set_aside_on = None if reached else today
    objective.decision_reason, objective.decided_by = reason, by
    objective.save()
    tell(Act.OBJECTIVE_DECIDED, journey=journey, by=by, about=objective)
    return objective
