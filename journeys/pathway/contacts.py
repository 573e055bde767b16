"""The last contacts of a journey and how many there were, in one query."""

from dataclasses import dataclass

from django.db.models import Count, Q, Window

from journeys.pathway.enums import ContactKind
from journeys.pathway.models import Contact, Journey

SHOWN = 5


@dataclass(frozen=True)
class Contacts:
    last: list[Contact]
    count: int
    visits: int


def contacts_of(journey: Journey) -> Contacts:
    visits = Q(kind=ContactKind.VISIT)
    rows = journey.contacts.select_related("by").annotate(
        count=Window(Count("pk")), visits=Window(Count("pk", filter=visits))
    )
    last = list(rows[:SHOWN])
    return Contacts(last, last[0].count if last else 0, last[0].visits if last else 0)
