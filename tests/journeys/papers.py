"""People with papers, and their pages, for the tests of both sides."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys.documents.models import Document
from journeys.portal.actions import give_link
from territories.journal.models import JournalEntry
from tests.journeys import hostile
from tests.journeys.acts import Actor
from tests.journeys.factories import JourneyFactory


@pytest.fixture
def camille(caen, le_dome):
    return JourneyFactory(territory=caen, contracted=True, participant__organisation=le_dome)


@pytest.fixture
def nadia(client, coordinator):
    client.force_login(coordinator)
    return Actor(client)


@pytest.fixture
def own_phone(client, camille, coordinator):
    """Camille's own phone, once the link was used."""
    client.post(reverse("portal_enter", args=[give_link(journey=camille, by=coordinator)]))
    camille.participant.refresh_from_db()
    return client


def photo(name="camille.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.image(exif=hostile.exif()), "image/jpeg")


def paper(journey, by, kind="cv", **fields) -> Document:
    found = Document(
        territory=journey.territory,
        participant=journey.participant,
        kind=kind,
        seen_by=by,
        content_type="image/jpeg",
        **fields,
    )
    found.file.save("file", photo())
    return found


def page_of(client, journey) -> str:
    page = client.get(reverse("journey_documents", args=[journey.pk]))
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def acts() -> list[str]:
    found = JournalEntry.objects.filter(participant_id__isnull=False).exclude(
        act__in=["opened", "link_given"]
    )
    return list(found.order_by("pk").values_list("act", flat=True))
