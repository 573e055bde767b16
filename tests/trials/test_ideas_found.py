"""Suggestions find what people of the demonstration chose next, better than popularity or chance.

500 invented people under `make test`, 2,000 under `make trials`; their taste is invented too.
"""

from statistics import mean

import pytest

from bench import suggestions
from journeys.demo.filling import fill
from rtr import scope
from tests.figures import count, figure

pytestmark = [pytest.mark.trial, pytest.mark.django_db]

PEOPLE = count(500, full=2000)
MARGIN = 1.15  # times what the better of the two others finds


def test_suggestions_find_more_than_popularity_and_chance():
    fill(participants=PEOPLE, report=lambda text: None)
    with scope.everything("test: choices of the demonstration"):
        rounds = suggestions.rounds()

    hits = {
        name: mean(one.hits for some in rounds for one in some if one.name == name)
        for name in suggestions.WAYS
    }
    for name, share in hits.items():
        figure(f"cinq premières idées, {name}", f"{share:.0%}", "du choix suivant, mis de côté")
    ours = hits.pop("suggestions")
    assert ours > MARGIN * max(hits.values())
    assert all(one.coverage > 0.8 for some in rounds for one in some[:1])
