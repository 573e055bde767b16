"""What journeys tell on pages of the programme: numbers, never a name."""

from django.db.models import Count, Q

from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from territories.coordination import above
from territories.organisations.models import Organisation


def welcomed(request, organisation: Organisation) -> dict | None:
    """How many people a structure welcomed in one's territories, and how many go on."""
    places = request.user.territories_where("participants.list")
    if not places:
        return None
    going_on = Journey.objects.not_left().filter(territory__in=places)
    return Participant.objects.filter(organisation=organisation, territory__in=places).aggregate(
        people=Count("pk"), going_on=Count("pk", filter=Q(journey__in=going_on.values("pk")))
    )


above.add_card(Organisation, "journeys/coordination/_welcomed.html", welcomed)
