"""« Mes papiers »: the person's own, kept, opened, taken away, on their phone or with the team."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys.documents.models import Document
from journeys.portal.actions import give_link
from rtr import due, scope
from territories.journal.models import JournalEntry
from tests.journeys import hostile
from tests.journeys.acts import errors, told
from tests.journeys.factories import ago
from tests.journeys.papers import acts, page_of, paper, photo


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


def test_the_person_keeps_opens_and_takes_away_a_paper(own_phone, camille):
    added = own_phone.post(
        reverse("portal_paper_add"), {"kind": "cv", "file": photo()}, follow=True
    )

    assert "Votre papier est gardé" in told(added)
    kept = Document.objects.get()
    assert (kept.kind, kept.seen_by) == ("cv", None)
    opened = own_phone.get(reverse("portal_paper", args=[kept.pk]))
    assert b"".join(opened.streaming_content).startswith(b"\xff\xd8")
    gone = own_phone.post(reverse("portal_paper_remove", args=[kept.pk]), follow=True)
    due.run_due("journeys.filetoerase")
    assert "C’est effacé" in told(gone)
    assert not Document.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)
    assert acts() == ["entered", "document_added", "downloaded", "document_removed"]
    own = JournalEntry.objects.get(act="downloaded")
    assert own.actor == camille.participant.user


def test_a_photo_of_the_person_wants_their_agreement(own_phone):
    for sent in ({}, {"agreed": ""}):
        page = own_phone.post(
            reverse("portal_paper_add"), {"kind": "portrait", "photo": photo(), **sent}
        )
        assert list(errors(page)) == ["agreed"]

    own_phone.post(
        reverse("portal_paper_add"), {"kind": "portrait", "photo": photo(), "agreed": "on"}
    )

    assert Document.objects.get().agreed_on == ago(0)


def test_taking_the_agreement_back_erases_the_photo_at_once(nadia, camille, coordinator):
    portrait = paper(camille, coordinator, kind="portrait", agreed_on=ago(3))

    page = nadia.opens("document_remove", camille, portrait.pk)
    assert "tout de suite" in page.content.decode()
    nadia.does("document_remove", camille, portrait.pk, reason="asked")
    due.run_due("journeys.filetoerase")

    assert not Document.objects.exists()
    assert not portrait.file.storage.exists(portrait.file.name)
    assert JournalEntry.objects.get(act="document_removed").fields == ["agreed_on"]


def test_a_file_is_not_a_face(own_phone):
    pdf = SimpleUploadedFile("moi.pdf", hostile.pdf(), "application/pdf")
    sent = {"kind": "portrait", "file": pdf, "agreed": "on"}

    page = own_phone.post(reverse("portal_paper_add"), sent)

    assert page.status_code == 422
    assert "JPEG ou PNG" in page.content.decode()


def test_nothing_is_mandatory_but_a_file_to_keep(own_phone):
    page = own_phone.post(reverse("portal_paper_add"), {"kind": "cv"})

    assert errors(page) == {"photo": ["Prenez une photo ou choisissez un fichier."]}


def test_before_a_contract_no_paper_is_kept(client, kiwi, coordinator, nadia):
    page = nadia.does("paper_add", kiwi, kind="cv", photo=photo())
    assert list(errors(page)) == ["photo"]
    client.post(reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)]))
    client.logout()
    link = give_link(journey=kiwi, by=coordinator)
    client.post(reverse("portal_enter", args=[link]))

    client.post(reverse("portal_paper_add"), {"kind": "cv", "file": photo()})

    assert not Document.objects.exists()
    assert "avec votre contrat" in client.get(reverse("portal_papers")).content.decode()


def test_the_team_keeps_a_paper_and_the_person_finds_it(nadia, camille, client, coordinator):
    nadia.does("paper_add", camille, kind="diploma", title="CAP cuisine", photo=photo())
    assert "ajouté par Nadia" in page_of(nadia.client, camille)
    link = give_link(journey=camille, by=coordinator)
    client.logout()
    client.post(reverse("portal_enter", args=[link]))

    page = client.get(reverse("portal_papers")).content.decode()

    assert "CAP cuisine" in page and "Ajouté par Nadia" in page


def test_proofs_are_not_among_ones_own_papers(own_phone, camille, coordinator):
    proof = paper(camille, coordinator, kind="identity", title="Carte")

    assert "Carte" not in own_phone.get(reverse("portal_papers")).content.decode()
    for name in ("portal_paper", "portal_paper_remove"):
        assert own_phone.post(reverse(name, args=[proof.pk])).status_code == 404
    assert Document.objects.standing().exists()


def test_at_most_twenty_papers(own_phone, camille):
    for _number in range(20):
        paper(camille, None)

    page = own_phone.post(reverse("portal_paper_add"), {"kind": "cv", "file": photo()})

    assert page.status_code == 422
    assert "Retirez-en un" in page.content.decode()
