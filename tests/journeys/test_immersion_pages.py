"""Immersions on paper and on screen."""

import datetime
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from journeys.frames.enums import State
from journeys.frames.printing import pdf
from journeys.models import Journey
from rtr import scope
from tests.journeys.acts import Actor, errors
from tests.journeys.contracts import photo
from tests.journeys.factories import ago, join
from tests.journeys.immersions import SIRET, asked, prepared, signed, talent


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def pixel(caen, le_dome, coordinator) -> Journey:
    return talent(caen, le_dome)


# -- The paper -------------------------------------------------------------------------------------


def words(content: bytes) -> str:
    paper = pypdf.PdfReader(BytesIO(content))
    text = " ".join(page.extract_text() for page in paper.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_paper_says_who_when_and_within_which_limits(pixel, coordinator):
    row = prepared(pixel, coordinator, from_on=on("2026-12-01"), until_on=on("2026-12-11"))

    said = words(pdf(row))

    for expected in (
        "Camille Martin",
        "17 mai 1995",
        "Vélo Cité",
        "732 829 320 00074",
        "Marc Bellet, Chef d’atelier",
        "France Travail Caen (France Travail)",
        "Assurances du Port, police RC 4521",
        "du mar. 1er déc. 2026 au ven. 11 déc. 2026, 11 jours",
        "Découvrir un métier ou un secteur",
        "Un mois au plus, de date à date",
        "60 jours au plus en douze mois",
    ):
        assert expected in said, expected
    assert said.count("Signature :") == 4  # who accompanies is another body than who prescribes
    for kept_out in (pixel.participant.code, "Pixel", "talent", "insertion", "frein"):
        assert kept_out not in said.split("Signatures")[0]


def test_three_sign_where_who_accompanies_prescribes(pixel, coordinator):
    row = prepared(pixel, coordinator, prescriber_kind="agreed", prescriber="Le Dôme")

    assert words(pdf(row)).count("Signature :") == 3


def test_the_paper_is_tagged_and_nothing_typed_is_run(pixel, coordinator):
    hostile = '#panic("x") *gras* $1/0$ #{1+1} \\ <b>'
    content = pdf(prepared(pixel, coordinator, tasks=hostile))

    root = pypdf.PdfReader(BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert hostile in words(content)


# -- Pages -----------------------------------------------------------------------------------------


@pytest.fixture
def actor(signed_in, coordinator):
    return Actor(signed_in(coordinator))


def test_prepared_printed_and_signed_from_the_file(actor, pixel):
    typed = asked() | {"host_siret": "732 829 320 00074", "weekdays": ["0", "1"]}
    answer = actor.does("immersion_prepare", pixel, **typed)
    assert answer.status_code == 302, errors(answer)
    row = pixel.immersions.get()
    assert (row.host_siret, row.weekdays, row.tutor_contact) == (SIRET, [0, 1], "marc@exemple.fr")

    paper = actor.opens("immersion_pdf", pixel, row.pk)
    assert paper["Content-Type"] == "application/pdf" and paper.content[:4] == b"%PDF"
    found = errors(actor.does("immersion_sign", pixel, row.pk, signed_on=ago(0)))
    assert list(found) == ["looked"]
    actor.does("immersion_sign", pixel, row.pk, signed_on=ago(0), looked="on", photo=photo())

    page = actor.opens("immersion", pixel, row.pk).content.decode()
    assert "Convention signée" in page and "vue par Nadia" in page
    assert "Vélo Cité" in actor.opens("frames", pixel).content.decode()
    assert "Vélo Cité" in actor.client.get(reverse("frames_team")).content.decode()


def test_a_wrong_siret_says_which_key_is_wrong(actor, pixel):
    found = errors(actor.does("immersion_prepare", pixel, **asked(host_siret="73282932000075")))

    assert "La clé ne va pas" in found["host_siret"][0]


def test_the_days_already_counted_are_told_on_the_form(actor, pixel, coordinator):
    prepared(pixel, coordinator, from_on=ago(20), until_on=ago(9))

    page = actor.opens("immersion_prepare", pixel).content.decode().replace("\u00a0", " ")

    assert "Vélo Cité : 12 jours déjà comptés chez cet employeur sur 60." in page


def test_an_anonymous_person_s_form_says_what_comes_first(actor, kiwi):
    page = actor.opens("immersion_prepare", kiwi).content.decode()

    assert "préparez d’abord le contrat" in page.replace("\u00a0", " ")


def test_every_act_on_an_immersion_from_its_page(actor, pixel, coordinator):
    row = signed(pixel, coordinator, from_on=ago(5), until_on=ago(-5))
    actor.does("immersion_end", pixel, row.pk, on=ago(0), reason="both")
    actor.does("immersion_assess", pixel, row.pk, liked="Les vélos", again="yes")
    gone = prepared(pixel, coordinator, purpose="confirm")
    actor.does("immersion_cancel", pixel, gone.pk, reason="host")
    answer = actor.does(
        "immersion_renew",
        pixel,
        row.pk,
        **{k: v for k, v in asked().items() if k not in ("purpose", "objectives")},
    )

    assert answer.status_code == 302
    row.refresh_from_db(), gone.refresh_from_db()
    assert (row.state, gone.state) == (State.ASSESSED, State.CANCELLED)
    assert row.renewals.get().purpose == row.purpose


def test_pages_cost_the_same_with_many(actor, pixel, coordinator, django_assert_max_num_queries):
    for month in range(1, 9):
        prepared(pixel, coordinator, from_on=on(f"2023-{month:02}-01"), host_siret=f"{month:014}")

    with django_assert_max_num_queries(30):
        actor.client.get(reverse("frames_team"))
    with django_assert_max_num_queries(30):
        actor.opens("frames", pixel)


def test_a_reference_of_activity_reads_but_does_not_act(
    signed_in, activity_referent, pixel, coordinator
):
    join(pixel, activity_referent, role="activity_referent")
    row = prepared(pixel, coordinator)
    actor = Actor(signed_in(activity_referent))

    page = actor.opens("immersion", pixel, row.pk)

    assert page.status_code == 200 and "marc@exemple.fr" not in page.content.decode()
    assert actor.opens("immersion_pdf", pixel, row.pk).status_code == 403
