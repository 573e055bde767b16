"""The hint of another file of the same person, on a page of the first one."""

from django import template

from journeys.duplicates.reading import lookalikes
from journeys.pathway.models import Journey
from territories.accounts.models import User

register = template.Library()


@register.inclusion_tag("journeys/duplicates/_hint.html")
def lookalikes_of(journey: Journey, user: User, token: str) -> dict:
    """Nothing for who may not merge there. `token`: the page's csrf_token, for the answers."""
    may = user.may("duplicates.merge", journey.territory_id)
    return {"found": lookalikes(user, journey.participant) if may else [], "csrf_token": token}
