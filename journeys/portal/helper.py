"""Who answers the person, and at which number: the same on each of their pages."""

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject

from journeys.pathway.enums import TeamRole
from journeys.pathway.models import Journey, TeamMember
from rtr.lib import contacts

# The referent first, then the coordination.
ORDER = [TeamRole.REFERENT, TeamRole.COORDINATOR, TeamRole.ACTIVITY_REFERENT]
MOBILE = ("+336", "+337")  # where a message arrives


def with_helper(journeys):
    """Adds `helper`: the name, structure and number of who answers; never one set aside."""
    ranks = [When(role=role, then=Value(rank)) for rank, role in enumerate(ORDER)]
    team = TeamMember.objects.standing().filter(journey=OuterRef("pk"))
    team = team.order_by(Case(*ranks, default=Value(9), output_field=IntegerField()), "pk")
    said = JSONObject(
        name="user__first_name", place="organisation__name", phone="organisation__phone"
    )
    return journeys.annotate(helper=Subquery(team.values(said=said)[:1]))


def helper_of(journey: Journey) -> dict:
    """The structure's number, else the territory's: nobody's own. Empty `name`: nobody yet."""
    helper = journey.helper or {"name": "", "place": "", "phone": ""}
    number = helper["phone"] or contacts.phone(journey.territory.phone)
    return helper | {"phone": number, "takes_messages": number.startswith(MOBILE)}
