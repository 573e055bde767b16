"""A voice recorded in the page, heard, kept and played again, on one's own phone."""

import pytest

from journeys.models import Reflection
from journeys.portal.actions import give_link
from rtr import scope
from tests.browser.conftest import SIZES, Person
from tests.journeys.experiences import elsewhere

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

# Chromium hums into a microphone that it makes up, and asks nobody.
FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def phone(browser_type, browser_type_launch_args, live_server):
    args = [*browser_type_launch_args.get("args", []), *FAKE]
    found = browser_type.launch(**browser_type_launch_args | {"args": args})
    context = found.new_context(viewport=SIZES["phone"], locale="fr-FR")
    yield Person(context.new_page(), live_server.url, "phone")
    found.close()


def test_a_voice_is_recorded_heard_and_kept_with_the_words(phone, caen, kiwi, coordinator):
    with scope.over([caen.pk]):
        lived = elsewhere(kiwi)
        token = give_link(journey=kiwi, by=coordinator)
    phone.opens("portal_enter", token)
    phone.page.get_by_role("button").last.click()
    phone.opens("portal_tell", lived.pk)

    _records(phone, 1500)
    assert phone.page.locator("[data-player]").evaluate("it => it.src.startsWith('blob:')")
    _records(phone, 2500, "Recommencer")  # the first one is forgotten
    with phone.page.expect_response(lambda answer: "brouillon" in answer.url):
        phone.writes("Ce que j’ai aimé", "Les clients du matin.")
    phone.page.get_by_label("Moi seulement").check()
    phone.presses("Garder mon récit")

    phone.reads("C’est gardé. Merci de l’avoir raconté.")
    phone.reads("Qui lit : Moi seulement")
    playing = "it => it.play().then(() => it.duration)"
    assert phone.page.locator("audio").first.evaluate(playing) > 1
    with scope.over([caen.pk]):
        kept = Reflection.objects.get()
        assert (kept.liked, kept.reader) == ("Les clients du matin.", "me")
        assert 2 <= kept.voice_seconds <= 4


def _records(phone, milliseconds: int, word: str = "Enregistrer ma voix") -> None:
    phone.page.get_by_role("button", name=word).click()
    phone.reads("Ça enregistre. Parlez.")
    phone.page.wait_for_timeout(milliseconds)
    phone.page.get_by_role("button", name="Arrêter").click()
    phone.reads("Écoutez-vous. Puis gardez, ou recommencez.")
    phone.looks()
