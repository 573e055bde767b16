"""What the engine of badges is told of journeys: whose file a badge is of, and closed to whom."""

from badges.credentials import hooks
from badges.credentials.models import Recipient
from journeys.participants.models import Participant


def closed_to(user):
    """Recipients whose person objected to this colleague, whatever the colleague's role."""
    objected = user.team_places.suspended().values("journey__participant__user")
    return Recipient._base_manager.filter(user__in=objected).values("pk")


def person_of(recipient_id: int) -> int | None:
    found = Participant._base_manager.filter(user__recipient=recipient_id)
    return found.values_list("pk", flat=True).first()


hooks.closed_to.append(closed_to)
hooks.person_of = person_of
