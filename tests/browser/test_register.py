"""The animator takes the register on her phone: without network, then sent twice, twelve rows."""

import json

import pytest
from django.urls import reverse

from journeys.models import AttendanceMark, Enrolment
from journeys.registers.actions.marking import Gesture, mark
from rtr import scope
from rtr.lib import here as who_is_here
from tests.browser.conftest import SIZES, Person
from tests.journeys.registers import address, twelve
from tests.services import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def session(caen, le_wip):
    with scope.over([caen.pk]):
        return twelve(caen)[0]


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(viewport=SIZES["phone"], locale="fr-FR", accept_downloads=True)
    yield Person(context.new_page(), live_server.url, "phone")
    context.close()


READY = """async () => Boolean((await navigator.serviceWorker.ready)
  && (await caches.keys()).some((name) => name.startsWith("registers-"))
  && await caches.match("/registres/feuille/"))"""


def ready(person: Person) -> None:
    """Until the phone keeps what it needs."""
    until(lambda: person.page.evaluate(READY))


def taps(person: Person, name: str) -> None:
    person.page.locator(".sheet-row", has_text=name).locator(".sheet-tap").click()


def rows() -> list[tuple]:
    with scope.everything("test"):
        found = Enrolment.objects.order_by("number")
        return list(found.values_list("number", "nickname", "attendance"))


# What waits on the phone to be sent.
KEPT = """async () => (await window.RegisterStore.open()).gestures()"""


def sent_again(person: Person, user, session, gestures) -> dict:
    """The same gestures once more, as a phone that did not hear the answer."""
    return person.page.evaluate(
        """async ([url, body]) => {
          const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
          const response = await fetch(url, {
            method: "POST", body,
            headers: { "Content-Type": "application/json", "X-CSRFToken": token },
          });
          return response.json();
        }""",
        [
            address("register_sync", session),
            json.dumps({"who": who_is_here.word_of(user), "gestures": gestures}),
        ],
    )


def test_a_register_of_twelve_without_network_then_sent_twice(phone, animator, session, caen):
    phone.signs_in(animator)
    phone.opens("registers")
    phone.follows("Prendre le registre")
    phone.reads("0 présent sur 12")
    ready(phone)

    # No network: the sheet opens all the same, and every tap is kept.
    phone.page.context.set_offline(True)
    phone.page.reload()
    phone.reads("Hors ligne")
    for name in ("Kiwi", "Zaza", "Nour"):
        taps(phone, name)
    phone.reads("Hors ligne : 3 gestes gardés sur ce téléphone")
    phone.reads("3 présents sur 12")
    phone.looks()
    phone.page.get_by_role("button", name="Tout le monde est là").click()
    phone.reads("12 présents sur 12")
    phone.page.get_by_text("Ajouter quelqu’un").click()
    phone.writes("Surnom, ou code", "Jo")
    phone.page.get_by_role("button", name="Noter sa présence").locator("visible=true").click()
    phone.reads("La séance est complète")
    phone.looks()
    phone.page.get_by_text("Ajouter quelqu’un").click()
    phone.page.reload()
    phone.reads("12 gestes gardés")
    assert [attendance for *_row, attendance in rows()] == ["registered"] * 12

    # The network again: sent, then the same once more.
    gestures = phone.page.evaluate(KEPT)
    assert len(gestures) == 12
    phone.page.context.set_offline(False)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.reads("Tout est enregistré")
    answer = sent_again(phone, animator, session, gestures)
    assert {one["result"] for one in answer["results"]} == {"done"}

    assert len(rows()) == 12
    assert {attendance for *_row, attendance in rows()} == {"present"}
    with scope.everything("test"):
        assert AttendanceMark.objects.count() == 12
    phone.page.reload()
    phone.reads("12 présents sur 12")
    phone.looks()


def test_what_somebody_noted_meanwhile_is_chosen_by_the_person(
    phone, animator, coordinator, session, caen
):
    phone.signs_in(animator)
    phone.opens("register", session.pk)
    ready(phone)
    phone.page.context.set_offline(True)
    taps(phone, "Mimi")
    phone.reads("1 geste gardé")
    with scope.over([caen.pk]):
        mark(session=session, number=4, gesture=Gesture(by=coordinator, attendance="absent"))

    phone.page.context.set_offline(False)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.reads("Nadia a noté : absent")
    phone.looks()
    assert {n: a for n, _name, a in rows()}[4] == "absent"
    phone.page.get_by_role("button", name="Garder la mienne").locator("visible=true").click()

    phone.reads("Tout est enregistré")
    assert {n: a for n, _name, a in rows()}[4] == "present"


def test_another_person_on_this_phone_sees_and_sends_nothing_of_the_first(
    phone, animator, coordinator, session
):
    phone.signs_in(animator)
    phone.opens("register", session.pk)
    ready(phone)
    phone.page.context.set_offline(True)
    taps(phone, "Kiwi")
    phone.reads("1 geste gardé")
    phone.page.context.clear_cookies(name="rtr")  # the session ended; the gesture waits
    phone.page.context.set_offline(False)

    phone.reads("Reconnectez-vous")
    phone.signs_in(coordinator)
    phone.opens("register", session.pk)
    phone.reads("Tout est enregistré")
    assert rows()[0][2] == "registered"

    # The first one again: her gesture was kept for her, and leaves now.
    phone.page.context.clear_cookies(name="rtr")
    phone.signs_in(animator)
    phone.opens("register", session.pk)
    phone.reads("1 présent sur 12")
    phone.reads("Tout est enregistré")
    assert rows()[0][2] == "present"


def test_leaving_clears_the_phone(phone, animator, session):
    phone.signs_in(animator)
    phone.opens("register", session.pk)
    ready(phone)
    phone.opens("registers")

    phone.presses("Quitter")

    kept = phone.page.evaluate("async () => (await indexedDB.databases()).map((one) => one.name)")
    assert [name for name in kept if name.startswith("registers-")] == []
    phone.page.context.set_offline(True)
    phone.page.goto(phone.base + reverse("register", args=[session.pk]))
    assert "Kiwi" not in phone.page.content()
