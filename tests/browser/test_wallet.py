"""A person lets an application read their badges, looks at the list, and removes it."""

import pytest
from django.db import transaction
from django.urls import reverse

from badges.credentials.actions import award
from journeys.portal.actions import account_of, give_link
from journeys.recognition.holding import recipient_of
from rtr import scope
from tests.badges.factories import a_version, an_issuer, signed
from tests.badges.wallet import READ, READ_PROFILE, WRITE, Wallet, answer_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link(kiwi, le_dome, caen, coordinator):
    """Kiwi holds a badge, and has a link to come in by."""
    with scope.over([caen.pk]), transaction.atomic():
        account_of(kiwi.participant)
        kiwi.participant.refresh_from_db()
        recipient = recipient_of(kiwi.participant)
        version = a_version(caen, le_dome)
        signed(award(recipient=recipient, version=version, issuer=an_issuer(le_dome), by=None))
        return reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)])


@pytest.fixture
def kiwi_s_phone(person):
    """Addresses of the application answer too."""
    phone = person()
    phone.page.route("https://wallet.example/**", lambda asked: asked.fulfill(body="Bonjour"))
    return phone


def away(phone) -> dict[str, str]:
    """The page's policy let the browser go there, with an answer."""
    phone.page.wait_for_url("https://wallet.example/**")
    return answer_of(phone.page.url)


def button(phone, name: str, value: str):
    phone.page.locator(f'main button[name="{name}"][value="{value}"]').click()


def test_agreeing_coming_in_on_the_way_then_removing(kiwi_s_phone, link):
    phone, wallet = kiwi_s_phone, Wallet()

    phone.page.goto(phone.base + wallet.address(f"{READ} {WRITE} {READ_PROFILE}"))
    phone.looks()
    phone.page.goto(phone.base + link)
    phone.page.locator("main button").first.click()
    button(phone, "own", "no")
    phone.reads("Mon Classeur")
    phone.looks()
    button(phone, "action", "grant")
    wallet.tokens = wallet.trade(away(phone)["code"]).json()
    assert wallet.get()["X-Total-Count"] == "1"

    phone.opens("portal_wallets")
    phone.reads("wallet.example")
    phone.presses("Retirer")
    phone.reads("Elle ne lit plus vos badges.")
    assert wallet.get().status_code == 401

    phone.page.goto(phone.base + wallet.address())
    button(phone, "action", "deny")
    assert away(phone)["error"] == "access_denied"
