"""The manager's first page: the year at a glance, what is aimed at, what needs them."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from evaluation.overview.targets import Progress
from journeys.models import Absence, FollowUp, PeriodEntry, PurgedCount, Referral
from rtr import scope
from territories.models import Period, PeriodTarget
from tests.evaluation.crowd import journeys
from tests.journeys.crowd import crowd
from tests.journeys.factories import JourneyFactory, ago

NOW = datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def gaelle(signed_in, manager):
    return signed_in(manager)


@pytest.fixture
def overview(gaelle):
    """`overview(periode="toutes")` gives what the manager reads."""

    def read(**query):
        response = gaelle.get(reverse("programme"), query)
        assert response.status_code == 200
        return response

    return read


def sentences(response) -> str:
    said = " ".join(need.sentence for need in response.context["needs"])
    return said.replace("\u00a0", " ")


def people(response, name) -> dict:
    lines = response.context["overview"].lines
    return next(line.people for line in lines if line.territory.name == name)


def test_a_manager_lands_on_it(gaelle):
    assert gaelle.get(reverse("home")).url == reverse("programme")


def test_nobody_yet_is_said(overview):
    assert "Personne n’est encore accueilli" in overview().content.decode()


def test_everybody_is_counted_once_where_they_are(overview, caen, vallees, le_dome):
    journeys(caen, le_dome, 3, on=TODAY, contracted=False)
    journeys(caen, le_dome, 4, on=TODAY)
    journeys(caen, le_dome, 2, on=TODAY, exit_kind="cdi")
    journeys(vallees, le_dome, 1, on=TODAY, exit_kind="benevolat")
    with scope.over([caen.pk]):
        PurgedCount.objects.create(territory=caen, month=ago(90).replace(day=1), people=5)

    read = overview()

    assert people(read, "Caen la Mer") == {
        "accueil": 14,
        "butinage": 3,
        "contrat": 6,
        "en_cours": 4,
        "pause": 0,
        "duree_depassee": 0,
        "sortie": 2,
        "officielle": 2,
        "programme": 0,
    }
    assert people(read, "Vallées de l’Orne et de l’Odon")["programme"] == 1
    assert read.context["overview"].total.people["accueil"] == 15


def test_months_add_up_to_what_happened_in_them(overview, caen, le_dome):
    journeys(caen, le_dome, 4, on=TODAY)  # met in May, signed in August
    journeys(caen, le_dome, 2, on=TODAY, exit_kind="cdi")  # left five days ago
    with scope.over([caen.pk]):
        row = JourneyFactory(territory=caen, participant__organisation=le_dome)
        row.first_contact_on = datetime.date(2025, 11, 30)  # a month too old
        row.save()

    twin = {row.month.strftime("%Y-%m"): row.people for row in overview().context["twin"]}

    assert len(twin) == 12
    assert twin["2026-05"] == [6, 0, 0, 0]
    assert twin["2026-08"] == [0, 6, 0, 0]
    assert twin["2026-11"] == [0, 0, 2, 0]
    assert sum(row[0] for row in twin.values()) == 6


def test_a_period_narrows_everything_to_those_who_entered_it(overview, caen, le_dome):
    journeys(caen, le_dome, 3, on=TODAY)
    wave = Period.objects.create(
        programme=caen.programme, name="Vague", starts_on=datetime.date(2026, 1, 1)
    )
    PeriodTarget.objects.create(period=wave, territory=caen, entries=8)
    with scope.over([caen.pk]):
        row = JourneyFactory(territory=caen, participant__organisation=le_dome, contracted=True)
        PeriodEntry.objects.create(territory=caen, journey=row, period=wave)

    read = overview(periode=wave.pk)

    assert people(read, "Caen la Mer")["contrat"] == 1
    aim = read.context["overview"].lines[0].aims[0]
    assert (aim.reached, aim.aimed) == (1, 8)
    assert people(overview(periode="toutes"), "Caen la Mer")["contrat"] == 4


@pytest.mark.parametrize("wrong", ["0", "abc", "99999999"])
def test_a_period_that_is_not_theirs_is_not_there(gaelle, caen, wrong):
    assert gaelle.get(reverse("programme"), {"periode": wrong}).status_code == 404


def test_a_coordinator_has_another_first_page(signed_in, coordinator, caen):
    assert signed_in(coordinator).get(reverse("programme")).status_code == 403


# -- Targets ---------------------------------------------------------------------------------------


def progress(**values) -> Progress:
    known = {
        "label": "Contrats signés",
        "reached": 400,
        "aimed": 500,
        "lately": 30,
        "today": TODAY,
        "starts_on": datetime.date(2025, 1, 1),
        "ends_on": datetime.date(2027, 2, 24),
    }
    return Progress(**known | values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "au rythme des trois derniers mois : 430 sur 500 en févr. 2027"),
        ({"lately": 0}, "rien de nouveau ces trois derniers mois"),
        ({"reached": 500}, "objectif atteint"),
        ({"ends_on": None}, "au rythme des trois derniers mois : 500 en sept. 2027"),
        ({"ends_on": None, "lately": 1}, "au rythme des trois derniers mois : pas avant dix ans"),
        ({"ends_on": datetime.date(2026, 10, 1)}, ""),
    ],
)
def test_where_the_pace_leads_is_said_plainly(values, said):
    assert progress(**values).projection.replace("\u00a0", " ") == said


def test_time_passes_beside_what_is_reached():
    aim = progress()

    assert (aim.share, aim.time, aim.is_late) == (80, 88, True)
    assert progress(lately=120).is_late is False
    assert progress(ends_on=None).time is None


def test_the_pace_is_that_of_three_whole_months(overview, caen, le_dome):
    period = caen.programme.periods.get()
    period.ends_on = datetime.date(2026, 12, 24)
    period.save()
    PeriodTarget.objects.create(period=period, territory=caen, entries=100)
    journeys(caen, le_dome, 6, on=TODAY)  # signed in August: 2 a month

    aim = overview(periode="toutes").context["overview"].lines[0].aims[0]

    assert (aim.lately, aim.projected) == (6, 8)


# -- What needs the manager ------------------------------------------------------------------------


def test_what_is_set_well_asks_nothing(overview, coordinator, caen, vallees):
    period = caen.programme.periods.get()
    for territory in (caen, vallees):
        PeriodTarget.objects.create(period=period, territory=territory, entries=5)

    assert overview().context["needs"] == []


def test_what_is_missing_is_told_with_where_to_give_it(overview, caen):
    caen.programme.contract_text = ""
    caen.programme.official_positive_exits = []
    caen.programme.save()

    read = overview()

    said = sentences(read)
    assert "Le contrat n’a pas de texte." in said
    assert "Aucune sortie ne compte comme positive officielle." in said
    assert "Pas d’objectif chiffré pour Caen la Mer et Vallées de l’Orne et de l’Odon." in said
    assert "Caen la Mer n’a personne à la coordination." in said
    assert reverse("programme_setting", args=[caen.programme.slug, "texte"]) in (
        read.content.decode()
    )


def test_people_who_wait_are_counted(overview, caen, vallees, le_dome, kiwi):
    with scope.over([caen.pk, vallees.pk]):
        crowd(2, vallees, le_dome)
        sent = {"channel": "mission_locale", "prescriber": "ML", "agreed_on": ago(30)}
        Referral.objects.create(territory=caen, **sent, received_on=ago(25))
        Referral.objects.create(territory=caen, **sent, received_on=ago(3))
        left = Absence.objects.create(
            territory=caen, journey=kiwi, kind="exit", exit_kind="cdi", from_on=ago(40)
        )
        FollowUp.objects.create(
            territory=caen,
            journey=kiwi,
            absence=left,
            milestone="exit",
            opens_on=ago(40),
            late_on=ago(12),
        )

    read = overview()

    said = sentences(read)
    assert "Deux personnes n’ont pas de référent." in said
    assert "Une orientation attend une réponse et expire sous sept jours." in said
    assert "Un suivi est en retard." in said


def test_links_lead_to_pages_that_open(overview, gaelle, caen, kiwi):
    for need in overview().context["needs"]:
        assert gaelle.get(need.url).status_code == 200


# -- Cost ------------------------------------------------------------------------------------------

MOST = 24


def test_it_costs_the_same_for_20_people_and_for_2000(
    gaelle, caen, vallees, le_dome, everywhere, django_assert_max_num_queries
):
    journeys(caen, le_dome, 10, on=TODAY)
    journeys(vallees, le_dome, 10, on=TODAY, exit_kind="cdi")
    url = reverse("programme")
    gaelle.get(url)
    with django_assert_max_num_queries(MOST) as few:
        gaelle.get(url)
    crowd(1000, caen, le_dome)
    crowd(980, vallees, le_dome)
    with django_assert_max_num_queries(MOST) as many:
        read = gaelle.get(url)

    assert len(few) == len(many)
    assert read.context["overview"].total.people["accueil"] == 2000


# -- On other pages --------------------------------------------------------------------------------


def test_results_are_read_with_the_place_where_they_happen(signed_in, evaluator, caen, le_dome):
    journeys(caen, le_dome, 15, on=datetime.date(2026, 10, 31))
    caen.context.create(indicator="chomage", year=2024, value=6.7, source="INSEE")
    caen.context.create(indicator="chomage", year=2023, value=7.2, source="INSEE")

    shown = signed_in(evaluator).get(reverse("evaluation")).content.decode()

    assert "6,7\u00a0%" in shown and "7,2" not in shown
    assert "Sources : INSEE." in shown.replace("\u00a0", " ")
