"""The list as a file: the same people, streamed, and nothing a spreadsheet would run."""

import csv
import io
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from journeys.models import Participant
from rtr import scope
from rtr.lib.sheets import STARTS, harmless
from territories.journal.models import JournalEntry
from territories.models import Organisation
from tests.journeys.crowd import crowd
from tests.journeys.factories import join
from tests.journeys.lists import absent


@pytest.fixture(autouse=True)
def inside(everywhere):
    """Tests read everywhere; each request has its own scope."""


@pytest.fixture
def read(signed_in):
    """`read(user, status="left")` gives the file's lines, as dictionaries."""

    def lines(user, **query):
        answer = signed_in(user).get(reverse("participants_csv"), query)
        assert answer.status_code == 200, answer
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        text = b"".join(answer.streaming_content).decode()
        sign = ";" if query.get("excel") else ","
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=sign))

    return lines


def test_the_file_says_what_the_page_says(read, coordinator, referent, person, caen):
    journey = person("Kiwi", contracted=True)
    join(journey, referent)
    Participant.objects.filter(pk=journey.participant_id).update(phone="+33639981234")

    (line,) = read(coordinator)

    assert line == {
        "code": journey.participant.code,
        "surnom": "Kiwi",
        "territoire": "Caen la Mer",
        "structure": "Le Dôme",
        "rencontre": "Présence sur un lieu de vie",
        "phase": "Repérage",
        "statut": "Actif",
        "accueil": journey.participant.welcomed_on.isoformat(),
        "premiere_rencontre": journey.first_contact_on.isoformat(),
        "entree": journey.entry_on.isoformat(),
        "limite": journey.limit_on.isoformat(),
        "dernier_contact": journey.last_contact_on.isoformat(),
        "referent": "Karim Exemple",
        "prenom": "Camille",
        "nom": "Martin",
        "telephone": "06 39 98 12 34",
    }


def test_the_file_has_the_page_s_filters_words_and_scope(
    read, coordinator, coordinator_of_marseille, person, fatou_in_marseille
):
    person("Kiwi")
    absent(person("Zaza"), "exit")

    assert [line["surnom"] for line in read(coordinator)] == ["Kiwi", "Zaza"]
    assert [line["surnom"] for line in read(coordinator, status="left")] == ["Zaza"]
    assert [line["surnom"] for line in read(coordinator, q="ki")] == ["Kiwi"]
    assert [line["surnom"] for line in read(coordinator_of_marseille)] == ["Fatou"]


def test_a_name_noted_for_a_draft_stays_out(read, coordinator, person):
    journey = person("Kiwi")
    Participant.objects.filter(pk=journey.participant_id).update(
        identified_on=timezone.localdate(), first_name="Camille", last_name="Martin"
    )

    (line,) = read(coordinator)

    assert (line["prenom"], line["nom"], line["telephone"]) == ("", "", "")


@pytest.mark.parametrize("role", ["referent", "activity_referent", "animator", "evaluator"])
def test_only_the_coordination_takes_the_list_away(request, signed_in, role, kiwi):
    user = request.getfixturevalue(role)

    assert signed_in(user).get(reverse("participants_csv")).status_code == 403


HOSTILE = [f"{sign}1+1" for sign in STARTS] + [" =1+1", "\t=1+1", "\r=1+1", "\u00a0＝1+1", " @x"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("excel", ["", "1"])
def test_no_cell_is_a_formula(read, coordinator, person, text, excel):
    journey = person(text, contracted=True)
    Participant.objects.filter(pk=journey.participant_id).update(first_name=text, last_name=text)
    Organisation.objects.filter(pk=journey.participant.organisation_id).update(short_name=text)

    (line,) = read(coordinator, **({"excel": excel} if excel else {}))

    assert {line["surnom"], line["prenom"], line["nom"]} == {harmless(text)}
    for cell in line.values():
        assert cell[:1] not in set(STARTS) | set(" \t\r\n\u00a0")


@pytest.mark.parametrize("text", ["Zaza", "d’Artagnan", 'l\'Autre; "x", y', "1+1", "a=b", "Éloïse"])
def test_ordinary_words_are_unharmed(read, coordinator, person, text):
    person(text)

    assert read(coordinator)[0]["surnom"] == text == harmless(text)


@pytest.mark.parametrize(
    ("phone", "written"),
    [("+33639981234", "06 39 98 12 34"), ("+447400123456", "00 447400123456"), ("", "")],
)
def test_phone_numbers_stay_whole(read, coordinator, person, phone, written):
    journey = person("Kiwi", contracted=True)
    Participant.objects.filter(pk=journey.participant_id).update(phone=phone)

    assert read(coordinator)[0]["telephone"] == written


def test_the_writing_for_a_french_spreadsheet(signed_in, coordinator, kiwi):
    answer = signed_in(coordinator).get(reverse("participants_csv"), {"excel": "1"})

    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffcode;surnom;")
    assert ".csv" in answer["Content-Disposition"]


def test_nothing_to_download_is_a_page_that_says_why(signed_in, coordinator, kiwi):
    client = signed_in(coordinator)

    page = client.get(reverse("participants_csv"), {"status": "left", "q": "kiwi"})

    text = page.content.decode()
    assert "le fichier serait vide" in text
    assert "Statut : Sorti" in text
    assert "La recherche « kiwi »" in text


def test_the_journal_says_who_took_the_list_and_never_what_was_in_it(
    read, coordinator, kiwi, vallees
):
    read(coordinator, phase="reperage")

    lines = JournalEntry.objects.filter(act="exported")
    assert {(e.actor, e.territory_id, *e.fields) for e in lines} == {
        (coordinator, kiwi.territory_id, "phase"),
        (coordinator, vallees.pk, "phase"),
    }


def test_memory_and_queries_do_not_follow_the_number_of_people(
    signed_in, coordinator, caen, le_dome
):
    client = signed_in(coordinator)
    crowd(20, caen, le_dome)
    few = cost(client)

    crowd(3000, caen, le_dome, first=20)
    many = cost(client)

    assert (few["lines"], many["lines"]) == (21, 3021)
    assert few["queries"] == many["queries"]
    assert many["memory"] - few["memory"] < 1_000_000


def cost(client) -> dict[str, int]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("participants_csv"))
        tracemalloc.start()
        lines = sum(block.count(b"\n") for block in answer.streaming_content)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return {"lines": lines, "memory": peak, "queries": len(captured)}


def test_the_stream_keeps_the_reader_s_scope_once_the_view_has_answered(
    signed_in, coordinator, kiwi, fatou_in_marseille
):
    answer = signed_in(coordinator).get(reverse("participants_csv"))

    with scope.over([]):
        text = b"".join(answer.streaming_content).decode()

    assert "Kiwi" in text
    assert "Fatou" not in text
