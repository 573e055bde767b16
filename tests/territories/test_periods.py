"""When the programme happens, and how many people it aims at where."""

import datetime

import pytest
from django.urls import reverse

from journeys.models import PeriodEntry
from rtr import scope
from territories.coordination.forms import name_of
from territories.models import JournalEntry, Period, PeriodTarget


@pytest.fixture
def gaelle(signed_in, manager):
    return signed_in(manager)


@pytest.fixture
def programme(caen):
    return caen.programme


@pytest.fixture
def wave(programme):
    return Period.objects.create(
        programme=programme, name="Deuxième vague", starts_on=datetime.date(2026, 1, 1)
    )


def typed(caen, vallees, period, *numbers):
    fields = [(what, place) for place in (caen, vallees) for what in ("people", "exits")]
    return {
        name_of(what, period, place): number
        for (what, place), number in zip(fields, numbers, strict=True)
    }


def targets():
    rows = PeriodTarget.objects.order_by("territory__name")
    return [(str(row.territory), row.entries, row.positive_exits) for row in rows]


def test_a_period_is_added_and_its_overlap_is_told(gaelle, programme):
    page = gaelle.post(
        reverse("period_add", args=[programme.slug]),
        {"name": "Deuxième vague", "starts_on": "2026-01-01", "ends_on": "2027-12-31"},
        follow=True,
    ).content.decode()

    assert Period.objects.filter(name="Deuxième vague", programme=programme).exists()
    assert "partage des jours avec « Territoires Partagés »" in page.replace("\u00a0", " ")
    assert JournalEntry.objects.filter(act="period_changed").exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "Territoires Partagés", "starts_on": "2026-01-01"}, "existe déjà"),
        (
            {"name": "Vague", "starts_on": "2026-01-02", "ends_on": "2026-01-01"},
            "La fin de la période vient avant son début.",
        ),
        ({"name": "", "starts_on": "2026-01-01"}, "obligatoire"),
        ({"name": "Vague", "starts_on": "31/31/2026"}, "date valide"),
    ],
)
def test_a_period_that_makes_no_sense_is_not_kept(gaelle, programme, values, said):
    response = gaelle.post(reverse("period_add", args=[programme.slug]), values)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert programme.periods.count() == 1


def test_a_period_is_closed(gaelle, programme, wave):
    url = reverse("period_close", args=[programme.slug, wave.pk])

    gaelle.post(url, {"ends_on": "2026-06-30"})

    wave.refresh_from_db()
    assert wave.ends_on == datetime.date(2026, 6, 30)


def test_a_period_that_people_entered_stays(gaelle, programme, wave, kiwi, caen):
    with scope.over([caen.pk]):
        PeriodEntry.objects.create(territory=caen, journey=kiwi, period=wave)

    response = gaelle.post(reverse("period_remove", args=[programme.slug, wave.pk]))

    assert response.status_code == 422
    assert "Des personnes sont entrées dans cette période" in response.content.decode()
    assert Period.objects.filter(pk=wave.pk).exists()
    assert not JournalEntry.objects.filter(act="period_changed").exists()


def test_one_that_nobody_entered_goes_with_its_targets(gaelle, programme, wave, caen):
    PeriodTarget.objects.create(period=wave, territory=caen, entries=5)

    asked = gaelle.get(reverse("period_remove", args=[programme.slug, wave.pk]))
    gaelle.post(reverse("period_remove", args=[programme.slug, wave.pk]))

    assert "Ce qui va se passer" in asked.content.decode()
    assert not Period.objects.filter(pk=wave.pk).exists()
    assert not PeriodTarget.objects.exists()


def test_all_targets_are_typed_in_one_form_and_added_up(gaelle, programme, wave, caen, vallees):
    url = reverse("periods", args=[programme.slug])

    page = gaelle.post(url, typed(caen, vallees, wave, 400, 240, 100, ""), follow=True)

    assert targets() == [("Caen la Mer", 400, 240), ("Vallées de l’Orne et de l’Odon", 100, None)]
    grid = next(grid for grid in page.context["grids"] if grid["period"] == wave)
    assert (grid["people"], grid["exits"]) == (500, 240)


def test_an_emptied_cell_takes_the_target_away(gaelle, programme, wave, caen, vallees):
    PeriodTarget.objects.create(period=wave, territory=caen, entries=5)

    gaelle.post(
        reverse("periods", args=[programme.slug]), typed(caen, vallees, wave, "", "", "", "")
    )

    assert targets() == []


def test_a_period_added_meanwhile_keeps_its_targets(gaelle, programme, wave, caen, vallees):
    first = programme.periods.get(name="Territoires Partagés")
    PeriodTarget.objects.create(period=wave, territory=caen, entries=5)

    gaelle.post(
        reverse("periods", args=[programme.slug]), typed(caen, vallees, first, 10, "", "", "")
    )

    assert {row.entries for row in PeriodTarget.objects.all()} == {5, 10}


@pytest.mark.parametrize(
    "numbers", [(10, 20, "", ""), ("", 3, "", ""), (-1, "", "", ""), ("x", "", "", "")]
)
def test_targets_that_make_no_sense_change_nothing(gaelle, programme, wave, caen, vallees, numbers):
    url = reverse("periods", args=[programme.slug])

    response = gaelle.post(url, typed(caen, vallees, wave, *numbers))

    assert response.status_code == 422
    assert targets() == []
