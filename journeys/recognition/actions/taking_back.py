"""A badge given is taken back, with a reason; the objective it had reached goes on."""

from django.db import transaction

from badges.credentials.actions import revoke
from badges.credentials.models import Credential
from journeys.contracts.actions.objectives import go_on
from journeys.pathway.actions.acting import begin
from journeys.pathway.models import Journey
from journeys.recognition.models import Recognition
from territories.accounts.models import User


@transaction.atomic
def take_back(
    *,
    credential: Credential,
    journey: Journey,
    by: User,
    seen: int | None,
    reason: str,
    words: str = "",
) -> Credential:
    """Raises ValidationError when it is revoked already, or without its reason."""
    journey = begin(journey, seen=seen)
    credential = revoke(
        credential=credential, reason=reason, by=by, words=words, file_version=journey.version
    )
    asked = Recognition.objects.filter(credential=credential).select_related("objective")
    for one in asked.filter(objective__reached_on__isnull=False):
        one.objective.journey = journey
        go_on(objective=one.objective, by=by)
    return credential
