"""After « Quitter », or ten minutes without a gesture, a phone holds nothing of the person."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Error

from journeys.portal.actions import give_link
from rtr import scope
from tests.browser.conftest import SIZES, Person
from tests.browser.test_signing import VOICES
from tests.figures import figure
from tests.journeys.factories import join
from tests.journeys.meetings import propose
from tests.journeys.recognition import a_badge, given

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

# Words of the person's pages that nothing may keep.
PERSONAL = re.compile("Kiwi|Karim|rendez-vous à|02 31 00 00 00|Découper")
HELD = """async () => {
  const held = { local: { ...localStorage }, session: { ...sessionStorage } };
  held.databases = (await indexedDB.databases()).map((one) => one.name);
  held.workers = (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope);
  held.caches = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    held.caches[name] = await Promise.all((await cache.keys()).map(
      async (one) => one.url + await (await cache.match(one)).text()));
  }
  return held;
}"""
# The last one has a badge, which is opened too.
PAGES = "portal portal_team portal_path portal_appointments portal_rights portal_badges".split()
BADGE = "Découper au laser"
IMAGES = "found => found.map(one => one.src).filter(one => one.startsWith('http'))"


@pytest.fixture
def token(caen, kiwi, coordinator, referent):
    with scope.over([caen.pk]):
        caen.phone = "02 31 00 00 00"
        caen.save()
        join(kiwi, referent)
        propose(kiwi, referent)
        with transaction.atomic():
            given(kiwi, coordinator, a_badge(caen, kiwi.participant.organisation))
        return give_link(journey=kiwi, by=coordinator)


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(viewport=SIZES["phone"], locale="fr-FR")
    yield Person(context.new_page(), live_server.url, "phone")
    context.close()


def visits(phone, token, own: str) -> None:
    phone.opens("portal_enter", token)
    phone.presses("Entrer")
    phone.presses(own)
    for name in PAGES:
        phone.opens(name)
    phone.follows(BADGE)
    assert PERSONAL.search(phone.page.content())
    phone.page.wait_for_load_state("networkidle")
    phone.seen = [phone.base + reverse(name) for name in PAGES]
    phone.seen += [phone.page.url, *phone.page.locator("img").evaluate_all(IMAGES)]
    assert len(phone.seen) > len(PAGES) + 1  # the drawing of the badge
    phone.was = session_of(phone)
    assert phone.was


def session_of(phone) -> str:
    """What the browser shows the server: another one, or none, once the page is closed."""
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.page.context.cookies()}
    return cookies.get("rtr", "")


def nothing_is_left(phone, what: str) -> None:
    page = phone.page
    held = page.evaluate(HELD)
    for place in ("local", "session", "caches"):
        assert held[place] == {}, (place, held[place])
    assert held["databases"] == held["workers"] == []
    assert session_of(phone) != phone.was

    # Back, many times: the browser asks the server again, which knows nobody.
    for _page in range(len(PAGES) + 3):
        page.go_back()
        page.wait_for_load_state()
        assert not PERSONAL.search(page.content()), page.url
    # Without network, nothing stands in a memory of the browser.
    page.context.set_offline(True)
    for address in phone.seen:
        tab = page.context.new_page()
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            tab.goto(address)
        tab.close()
    seen = f"{len(phone.seen)} pages et images, 7 endroits, Chromium"
    figure(f"traces sur le téléphone après {what}", 0, seen)


def test_nothing_is_left_after_leaving_a_phone_of_others(phone, token):
    visits(phone, token, "Non, il sert à d’autres")

    phone.presses("Quitter")

    phone.reads("Rien ne reste sur ce téléphone.")
    nothing_is_left(phone, "« Quitter », téléphone partagé")


def test_nothing_is_left_after_leaving_ones_own_phone(phone, token):
    visits(phone, token, "Oui, c’est le mien")
    phone.opens("portal")
    phone.presses("Garder mon prochain rendez-vous sur ce téléphone")
    phone.page.wait_for_load_state("networkidle")
    assert PERSONAL.search(str(phone.page.evaluate(HELD)))  # there is something to clear

    phone.presses("Quitter")

    phone.reads("Rien ne reste sur ce téléphone.")
    nothing_is_left(phone, "« Quitter », son téléphone")


def test_nothing_is_left_after_ten_minutes_without_a_gesture(phone, token):
    """With a voice that reads aloud, whose button says how to stop: it keeps no page open."""
    phone.page.add_init_script(VOICES)
    phone.page.clock.install()
    visits(phone, token, "Non, il sert à d’autres")
    phone.page.clock.run_for("09:05")
    phone.reads("La page se ferme dans une minute.")

    phone.page.clock.run_for("01:00")

    phone.reads("La page s’est fermée. Entrez de nouveau.")
    nothing_is_left(phone, "dix minutes")
