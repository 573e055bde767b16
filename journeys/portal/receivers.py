"""A number that changes opens nothing any more; one that is somebody else's, or a death, closes
everything."""

from django.dispatch import receiver

from journeys.participants.models import Participant
from journeys.participants.signals import died, number_changed
from journeys.portal.actions import stop_cards
from journeys.portal.models import PortalLink
from territories.accounts.sessions import end_sessions


@receiver(number_changed)
def close_ways_in(sender, participant: Participant, is_lost: bool, **kwargs) -> None:
    """Codes need nothing: whose number it is is looked for again once they are typed."""
    PortalLink.objects.filter(participant=participant, used_at__isnull=True).delete()
    if is_lost:
        _close_all(participant)


@receiver(died)
def close_after_death(sender, participant: Participant, **kwargs) -> None:
    PortalLink.objects.filter(participant=participant, used_at__isnull=True).delete()
    _close_all(participant)


def _close_all(participant: Participant) -> None:
    stop_cards(participant)
    if participant.user:
        end_sessions(participant.user)
