"""Objectives after the signature: agreed by both, decided with a reason (rule 5)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.enums import Agreed
from journeys.contracts.models import Objective
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def add_objective(
    *,
    journey: Journey,
    by: User | None,
    seen: int | None,
    wording: str,
    achievement=None,
    present: str = "",
    from_person: bool = False,
) -> Objective:
    """A dated agreement of both after the signature; no amendment.

    Parameters: `present`, who was there, for what is agreed together today; empty, one side
    proposes and waits for the other; `from_person`, the person themselves proposes: sent twice,
    it is one proposal.
    """
    journey = begin(journey, seen=seen)
    if journey.entry_on is None:
        raise ValidationError(_("Les premiers objectifs se conviennent dans le contrat."))
    if from_person:
        waiting = journey.objectives.filter(wording=wording, team_agreed_on=None, set_aside_on=None)
        if twice := waiting.first():
            return twice
    last, today = journey.objectives.order_by("rank").last(), timezone.localdate()
    objective = Objective(
        territory_id=journey.territory_id,
        journey=journey,
        rank=(last.rank if last else 0) + 1,
        wording=wording,
        achievement=achievement,
        agreed_by=None if from_person else by,
        team_agreed_on=None if from_person else today,
        person_agreed_on=today if from_person or present else None,
        person_agreed_how=Agreed.PORTAL if from_person else Agreed.TOGETHER if present else "",
        present=present,
    )
    objective.full_clean(exclude=["territory", "journey", "agreed_by", "decided_by"])
    objective.save(force_insert=True)
    act = Act.OBJECTIVE_ADDED if present else Act.OBJECTIVE_PROPOSED
    tell(act, journey=journey, by=by, about=objective)
    return objective


@transaction.atomic
def agree_objective(
    *, objective: Objective, by: User | None, seen: int | None, how: str = ""
) -> Objective:
    """The side that did not propose says yes, by its own act; a second tap changes nothing.

    Parameters: `how`, for the person: from their own pages, or by a link; empty for the team.
    """
    journey = begin(objective.journey, seen=seen)
    objective = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
    side = "person_agreed_on" if how else "team_agreed_on"
    if objective.set_aside_on or objective.contract_id:
        raise ValidationError(_("Cette proposition est terminée."))
    if getattr(objective, side):
        return objective
    setattr(objective, side, timezone.localdate())
    objective.agreed_on = timezone.localdate()
    if how:
        objective.person_agreed_how = how
    else:
        objective.agreed_by = by
    objective.save()
    tell(Act.OBJECTIVE_AGREED, journey=journey, by=by, about=objective)
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
    if reached and (objective.waits_for_person or objective.waits_for_team):
        raise ValidationError(_("Cet objectif attend encore l’accord des deux."))
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


@transaction.atomic
def reach_by_badge(*, journeys: Iterable[Journey], achievement, by: User) -> list[Objective]:
    """A badge reaches the objectives in force that aim at it (rule 5). Returns them.

    Parameters: `journeys`, whose people have just received it.
    """
    of = {journey.pk: journey for journey in journeys}
    aiming = Objective.objects.filter(journey__in=of, achievement=achievement)
    found = list(aiming.agreed().ongoing().select_for_update(of=("self",)).order_by("pk"))
    for objective in found:
        objective.reached_on, objective.decided_by = timezone.localdate(), by
        objective.decision_reason = _("Badge « %(name)s »") % {"name": achievement.name}
        objective.is_by_badge = True
        objective.save(update_fields=["reached_on", "decided_by", "decision_reason", "is_by_badge"])
        tell(Act.OBJECTIVE_DECIDED, journey=of[objective.journey_id], by=by, about=objective)
    return found


def go_on(*, objective: Objective, by: User) -> None:
    """The badge that had reached it was taken back: the objective goes on."""
    Objective.objects.filter(pk=objective.pk).update(
        reached_on=None, decided_by=None, decision_reason="", is_by_badge=False
    )
    tell(Act.OBJECTIVE_DECIDED, journey=objective.journey, by=by, about=objective)
