"""Papers: seen by whom and when, kept as a photograph only where it must be, opened in the open."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from journeys.models import Document
from rtr import scope
from territories.journal.models import JournalEntry
from tests.journeys.acts import Actor, errors
from tests.journeys.factories import JourneyFactory, ago, join


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def contracted(caen, le_dome, inside):
    return JourneyFactory(territory=caen, contracted=True, participant__organisation=le_dome)


@pytest.fixture
def nadia(signed_in, coordinator):
    return Actor(signed_in(coordinator))


def photo(name="page.png", kind="PNG") -> SimpleUploadedFile:
    """A small picture that says where and by what it was taken."""
    image = Image.new("RGB", (40, 30), "white")
    exif = Image.Exif()
    exif[0x010F] = "Marque de téléphone"
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def read(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def paper(nadia, contracted):
    response = nadia.does(
        "document_add", contracted, kind="work_contract", seen_on=ago(1), photo=photo()
    )
    assert response.status_code == 302
    return Document.objects.get()


def test_a_photograph_is_drawn_again_without_its_secrets(paper):
    with paper.file.open() as file:
        content = file.read()

    assert content.startswith(b"\xff\xd8\xff"), "a JPEG"
    assert b"Marque" not in content
    assert "page" not in paper.file.name


def test_a_paper_opens_with_nothing_a_page_could_run(paper, nadia):
    response = nadia.client.get(reverse("document", args=[paper.pk]))

    assert response.status_code == 200
    assert read(response).startswith(b"\xff\xd8\xff")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Disposition"] == f'inline; filename="piece-{paper.pk}.jpg"'
    assert response["Cache-Control"] == "no-store"


def test_an_unknown_type_is_saved_and_never_shown(paper, nadia):
    Document.objects.update(content_type="text/html")

    response = nadia.client.get(reverse("document", args=[paper.pk]))

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    read(response)


def test_opening_a_paper_is_noted_and_told_on_the_page_of_the_team(
    paper, nadia, contracted, coordinator
):
    read(nadia.client.get(reverse("document", args=[paper.pk])))

    entry = JournalEntry.objects.get(act="downloaded")
    assert (entry.actor, entry.object_id) == (coordinator, paper.pk)
    text = nadia.opens("journey_team", contracted).content.decode()
    assert "Nadia Exemple a ouvert une pièce" in text


def test_a_paper_is_closed_to_those_who_may_not_open_the_file(
    paper,
    contracted,
    client,
    coordinator_of_marseille,
    referent,
    activity_referent,
    evaluator,
    animator,
):
    join(contracted, activity_referent, "activity_referent")
    expected = {
        coordinator_of_marseille: 404,
        referent: 404,  # not of the team
        activity_referent: 404,
        evaluator: 403,
        animator: 403,
    }
    for user, status in expected.items():
        client.force_login(user)
        assert client.get(reverse("document", args=[paper.pk])).status_code == status, user
    assert not JournalEntry.objects.filter(act="downloaded").exists()


def test_a_referent_of_the_team_opens_it_until_the_person_objects(
    paper, contracted, client, referent
):
    place = join(contracted, referent)
    client.force_login(referent)
    url = reverse("document", args=[paper.pk])
    opened = client.get(url)
    read(opened)

    place.suspended_on = ago(0)
    place.save()

    assert (opened.status_code, client.get(url).status_code) == (200, 404)


def test_a_false_referent_of_the_team_opens_no_paper(paper, contracted, client, referent):
    join(contracted, referent, "activity_referent")
    client.force_login(referent)

    assert client.get(reverse("document", args=[paper.pk])).status_code == 404


def test_a_paper_given_back_has_nothing_to_open(nadia, contracted):
    nadia.does("document_add", contracted, kind="other", seen_on=ago(1))

    paper = Document.objects.get()
    assert nadia.client.get(reverse("document", args=[paper.pk])).status_code == 404


def test_a_lost_file_is_not_found(paper, nadia):
    paper.file.storage.delete(paper.file.name)

    assert nadia.client.get(reverse("document", args=[paper.pk])).status_code == 404


def test_what_is_no_photograph_is_refused_beside_its_field(nadia, contracted):
    page = SimpleUploadedFile("page.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")

    response = nadia.does("document_add", contracted, kind="other", seen_on=ago(1), photo=page)

    assert "n'est pas une photo lisible" in errors(response)["photo"][0]
    assert not Document.objects.exists()


def test_no_identity_is_kept_before_a_contract_is_prepared(nadia, kiwi):
    seen = nadia.does("document_add", kiwi, kind="identity", seen_on=ago(0))
    kept = nadia.does("document_add", kiwi, kind="identity", seen_on=ago(0), photo=photo())

    assert seen.status_code == 302
    assert "se regarde et se rend" in errors(kept)["photo"][0]


def test_a_proof_comes_with_an_exit_and_a_bad_one_stops_both(nadia, contracted):
    leaving = {"on": ago(1), "kind": "cdi", "agreed": "no", "proof_kind": "work_contract"}
    bad = SimpleUploadedFile("page.jpg", b"rien", content_type="image/jpeg")

    refused = nadia.does("leave", contracted, **leaving, photo=bad)
    assert "photo" in errors(refused)
    assert not contracted.absences.exists()

    nadia.does("leave", contracted, **leaving, photo=photo())

    proof = contracted.absences.get().proof
    assert proof.file and proof.seen_on == ago(0)
