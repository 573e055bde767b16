"""Anybody verifies a badge, on a phone and on a desk, with or without JavaScript."""

import json

import pytest
from django.utils import timezone

from badges.achievements.drawing import draw
from badges.credentials.actions import award, revoke
from rtr import scope
from tests.badges.factories import a_recipient, a_version, an_issuer, signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def badge(caen, le_dome, settings, live_server):
    settings.BADGES_URL = live_server.url
    issuer = an_issuer(le_dome)
    with scope.over([caen.pk]):
        version = a_version(caen, le_dome)
        version.image_svg = draw({"pictogram": "tools", "title": "Découper au laser"})
        version.save()
        found = award(recipient=a_recipient(caen), version=version, issuer=issuer, by=None)
        yield signed(found)


def test_a_stranger_verifies_a_badge_that_was_sent_to_them(person, badge, live_server, tmp_path):
    file = tmp_path / "badge.json"
    file.write_text(badge.document, encoding="utf-8")
    stranger = person()
    stranger.page.goto(f"{live_server.url}/verifier/")
    stranger.looks()

    stranger.page.get_by_label("Le fichier du badge").set_input_files(file)
    stranger.page.get_by_role("button", name="Vérifier").click()
    stranger.reads("Ce badge est authentique")
    stranger.looks()

    forged = json.loads(badge.document) | {
        "validFrom": timezone.now().strftime("%Y-%m-%dT00:00:00Z")
    }
    stranger.page.get_by_label("Ou son lien, ou son texte").fill(json.dumps(forged))
    stranger.page.get_by_role("button", name="Vérifier").click()
    stranger.reads("Ce badge n’est pas authentique")
    stranger.looks()

    with scope.over([badge.territory_id]):
        revoke(credential=badge, reason="mistake", by=None)
    stranger.page.get_by_label("Ou son lien, ou son texte").fill(badge.token)
    stranger.page.get_by_role("button", name="Vérifier").click()
    stranger.reads("Ce badge a été annulé")
    stranger.looks()

    stranger.page.get_by_role("link", name="العربية").click()
    stranger.reads("التحقق من شارة")
    stranger.looks()
