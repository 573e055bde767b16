"""Asking a code takes the same time for a number that somebody has and for one nobody has."""

import time
from statistics import median

import pytest
from django.test import Client
from django.urls import reverse

from journeys.models import EntryCode, Participant
from rtr import scope
from tests.figures import count, figure
from tests.journeys.entering import NUMBER, UNKNOWN
from tests.journeys.factories import JourneyFactory

pytestmark = [pytest.mark.trial, pytest.mark.django_db]

TIMES = count(30, full=200)
MOST = 1.5  # the ratio of two medians, taken in turns on one machine


def seconds(number: str, turn: int) -> tuple[float, float]:
    """To ask for a code, then to type a wrong one; from a network of its own each time."""
    client, network = Client(), f"10.{turn // 250}.{turn % 250}.1"
    started = time.perf_counter()
    client.post(reverse("portal_enter_help"), {"phone": number}, REMOTE_ADDR=network)
    asked = time.perf_counter()
    client.post(reverse("portal_code"), {"code": "000000"})
    EntryCode.objects.all().delete()  # so that no limit is met
    return asked - started, time.perf_counter() - asked


def test_known_and_unknown_numbers_take_the_same_time(caen, le_dome):
    with scope.over([caen.pk]):
        journey = JourneyFactory(territory=caen, participant__organisation=le_dome)
        Participant.objects.filter(pk=journey.participant_id).update(contact=NUMBER)
    taken = {NUMBER: [], UNKNOWN: []}
    for turn in range(TIMES):
        for number in sorted(taken, reverse=turn % 2 == 1):
            taken[number].append(seconds(number, turn))

    for step, what in enumerate(("demander un code", "taper un code faux")):
        medians = [median(each[step] for each in taken[number]) for number in taken]
        ratio = max(medians) / min(medians)
        figure(f"{what} : temps pour un numéro connu et un inconnu, rapport", round(ratio, 2))
        assert ratio < MOST
