"""A person's own phone loses the network: numbers, the next appointment, an answer that waits."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.appointments.enums import AppointmentStatus
from journeys.models import Appointment
from journeys.portal.actions import give_link
from rtr import scope
from tests.browser.conftest import SIZES, Person
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.meetings import propose
from tests.services import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    found[name] = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  }
  return found;
}"""
NEXT = "Prochain rendez-vous"
READY = """async () => {
  const { who } = document.querySelector("script[data-who]")?.dataset ?? {};
  const kept = who && await caches.match("/portail/qui");
  const works = (await navigator.serviceWorker.getRegistration("/portail/"))?.active
    && navigator.serviceWorker.controller;
  const page = works && kept && await kept.text() === who
    && await caches.match("/portail/hors-ligne/");
  return page ? await page.text() : "";
}"""


@pytest.fixture
def meeting(caen, kiwi, referent):
    with scope.over([caen.pk]):
        caen.phone = "02 31 00 00 00"
        caen.save()
        join(kiwi, referent)
        return propose(kiwi, referent)


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(viewport=SIZES["phone"], locale="fr-FR")
    yield Person(context.new_page(), live_server.url, "phone")
    context.close()


@pytest.fixture
def enters(coordinator):
    """`enters(person, journey, own=True)`: by a link, then whose phone it is."""

    def come_in(person, journey, *, own: bool):
        with scope.over([journey.territory_id]):
            token = give_link(journey=journey, by=coordinator)
        person.opens("portal_enter", token)
        person.presses("Entrer")
        person.presses("Oui, c’est le mien" if own else "Non, il sert à d’autres")

    return come_in


def ready(person, *, tells: bool = False) -> None:
    """Until this person's page without network is kept, with the next appointment or without."""
    person.page.wait_for_load_state("networkidle")
    until(lambda: (page := person.page.evaluate(READY)) and (NEXT in page) == tells)


def cut(person, is_cut: bool = True) -> None:
    person.page.context.set_offline(is_cut)
    if is_cut:
        return
    # The page without network goes by itself.
    person.page.get_by_text("Pas de réseau").wait_for(state="hidden", timeout=30_000)
    person.page.wait_for_load_state()


def status() -> str:
    with scope.everything("test"):
        return Appointment.objects.get().status


def test_an_own_phone_keeps_what_was_asked_and_sends_an_answer_once(phone, enters, kiwi, meeting):
    enters(phone, kiwi, own=True)
    ready(phone)

    # Without asking: numbers, and nothing of the appointment.
    cut(phone)
    phone.page.goto(phone.base + reverse("portal"))
    phone.reads("Pas de réseau")
    phone.reads("02 31 00 00 00")
    assert phone.page.get_by_text(NEXT).count() == 0
    phone.looks()

    # Asked for: it is there, and can be answered.
    cut(phone, False)
    phone.opens("portal")
    phone.presses("Garder mon prochain rendez-vous sur ce téléphone")
    phone.reads("Mon prochain rendez-vous est gardé sur ce téléphone.")
    ready(phone, tells=True)
    cut(phone)
    phone.page.goto(phone.base + reverse("portal_team"))
    phone.reads(NEXT)
    phone.page.get_by_role("button", name="Je viens").click()
    phone.reads("Pas encore envoyé : 1.")
    phone.looks()
    assert status() == AppointmentStatus.PROPOSED

    # The network is back: sent, said, and nothing waits any more.
    cut(phone, False)
    phone.reads("C’est noté. Vous venez.")
    assert status() == AppointmentStatus.ACCEPTED
    phone.page.wait_for_load_state("networkidle")
    assert phone.page.evaluate(KEPT)["portal-waiting"] == []

    # No more of it, and the page kept says nothing either.
    phone.presses("Ne plus le garder")
    ready(phone)
    cut(phone)
    phone.page.goto(phone.base + reverse("portal"))
    phone.reads("Pas de réseau")
    assert phone.page.get_by_text(NEXT).count() == 0


def test_an_answer_waits_for_its_person_when_the_session_is_over(phone, enters, kiwi, meeting):
    enters(phone, kiwi, own=True)
    ready(phone)
    cut(phone)
    phone.page.get_by_role("button", name="Je ne peux pas").first.click()
    phone.reads("Pas encore envoyé : 1.")
    phone.page.context.clear_cookies(name="rtr")
    cut(phone, False)  # the page without network goes to the first page by itself
    phone.page.wait_for_url("**/entrer/**")
    phone.reads("Pas encore envoyé : 1. Entrez, et c’est envoyé.")
    phone.looks()
    assert status() == AppointmentStatus.PROPOSED

    # The same person again: it leaves as soon as they are in.
    enters(phone, kiwi, own=True)
    phone.page.wait_for_load_state("networkidle")
    assert status() == AppointmentStatus.TO_CHANGE


def test_somebody_else_on_this_phone_finds_nothing_of_the_first(
    phone, enters, kiwi, meeting, caen, le_dome
):
    with scope.over([caen.pk]):
        other = JourneyFactory(
            territory=caen, participant__nickname="Zaza", participant__organisation=le_dome
        )
    enters(phone, kiwi, own=True)
    phone.presses("Garder mon prochain rendez-vous sur ce téléphone")
    ready(phone, tells=True)
    cut(phone)
    phone.page.get_by_role("button", name="Je viens").first.click()
    phone.reads("Pas encore envoyé : 1.")
    phone.page.context.clear_cookies(name="rtr")
    cut(phone, False)
    phone.page.wait_for_url("**/entrer/**")

    enters(phone, other, own=True)
    ready(phone)

    assert phone.page.evaluate(KEPT).get("portal-waiting", []) == []
    cut(phone)
    phone.page.goto(phone.base + reverse("portal"))
    phone.reads("Pas de réseau")
    assert phone.page.get_by_text("Karim").count() == 0
    assert phone.page.get_by_text(NEXT).count() == 0
    assert status() == AppointmentStatus.PROPOSED


def test_a_full_phone_says_that_the_answer_is_not_kept(phone, enters, kiwi, meeting):
    enters(phone, kiwi, own=True)
    ready(phone)
    protocol = phone.page.context.new_cdp_session(phone.page)
    protocol.send("Storage.overrideQuotaForOrigin", {"origin": phone.base, "quotaSize": 1})
    cut(phone)

    phone.page.get_by_role("button", name="Je viens").first.click()

    phone.reads("Votre réponse n’est pas gardée. Appelez l’équipe.")
    phone.looks()
    assert status() == AppointmentStatus.PROPOSED


def test_the_page_without_network_is_left_even_if_nothing_told_that_it_came_back(
    phone, enters, kiwi, meeting
):
    enters(phone, kiwi, own=True)
    phone.opens("portal_offline")
    phone.reads("Pas de réseau")

    phone.page.wait_for_url("**/portail/")


def test_a_phone_of_others_registers_and_caches_nothing(phone, enters, kiwi, meeting):
    enters(phone, kiwi, own=False)
    phone.opens("portal_team")
    phone.page.wait_for_load_state("networkidle")

    assert phone.page.evaluate(KEPT) == {}
    assert (
        phone.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length")
        == 0
    )


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_wrong_by_a_day_is_said(phone, enters, kiwi, meeting, days):
    phone.page.clock.install(time=timezone.now() + datetime.timedelta(days=days))
    phone.opens("portal_enter_help")

    phone.reads("La date de ce téléphone est fausse. Réglez-la, puis revenez.")
    enters(phone, kiwi, own=True)
    assert phone.page.url.endswith(reverse("portal")), "it keeps nobody out"
