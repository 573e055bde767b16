"""What one user reads of one file, beyond the path and the contacts (rules 19 and 20).

The coordination of the territory reads all; a referent of the team, the person's answers, papers
and, once the contract is signed, identity, plus the categories that the person agreed to; the
management, answers, papers and identity, but no category; a reference of activity, none of that.
"""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from journeys.pathway.enums import Category
from journeys.pathway.models import Journey
from territories.accounts.models import User

AGREED = ArrayAgg(
    "shares__category", filter=Q(shares__ended_on__isnull=True, shares__isnull=False), default=[]
)


@dataclass(frozen=True)
class Reading:
    """answers: the entry questions, other supports, proofs. identity: name, phone, birth date."""

    answers: bool
    identity: bool
    categories: frozenset[str]

    def holds(self, category: str) -> bool:
        return category in self.categories


PATH_ONLY = Reading(False, False, frozenset())


def reading_of(user: User, journey: Journey) -> Reading:
    signed = journey.entry_on is not None
    if user.may("categories.read_all", journey.territory_id):
        return Reading(True, signed, frozenset(Category.values))
    if user.may("journeys.act", journey.territory_id):
        places = journey.team.standing().referring().filter(user=user)
        agreed = places.annotate(agreed=AGREED).values_list("agreed", flat=True).first()
        if agreed is not None:
            return Reading(True, signed, frozenset(agreed))
    if user.may("journeys.read_all", journey.territory_id):
        return Reading(True, signed, frozenset())
    return PATH_ONLY


def read_categories(user: User, journey: Journey) -> set[str]:
    """The protected categories this user reads on this journey."""
    return set(reading_of(user, journey).categories)
