"""Badges among the moments of a journey, read in the query of its story."""

from django.db.models import CharField, F
from django.db.models.functions import Cast

from badges.credentials.enums import State
from badges.credentials.models import Credential
from journeys.pathway.models import Journey
from journeys.pathway.story import What, also, rows_as


@also
def badges_of(journey: Journey) -> list:
    """One for each badge that is not taken back: whose model, its name, the day it was earned."""
    held = Credential.objects.filter(recipient__holder__participant=journey.participant_id)
    held = held.exclude(state=State.REVOKED)
    which = Cast("version__achievement", CharField())
    words = {"detail": F("version__name"), "reason": F("version__achievement__field")}
    return [rows_as(What.BADGE, held, which, "awarded_on__date", **words)]
