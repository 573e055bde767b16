"""The tab of papers, and the person's own: kept, opened, changed, taken away, put back."""

import datetime
import os

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from journeys.documents.models import Document
from journeys.models import Absence, FileToErase, Outcome
from rtr import due, scope
from rtr.lib.uploads import BoundedUploadHandler
from tests.journeys import hostile
from tests.journeys.acts import errors, told
from tests.journeys.factories import ago, join
from tests.journeys.papers import acts, page_of, paper, photo


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


# -- Proofs --------------------------------------------------------------------------------------


def test_a_proof_is_seen_and_given_back(nadia, camille, coordinator):
    nadia.does("document_add", camille, kind="address", seen_on=ago(2))

    kept = Document.objects.get()
    assert (kept.seen_by, kept.seen_on, bool(kept.file)) == (coordinator, ago(2), False)
    page = page_of(nadia.client, camille)
    assert "et rendu" in page and "le quartier où la personne habite" in page


def test_a_pdf_is_kept_written_again(nadia, camille):
    raw = SimpleUploadedFile("Bulletin Camille.pdf", hostile.acting("opening"), "image/png")
    nadia.does("document_add", camille, kind="work_contract", seen_on=ago(0), photo=raw)

    kept = Document.objects.get()
    assert kept.content_type == "application/pdf"
    with kept.file.open() as file:
        assert b"JavaScript" not in file.read()


@pytest.mark.parametrize("raw", [hostile.PAGE, b"\0\0\0\x18ftypheic" + b"\0" * 99])
def test_a_refused_file_keeps_the_rest_of_the_form(nadia, camille, raw):
    sent = SimpleUploadedFile("bail.jpg", raw, "image/jpeg")
    page = nadia.does(
        "document_add", camille, kind="address", title="Bail", seen_on=ago(1), photo=sent
    )

    assert list(errors(page)) == ["photo"]
    assert 'value="Bail"' in page.content.decode()
    assert not Document.objects.exists()


def test_what_is_not_proved_yet_is_said_and_proved_from_there(nadia, camille, coordinator):
    outcome = Outcome.objects.create(
        territory=camille.territory, journey=camille, kind="cdi", started_on=ago(5)
    )
    exit_ = Absence.objects.create(
        territory=camille.territory, journey=camille, kind="exit", exit_kind="cdi", from_on=ago(1)
    )
    seen = Document.objects.create(
        territory=camille.territory,
        participant=camille.participant,
        kind="work_contract",
        seen_by=coordinator,
    )
    assert page_of(nadia.client, camille).count("à prouver par :") == 2

    nadia.does("outcome_prove", camille, outcome.pk, document=seen.pk)
    nadia.does("exit_prove", camille, exit_.pk, proof_kind="work_contract", proof_seen_on=ago(0))

    outcome.refresh_from_db(), exit_.refresh_from_db()
    assert outcome.proof == seen
    assert exit_.proof.kind == "work_contract" and exit_.proof != seen
    page = page_of(nadia.client, camille)
    assert "Ce qui manque encore" not in page and "Étape gagnée du" in page


def test_a_paper_of_somebody_else_proves_nothing(nadia, camille, kiwi, coordinator):
    outcome = Outcome.objects.create(
        territory=camille.territory, journey=camille, kind="cdi", started_on=ago(5)
    )
    mine = Document.objects.create(
        territory=camille.territory,
        participant=camille.participant,
        kind="other",
        seen_by=coordinator,
    )
    other = Document.objects.create(
        territory=kiwi.territory, participant=kiwi.participant, kind="other", seen_by=coordinator
    )
    own = paper(camille, coordinator)

    for wrong in (other.pk, own.pk, "x"):
        page = nadia.does("outcome_prove", camille, outcome.pk, document=wrong)
        assert list(errors(page)) == ["document"]
    assert list(errors(nadia.does("outcome_prove", camille, outcome.pk))) == ["proof_kind"]
    nadia.does("outcome_prove", camille, outcome.pk, document=mine.pk)
    outcome.refresh_from_db()
    assert outcome.proof == mine


def test_a_removed_proof_is_missing_again_until_it_comes_back(nadia, camille, coordinator):
    proof = paper(camille, coordinator, kind="work_contract")
    Outcome.objects.create(
        territory=camille.territory, journey=camille, kind="cdi", started_on=ago(5), proof=proof
    )

    nadia.does("document_remove", camille, proof.pk, reason="mistake")

    page = page_of(nadia.client, camille)
    assert "Ce qui manque encore" in page and "Annuler" in page
    assert nadia.client.get(reverse("document", args=[proof.pk])).status_code == 404
    nadia.client.post(reverse("document_restore", args=[camille.pk, proof.pk]))
    assert "Ce qui manque encore" not in page_of(nadia.client, camille)
    assert not FileToErase.objects.exists()
    assert acts() == ["document_removed", "document_restored"]


def test_a_removed_proof_goes_for_good_after_a_quarter_of_an_hour(nadia, camille, coordinator):
    proof = paper(camille, coordinator, kind="address")
    nadia.does("document_remove", camille, proof.pk, reason="useless")
    restore = reverse("document_restore", args=[camille.pk, proof.pk])

    due.run_due("journeys.filetoerase")
    assert proof.file.storage.exists(proof.file.name)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        page = nadia.client.post(restore, follow=True)
        assert "quart d’heure" in told(page)
        due.run_due("journeys.filetoerase")

    assert not proof.file.storage.exists(proof.file.name)
    assert not Document.objects.exists()


