"""What the engine of badges is told of journeys: whose file a badge is of, and closed to whom."""

from badges.credentials import hooks
from badges.credentials.models import Recipient
from badges.endorsements import hooks as endorsing
from journeys.recognition.models import Holder


def closed_to(user):
    """Recipients whose person objected to this colleague, whatever the colleague's role."""
    objected = user.team_places.suspended().values("journey__participant__holder__recipient")
    return Recipient._base_manager.filter(pk__in=objected).values("pk")


def person_of(recipient_id: int) -> int | None:
    found = Holder._base_manager.filter(recipient=recipient_id)
    return found.values_list("participant", flat=True).first()


def is_holder(recipient_id: int, email: str) -> bool:
    found = Holder._base_manager.filter(recipient=recipient_id)
    return found.filter(participant__contact__iexact=email).exists()


endorsing.is_holder = is_holder
hooks.closed_to.append(closed_to)
hooks.person_of = person_of
