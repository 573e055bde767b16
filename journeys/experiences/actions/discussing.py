"""A reflection counts once it was talked about with somebody of the team (rule 17)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.experiences.models import Reflection
from journeys.pathway.actions.acting import begin, tell
from rtr.lib import french
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def discuss(*, reflection: Reflection, by: User, seen: int | None, next_step: str) -> Reflection:
    """Note that `by` and the person talked about it today, and what comes next, in words.

    Raises ValidationError when a colleague did, or when the person has just kept it for themselves.
    """
    journey = begin(reflection.journey, seen=seen)
    rows = Reflection.objects.visible_to(by).select_for_update(of=("self",))
    held = rows.filter(pk=reflection.pk).first()
    if held is None:
        raise ValidationError(_("Vous ne lisez plus ce récit : rien n’a été noté."))
    if held.discussed_on:
        words = {"name": held.discussed_with, "day": french.day(held.discussed_on)}
        raise ValidationError(_("%(name)s en a déjà parlé, le %(day)s.") % words)
    held.discussed_on, held.discussed_with = timezone.localdate(), by
    held.next_step = next_step
    held.save(update_fields=["discussed_on", "discussed_with", "next_step"])
    tell(Act.REFLECTION_DISCUSSED, journey=journey, by=by, about=held)
    return held