def test_only_who_took_it_away_puts_it_back(nadia, camille, coordinator, referent, client):
    join(camille, referent)
    proof = paper(camille, coordinator, kind="address")
    nadia.does("document_remove", camille, proof.pk, reason="asked")
    client.force_login(referent)

    client.post(reverse("document_restore", args=[camille.pk, proof.pk]))

    assert not Document.objects.standing().exists()


def test_a_reason_is_asked(nadia, camille, coordinator):
    proof = paper(camille, coordinator, kind="address")

    page = nadia.does("document_remove", camille, proof.pk)

    assert list(errors(page)) == ["reason"]
    assert Document.objects.standing().exists()


def test_another_file_takes_the_place_and_the_former_is_erased(nadia, camille, coordinator):
    proof = paper(camille, coordinator, kind="address")
    former = proof.file.name

    nadia.does("document_replace", camille, proof.pk, photo=photo())
    due.run_due("journeys.filetoerase")

    proof.refresh_from_db()
    assert proof.file.name != former and proof.file.storage.exists(proof.file.name)
    assert not proof.file.storage.exists(former)
    assert acts() == ["document_changed"]


def test_a_title_is_changed(nadia, camille, coordinator):
    proof = paper(camille, coordinator, kind="address")

    nadia.does("document_rename", camille, proof.pk, title="Quittance de mai")

    assert "Quittance de mai" in page_of(nadia.client, camille)


@pytest.mark.parametrize("act", ["document_remove", "document_rename", "document_replace"])
def test_a_page_signed_by_hand_stays(nadia, camille, coordinator, act):
    signed = paper(camille, coordinator, kind="signed_page")

    assert nadia.opens(act, camille, signed.pk).status_code == 404


def test_the_page_asks_as_much_of_many_papers_as_of_few(
    nadia, camille, coordinator, django_assert_max_num_queries
):
    few = _queries(nadia, camille)
    for number in range(8):
        proof = paper(camille, coordinator, kind="other", title=f"n° {number}")
        paper(camille, coordinator, kind="diploma")
        Outcome.objects.create(
            territory=camille.territory,
            journey=camille,
            kind="cdi",
            started_on=ago(number),
            proof=proof,
        )

    assert _queries(nadia, camille) == few
    with django_assert_max_num_queries(22):  # with the session, the account and its roles
        page_of(nadia.client, camille)


def _queries(nadia, journey) -> int:
    page_of(nadia.client, journey)
    with CaptureQueriesContext(connection) as found:
        page_of(nadia.client, journey)
    return len(found)


# -- Handing over --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["evaluator", "activity_referent", "animator"])
def test_others_open_no_paper(request, client, camille, coordinator, who):
    user = request.getfixturevalue(who)
    if who == "activity_referent":
        join(camille, user, "activity_referent")
    mine = paper(camille, coordinator)
    client.force_login(user)

    assert client.get(reverse("document", args=[mine.pk])).status_code in (403, 404)
    assert "downloaded" not in acts()


@pytest.mark.parametrize(
    ("method", "headers"),
    [("get", {}), ("head", {}), ("get", {"range": "bytes=0-1"}), ("post", {})],
    ids=["whole", "head", "range", "post"],
)
def test_no_way_of_asking_passes_the_journal(nadia, camille, coordinator, method, headers):
    proof = paper(camille, coordinator, kind="address")

    answer = getattr(nadia.client, method)(reverse("document", args=[proof.pk]), headers=headers)

    assert answer.status_code == 200 and "Content-Range" not in answer
    assert acts() == ["downloaded"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    answer.close()


# -- Too big -------------------------------------------------------------------------------------


def test_fifty_megabytes_are_refused_with_the_rest_of_the_form_kept(nadia, camille):
    heavy = SimpleUploadedFile("photo.jpg", hostile.image() + b"\0" * 50_000_000, "image/jpeg")
    page = nadia.does(
        "document_add", camille, kind="address", title="Bail", seen_on=ago(1), photo=heavy
    )

    assert "10 mégaoctets" in errors(page)["photo"][0]
    assert 'value="Bail"' in page.content.decode()


def test_a_file_too_big_is_held_neither_in_memory_nor_on_the_disk():
    handler, megabyte = BoundedUploadHandler(), b"\0" * 1024**2
    handler.new_file("photo", "photo.jpg", "image/jpeg", None, None, {})

    most = 0
    for number in range(50):
        handler.receive_data_chunk(megabyte, number * len(megabyte))
        most = max(most, handler.file.tell())
    file = handler.file_complete(50 * len(megabyte))

    assert most <= settings.UPLOAD_MOST_BYTES
    assert file.size == 50 * len(megabyte)
    assert os.fstat(file.file.fileno()).st_size == 0
    file.close()


def test_a_request_far_too_big_is_not_read(nadia, camille):
    class Unread:
        def read(self, *size):
            raise AssertionError("read")

        readline = read

    answer = nadia.client.generic(
        "POST",
        reverse("document_add", args=[camille.pk]),
        **{"wsgi.input": Unread()},
        CONTENT_LENGTH=str(settings.REQUEST_MOST_BYTES + 1),
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code == 413
    assert "beaucoup trop lourd" in answer.content.decode()
