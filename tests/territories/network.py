"""A small consortium in Caen, and what the tests of the network share."""

import pytest
from django.urls import reverse

from territories.models import ConsortiumMember, Organisation
from tests.journeys.factories import ago


def body(name, programme, **fields) -> Organisation:
    slug = "".join(c for c in name.lower() if c.isalnum())[:40]
    found = Organisation.objects.create(name=name, slug=slug, kind="association", **fields)
    found.noted_in.add(programme)
    return found


def part(organisation, programme, role="supporter", **dates) -> ConsortiumMember:
    return organisation.consortia.create(
        programme=programme, role=role, **{"from_on": ago(100)} | dates
    )


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


@pytest.fixture
def network(caen, le_dome, le_wip, manager):
    programme = caen.programme
    part(le_dome, programme, "coordinator")
    part(le_wip, programme, "signatory", part="Ouvre son réseau.")
    part(body("Épicerie Émeraude", programme, city="Caen"), programme)
    body("Agence du Port", programme)
    return programme


def undo_url(page) -> str:
    """That of the last message: earlier ones were not read yet."""
    found = text(page).split("/programme/annuler/")[-1].split("/")[0]
    return reverse("network_undo", args=[found])
