"""Aids: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

from journeys.models import AidRequest
from tests.security.answers import (
    ONLY_COORD,
    ONLY_PART,
    TEAM,
    Address,
    Public,
    act,
    only_post,
    page,
)

ANSWERS = "answers"  # as in world.py: not for a reference of activity
ONE = ("journey", "journey", "aid")

KNOWN: dict[str, dict[str, set[str]]] = {}

ADDRESSES: dict[str, Address | Public] = {
    "aids": Address(ONLY_COORD),
    "aids_csv": Address(ONLY_COORD),
    "journey_aids": page(TEAM),
    "aid_request": act(),
    "aid_send": act(TEAM, "aid"),
    "aid_decide": act(ONLY_COORD, "aid"),
    "aid_give": only_post(ONLY_COORD, *ONE),
    "aid_cancel": only_post(TEAM, *ONE),
    "aid_undo": only_post(TEAM, *ONE),
    # On the person's own phone
    "portal_aids": Address(ONLY_PART),
    "portal_aid_ask": Address(ONLY_PART, post=422),
    "portal_aid_cancel": only_post(ONLY_PART, "own", "aid"),
    "portal_aid_undo": only_post(ONLY_PART, "own", "aid"),
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "AidRequest"
OUTSIDE: dict[str, str] = {}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = "AidRequest"
OTHERS = ""
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = []


def rows(found, author) -> None:
    """One that waits for an answer."""
    found.rows.aid = AidRequest.objects.create(
        territory=found.journey.territory,
        journey=found.journey,
        kind="transport",
        purpose=found.word(ANSWERS, "Pour aller la"),
        amount_asked=12,
        asked_by=author,
        note=found.word(ANSWERS, "Precision aide"),
    )
