"""What the founding documents say of the two programmes, and what loading them gives."""

import datetime

import pytest
from django.core.management import call_command
from django.db.models import Sum

from badges.achievements.loading import load_starters
from badges.achievements.models import Achievement
from journeys.pathway.lists import official_by_default
from territories.models import (
    Commune,
    ConsortiumMember,
    Neighbourhood,
    Organisation,
    Period,
    PeriodTarget,
    Place,
    Programme,
    Territory,
    Zoning,
)
from territories.organisations.enums import ConsortiumRole
from territories.organisations.loading import load_all

LOADED = [
    Programme,
    Territory,
    Commune,
    Neighbourhood,
    Zoning,
    Place,
    Period,
    PeriodTarget,
    Organisation,
    ConsortiumMember,
    Achievement,
]


@pytest.fixture
def loaded(db):
    load_all()
    load_starters()


@pytest.fixture
def partages(loaded):
    return Programme.objects.get(slug="territoires-partages")


@pytest.fixture
def rtr(loaded):
    return Programme.objects.get(slug="rtr")


def names(rows) -> set[str]:
    return set(rows.values_list("name", flat=True))


def everything() -> dict:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in LOADED}


def test_the_first_programme_acts_in_three_urban_territories(rtr):
    assert names(rtr.territories) == {"Paris-Montreuil", "Aix-Marseille", "Lille-Roubaix"}
    assert set(rtr.territories.values_list("kind", flat=True)) == {"urban"}


def test_its_periods_aim_at_500_then_100_people_in_each_territory(rtr):
    targets = rtr.periods.values_list("name", "targets__territory__slug", "targets__entries")

    for slug in ("paris-montreuil", "aix-marseille", "lille-roubaix"):
        assert ("Le Comptoir des Opportunités", slug, 500) in targets
        assert ("Le Voyage Entrepreneurial", slug, 100) in targets
    assert ("L’Essaimage", None, None) in targets


def test_the_second_programme_acts_in_town_and_in_the_country(partages):
    kinds = dict(partages.territories.values_list("name", "kind"))

    assert kinds == {"Caen la Mer": "urban", "Vallées de l’Orne et de l’Odon": "rural"}


def test_it_aims_at_500_people_and_300_to_a_job_or_a_training_in_fifteen_months_each(partages):
    targets = PeriodTarget.objects.filter(period__programme=partages)

    assert targets.aggregate(people=Sum("entries"), positive=Sum("positive_exits")) == {
        "people": 500,
        "positive": 300,
    }
    assert partages.journey_months == 15


def test_seven_members_signed_and_two_of_them_coordinate(partages):
    signed = partages.consortium.exclude(role=ConsortiumRole.SUPPORTER)
    coordinators = signed.filter(role=ConsortiumRole.COORDINATOR)

    assert signed.count() == 7
    assert {str(member.organisation) for member in coordinators} == {"AAJB", "Le Dôme"}
    assert not signed.filter(part="")


def test_thirty_bodies_support_it(partages):
    supporters = partages.consortium.filter(role=ConsortiumRole.SUPPORTER)
    kinds = list(supporters.values_list("organisation__kind", flat=True))

    assert supporters.count() == 30
    assert kinds.count("culture") == 5
    assert kinds.count("e2c") == 3
    assert {str(member.organisation) for member in supporters} >= {
        "Ville de Caen",
        "Ville de Colombelles",
        "Conseil départemental du Calvados",
        "CALMEC",
        "Radio Zones d’Ondes",
    }


def test_the_named_quarters_are_there(partages):
    quarters = Neighbourhood.objects.filter(commune__territory__programme=partages)

    assert names(quarters.filter(commune__name="Caen")) == {
        "Chemin Vert",
        "Grâce de Dieu",
        "Guérinière",
        "Calvaire Saint-Pierre",
        "Pierre Heuzé",
        "Centre-ville",
    }
    assert quarters.filter(commune__name="Hérouville-Saint-Clair").count() == 4


@pytest.mark.parametrize(
    "quarter,day,edition",
    [
        ("Quartier de Colombelles", datetime.date(2023, 12, 31), "2015"),
        ("Quartier de Colombelles", datetime.date(2024, 1, 1), None),
        ("Pierre Heuzé", datetime.date(2014, 12, 31), None),
        ("Pierre Heuzé", datetime.date(2023, 12, 31), "2015"),
        ("Pierre Heuzé", datetime.date(2024, 1, 1), "2024"),
    ],
)
def test_colombelles_left_the_list_on_the_first_of_january_2024(loaded, quarter, day, edition):
    zoning = Neighbourhood.objects.get(name=quarter).zoning_on(day)

    assert (zoning.edition if zoning else None) == edition


def test_what_counts_as_official_is_what_funders_count(partages, rtr):
    assert set(partages.official_positive_exits) == set(official_by_default())
    assert set(rtr.official_positive_exits) == set(official_by_default())


def test_the_contract_says_it_replaces_nothing_and_speaks_to_the_person(partages, rtr):
    for programme in (partages, rtr):
        assert "Ce contrat ne remplace pas votre contrat d’engagement." in programme.contract_text
        sentences = programme.contract_text.replace("\n", " ").split(". ")
        assert max(len(sentence.split()) for sentence in sentences) <= 14


def test_steps_are_named_inside_the_phases(partages):
    assert partages.phase_steps["mobilisation"] == ["Pré-mobilisation", "Mobilisation"]
    assert partages.phase_steps["insertion"] == ["Insertion", "Consolidation"]


def test_each_programme_starts_with_forty_badges_that_tell_nothing_of_it(partages, rtr):
    for programme in (partages, rtr):
        badges = programme.achievements.select_related("organisation")
        assert badges.count() == 48
        assert len({badge.field for badge in badges}) == 11
        for badge in badges:
            said = f"{badge.name} {badge.description} {badge.criteria}".lower()
            assert programme.name.lower() not in said and "insertion" not in said
            assert badge.organisation.kind in {"tiers_lieu", "culture", "sport"}


def test_loading_twice_changes_nothing(loaded):
    before = everything()

    load_all()
    load_starters()

    assert everything() == before


def test_the_commands_tell_what_they_loaded(db, capsys):
    call_command("load_programmes")
    call_command("load_achievements")

    told = capsys.readouterr().out
    assert "Territoires Partagés : 2 territoires, 37 membres du consortium" in told
    assert "Badges : 96" in told
