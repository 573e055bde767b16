"""Suggestions: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

from journeys import models as m
from tests.journeys.activities import ActivityFactory
from tests.journeys.factories import ago
from tests.security.answers import (
    ACT,
    COORD,
    EVERYONE,
    ONLY_PART,
    REF,
    Address,
    Public,
    page,
)

FOLLOWERS = frozenset({ACT, REF, COORD})

KNOWN: dict[str, dict[str, set[str]]] = {}

ADDRESSES: dict[str, Address | Public] = {
    "ideas": page(FOLLOWERS),
    # Which activity or session is in the form: none is named, none is found
    "idea_refuse": Address(FOLLOWERS, "journey", ("journey",), get=405, post=404),
    "idea_restore": Address(FOLLOWERS, "journey", ("journey",), get=405, post=404),
    "idea_join": Address(FOLLOWERS, "journey", ("journey",), get=405, post=404),
    "portal_ideas": Address(ONLY_PART),
    "portal_idea_refuse": Address(ONLY_PART, get=405, post=404),
    "portal_idea_restore": Address(ONLY_PART, get=405, post=404),
    "ideas_about": Address(EVERYONE),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "NotForMe"
OUTSIDE: dict[str, str] = {}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = "NotForMe"
OTHERS = ""
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = []


def rows(found, author) -> None:
    """One row of each table about `found`, written by hand."""
    found.rows.not_for_me = m.NotForMe.objects.create(
        territory=found.journey.territory,
        journey=found.journey,
        activity=ActivityFactory(territory=found.journey.territory, title=f"Tricot {found.key}"),
        on=ago(4),
        by=author,
    )
