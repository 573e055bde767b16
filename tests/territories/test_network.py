"""Which bodies one knows of: those of one's programmes, by any of the ways a programme has."""

import pytest
from django.utils import timezone

from territories.accounts.enums import Role
from territories.models import ConsortiumMember, Equipment, Organisation, Place
from territories.organisations import models as organisations
from territories.organisations.models import WAYS
from tests.cast import member


@pytest.fixture
def known(caen):
    """One body per way of knowing it."""

    found = {
        way: Organisation.objects.create(name=way, slug=way[:40], kind="association")
        for way in WAYS
    }
    found["noted_in"].noted_in.add(caen.programme)
    ConsortiumMember.objects.create(
        programme=caen.programme,
        organisation=found["consortia__programme"],
        role="supporter",
        from_on=timezone.localdate(),
    )
    member("Zoe", Role.ANIMATOR, found["memberships__programme"], caen)
    place = Place.objects.create(
        territory=caen, name="Chez eux", organisation=found["places__territory__programme"]
    )
    Equipment.objects.create(place=place, name="Découpe laser")
    return found


@pytest.mark.parametrize("way", WAYS)
def test_each_way_makes_a_body_known_and_no_other(way, known, coordinator, monkeypatch):
    assert known[way] in Organisation.objects.visible_to(coordinator)

    monkeypatch.setattr(organisations, "WAYS", tuple(set(WAYS) - {way}))

    assert known[way] not in Organisation.objects.visible_to(coordinator)


def test_a_body_known_in_two_ways_is_listed_once(known, caen, coordinator):
    body = known["noted_in"]
    Place.objects.create(territory=caen, name="Un autre lieu", organisation=body)
    Place.objects.create(territory=caen, name="Encore un", organisation=body)

    assert list(Organisation.objects.visible_to(coordinator)).count(body) == 1


def test_bodies_of_another_programme_do_not_exist(known, caen, coordinator_of_marseille):
    seen = Organisation.objects.visible_to(coordinator_of_marseille)

    assert not set(seen) & set(known.values())
    assert not ConsortiumMember.objects.visible_to(coordinator_of_marseille).exists()
    assert not Equipment.objects.visible_to(coordinator_of_marseille).exists()


def test_what_a_place_has_is_known_in_its_territory(known, coordinator, vallees):
    assert Equipment.objects.visible_to(coordinator).get().name == "Découpe laser"

    other = member("Yann", Role.COORDINATOR, known["noted_in"], vallees)

    assert not Equipment.objects.visible_to(other).exists()
