"""AFEST: its four elements are noted as they come, and it closes with all of them."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.frames.actions.checking import refuse_unready
from journeys.frames.afest import Afest, AfestSequence
from journeys.pathway.actions.acting import begin, refuse_before, refuse_future, save_new, tell
from journeys.pathway.models import Journey
from rtr.lib import french
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def begin_afest(*, journey: Journey, by: User, seen: int | None, said: dict) -> Afest:
    journey = begin(journey, seen=seen)
    refuse_unready(journey)
    afest = Afest(territory_id=journey.territory_id, journey=journey, recorded_by=by, **said)
    _refuse_future_days(said)
    save_new(afest)
    tell(Act.AFEST_CHANGED, journey=journey, by=by, about=afest)
    return afest


@transaction.atomic
def change_afest(*, afest: Afest, by: User, seen: int | None, said: dict) -> Afest:
    """What is learnt, who trains, the analysis beforehand."""
    journey, afest = _begin(afest, seen)
    _refuse_future_days(said)
    for name, value in said.items():
        setattr(afest, name, value)
    afest.full_clean(exclude=["territory", "journey"])
    afest.save()
    tell(Act.AFEST_CHANGED, journey=journey, by=by, about=afest)
    return afest


@transaction.atomic
def add_sequence(
    *,
    afest: Afest,
    by: User,
    seen: int | None,
    on: datetime.date,
    what: str,
    minutes: int | None = None,
) -> AfestSequence:
    """A working sequence; never before the work was analysed."""
    journey, afest = _begin(afest, seen)
    refuse_future(on, "on")
    if afest.analysed_on is None:
        raise ValidationError(_("Le travail s’analyse avant la première séquence : notez-la."))
    refuse_before(on, afest.analysed_on, "on")
    sequence = AfestSequence(
        territory_id=journey.territory_id,
        journey=journey,
        afest=afest,
        on=on,
        what=what,
        minutes=minutes,
        recorded_by=by,
    )
    save_new(sequence)
    tell(Act.AFEST_CHANGED, journey=journey, by=by, about=afest)
    return sequence


@transaction.atomic
def reflect(
    *, sequence: AfestSequence, by: User, seen: int | None, on: datetime.date, reflection: str
) -> AfestSequence:
    """The reflection that follows a sequence, apart from work."""
    journey, afest = _begin(sequence.afest, seen)
    refuse_future(on, "on")
    refuse_before(on, sequence.on, "on")
    sequence.reflected_on, sequence.reflection = on, reflection
    sequence.save(update_fields=["reflected_on", "reflection"])
    tell(Act.AFEST_CHANGED, journey=journey, by=by, about=afest)
    return sequence


@transaction.atomic
def assess_afest(
    *, afest: Afest, by: User, seen: int | None, on: datetime.date, assessment: str
) -> Afest:
    journey, afest = _begin(afest, seen)
    refuse_future(on, "on")
    last = afest.sequences.order_by("-on").first()
    if last is None:
        raise ValidationError(_("L’évaluation vient à la fin : notez d’abord une séquence."))
    refuse_before(on, last.on, "on")
    afest.assessment, afest.assessed_on = assessment, on
    afest.save(update_fields=["assessment", "assessed_on"])
    tell(Act.AFEST_CHANGED, journey=journey, by=by, about=afest)
    return afest


@transaction.atomic
def close_afest(*, afest: Afest, by: User, seen: int | None, is_afest: bool) -> Afest:
    """As an AFEST, with its four elements; else it stops, and is not counted as one."""
    journey, afest = _begin(afest, seen)
    lacking = [str(element.name) for element in afest.elements if not element.is_done]
    if is_afest and lacking:
        text = _("Ce n’est pas encore une AFEST. Il manque : %(what)s.")
        said = french.listed([name[0].lower() + name[1:] for name in lacking])
        raise ValidationError(text % {"what": said})
    column = "closed_on" if is_afest else "stopped_on"
    setattr(afest, column, timezone.localdate())
    afest.save(update_fields=[column])
    tell(Act.AFEST_CHANGED, journey=journey, by=by, about=afest)
    return afest


def _begin(afest: Afest, seen: int | None) -> tuple[Journey, Afest]:
    journey = begin(afest.journey, seen=seen)
    afest = Afest.objects.get(pk=afest.pk)
    if not afest.is_open:
        raise ValidationError(_("Cette formation au travail est close."))
    return journey, afest


def _refuse_future_days(said: dict) -> None:
    if said.get("analysed_on"):
        refuse_future(said["analysed_on"], "analysed_on")
        if not said.get("analysis"):
            raise ValidationError({"analysis": _("Dites ce que l’analyse du travail a montré.")})
    elif said.get("analysis"):
        raise ValidationError({"analysed_on": _("Notez le jour de l’analyse.")})
