"""Phases, spans, exits: the rules of domain.md, one sentence each."""

import pytest
from django.core.exceptions import ValidationError

from journeys.models import PhaseChange
from journeys.pathway.actions import phases, spans
from journeys.pathway.actions.acting import Stale
from rtr import scope
from tests.journeys.factories import JourneyFactory, ago


@pytest.fixture(autouse=True)
def inside_caen(caen):
    with scope.over([caen.pk]):
        yield


def test_insertion_waits_for_the_contract(kiwi, coordinator):
    with pytest.raises(ValidationError, match="signature du contrat"):
        phases.change_phase(journey=kiwi, by=coordinator, seen=0, to="insertion", on=ago(0))

    assert PhaseChange.objects.get(journey=kiwi).phase == "reperage"


def test_second_person_is_told_what_changed(kiwi, coordinator, referent):
    spans.pause(journey=kiwi, by=coordinator, seen=0, from_on=ago(1), reason="choice")

    with pytest.raises(Stale) as stale:
        phases.change_phase(journey=kiwi, by=referent, seen=0, to="mobilisation", on=ago(0))

    assert [(c.actor, c.act) for c in stale.value.changes] == [(coordinator, "paused")]


def test_exit_opens_the_follow_ups_of_those_who_agreed(caen, coordinator):
    journey = JourneyFactory(
        territory=caen,
        participant__organisation=coordinator.memberships.first().organisation,
        contracted=True,
    )

    spans.leave(
        journey=journey, by=coordinator, seen=0, on=ago(2), kind="cdi", agreed_to_contact=True
    )

    rows = journey.follow_ups.values_list("milestone", "opens_on")
    assert [m for m, _on in rows] == ["exit", "months_3", "months_6"]
    assert rows[0][1] == ago(2)
