"""The evaluators' first page: figures without names, small ones hidden, on a reporting date."""

import csv
import datetime
import io

import pytest
import time_machine
from django.urls import reverse

from evaluation.dashboards import counts
from evaluation.dashboards.board import board
from journeys.models import PurgedCount
from rtr import scope
from territories.models import JournalEntry
from tests.evaluation.crowd import ON, journeys
from tests.journeys.factories import JourneyFactory

TODAY = datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def two_territories(caen, vallees, le_dome):
    """Caen: 20 in butinage, 30 under contract, 15 and 14 left; Vallées: 12, 16, 12 and 3."""
    journeys(caen, le_dome, 20, contracted=False)
    journeys(caen, le_dome, 30, resources="rsa")
    journeys(caen, le_dome, 15, exit_kind="cdi")
    journeys(caen, le_dome, 14, exit_kind="benevolat")
    journeys(vallees, le_dome, 12, contracted=False)
    journeys(vallees, le_dome, 16)
    journeys(vallees, le_dome, 12, exit_kind="cdi")
    journeys(vallees, le_dome, 3, exit_kind="benevolat")
    return caen, vallees


def rows(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def of(response, modality) -> dict[str, str]:
    found = [row for row in rows(response) if row["modalite"] == modality]
    return {row["territoire"]: row["valeur"] or "masqué" for row in found}


def test_each_person_is_counted_once_where_they_are(two_territories):
    caen, vallees = two_territories

    with scope.over([caen.pk, vallees.pk]):
        found = counts.journeys(caen.programme, [caen.pk, vallees.pk], ON)

    assert found["butinage", caen.pk] == 20
    assert found["en_cours", caen.pk] == 30
    assert (found["emploi_durable", caen.pk], found["benevolat", vallees.pk]) == (15, 3)
    assert sum(found.values()) == 20 + 30 + 15 + 14 + 12 + 16 + 12 + 3


def test_what_happens_after_the_reporting_date_waits_for_the_next_one(caen, le_dome):
    journeys(caen, le_dome, 12)
    with scope.over([caen.pk]):
        late = JourneyFactory(territory=caen, participant__organisation=le_dome)
        late.first_contact_on = ON + datetime.timedelta(days=1)
        late.save()
        found = counts.journeys(caen.programme, [caen.pk], ON)

    assert sum(found.values()) == 12


def test_files_erased_since_stay_in_the_number_of_people_welcomed(caen, le_dome):
    journeys(caen, le_dome, 12)
    with scope.over([caen.pk]):
        PurgedCount.objects.create(
            territory=caen, month=ON.replace(day=1), channel="presence", people=14
        )

    found = board(caen.programme, [caen.pk], ON)

    assert (found.journeys.all("accueil"), found.journeys.all("effacee")) == (26, 14)


def test_official_and_own_positive_exits_stand_side_by_side(signed_in, evaluator, two_territories):
    response = signed_in(evaluator).get(reverse("evaluation_csv"))

    classes = {row["modalite"]: row["classe"] for row in rows(response)}
    assert (classes["emploi_durable"], classes["benevolat"]) == ("officielle", "programme")
    assert of(response, "officielle")["ensemble"] == "27"
    assert of(response, "programme")["ensemble"] == "17"


def test_numbers_under_eleven_are_hidden_and_cannot_be_subtracted(
    signed_in, evaluator, two_territories
):
    response = signed_in(evaluator).get(reverse("evaluation_csv"))

    volunteers = of(response, "benevolat")
    assert (volunteers["caen"], volunteers["vallees"]) == ("masqué", "masqué")
    jobs = of(response, "emploi_durable")
    assert (jobs["caen"], jobs["vallees"], jobs["ensemble"]) == ("masqué", "masqué", "27")


def test_a_territory_alone_shows_what_the_whole_shows_of_it(signed_in, evaluator, two_territories):
    """Two pages and the total, laid side by side, tell nothing more."""
    caen, _vallees = two_territories
    client = signed_in(evaluator)
    whole = rows(client.get(reverse("evaluation_csv")))
    client.get(reverse("switch_place"), {"place": caen.pk})

    alone = rows(client.get(reverse("evaluation_csv")))

    assert alone
    assert alone == [row for row in whole if row["territoire"] == "caen"]


def test_a_coordinator_of_one_territory_reads_the_same_hidden_cells(
    signed_in, coordinator, evaluator, two_territories
):
    caen, vallees = two_territories
    whole = rows(signed_in(evaluator).get(reverse("evaluation_csv")))
    coordinator.memberships.get().territories.remove(vallees)

    hers = rows(signed_in(coordinator).get(reverse("evaluation_csv")))

    assert hers == [row for row in whole if row["territoire"] == "caen"]


def test_a_territory_of_few_people_is_in_no_figure(signed_in, evaluator, caen, vallees, le_dome):
    journeys(caen, le_dome, 15)
    journeys(vallees, le_dome, 10)

    response = signed_in(evaluator).get(reverse("evaluation"))

    text = response.content.decode()
    assert "Moins de onze personnes accueillies : Vallées de l’Orne" in text
    assert response.context["board"].journeys.all("accueil") == 15


def test_the_page_names_nobody(signed_in, evaluator, two_territories):
    text = signed_in(evaluator).get(reverse("evaluation")).content.decode()

    assert "arrêtés au 31\u00a0oct.\u00a02026" in text
    assert "Zébulon" not in text
    assert "LOUTRE" not in text


def test_sensitive_publics_are_counted_nowhere(signed_in, evaluator, caen, le_dome):
    journeys(caen, le_dome, 15, resources="aah", publics=["boeth", "fle"], disability="yes")

    response = signed_in(evaluator).get(reverse("evaluation_csv"))

    publics = {row["modalite"] for row in rows(response) if row["dimension"] == "public"}
    assert "fle" in publics
    assert not publics & {"aah", "boeth", "protection_internationale", "protection_temporaire"}


def test_somebody_of_another_programme_finds_nothing(
    signed_in, coordinator_of_marseille, two_territories
):
    client = signed_in(coordinator_of_marseille)

    response = client.get(reverse("evaluation"), {"programme": "territoires-partages"})

    assert response.status_code == 404


def test_a_programme_without_figures_says_when_they_come(signed_in, evaluator, caen):
    response = signed_in(evaluator).get(reverse("evaluation"))

    assert "Pas encore de chiffres." in response.content.decode()


def test_excel_gets_its_own_writing_of_the_same_rows(signed_in, evaluator, two_territories):
    client = signed_in(evaluator)

    response = client.get(reverse("evaluation_csv"), {"excel": "1"})

    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert list(csv.DictReader(io.StringIO(text), delimiter=";")) == rows(
        client.get(reverse("evaluation_csv"))
    )


def test_a_download_is_told_to_the_journal(signed_in, evaluator, two_territories, everywhere):
    signed_in(evaluator).get(reverse("evaluation_csv"))

    entry = JournalEntry.objects.get(act="exported")
    assert (entry.actor, entry.object_type) == (evaluator, "programme")


def test_the_page_asks_few_questions_whatever_the_number(
    signed_in, evaluator, two_territories, django_assert_max_num_queries
):
    client = signed_in(evaluator)

    with django_assert_max_num_queries(15):
        client.get(reverse("evaluation"))
