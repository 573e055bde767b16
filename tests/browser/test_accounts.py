"""Coming in: invited, with a passkey or an application of codes; by a code from a mail; and out,
the moment a role ends. On a phone and at a desk, in a real browser."""

import re

import pytest
from django.urls import reverse

from tests.cast import PASSWORD
from tests.territories.mails import code_in, link_in, received
from tests.territories.test_second_factor import figures_of

pytestmark = pytest.mark.django_db(transaction=True)
CHOSEN = "un chapeau de paille neuf"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def with_a_device(person) -> None:
    """A phone that keeps passkeys behind a finger, as Chromium plays it."""
    tools = person.page.context.new_cdp_session(person.page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def lands_on(person, name: str) -> None:
    person.page.wait_for_url(person.base + reverse(name))
    person.looks()


def shows_a_key(person, words: str, name: str) -> None:
    """The device answers in its own time, then the page changes."""
    person.page.get_by_role("button", name=words).click()
    lands_on(person, name)


def comes_by_link(person, address: str) -> None:
    person.page.goto(person.base + link_in(received(address)))
    person.looks()
    person.reads("Bienvenue, Zoé")
    person.writes("Mot de passe", CHOSEN)
    person.writes("Le même mot de passe", CHOSEN)
    person.presses("Ouvrir mon compte")
    person.reads("choisissez une seconde preuve")


def sends_invitation(gaelle) -> None:
    gaelle.opens("accounts")
    gaelle.follows("Inviter")
    gaelle.writes("Courriel", "zoe@exemple.fr")
    gaelle.writes("Prénom", "Zoé")
    gaelle.writes("Nom", "Martin")
    gaelle.chooses("Rôle", "Coordination")
    gaelle.chooses("Structure", "Le Dôme")
    gaelle.ticks("Caen la Mer")
    gaelle.presses("Envoyer l’invitation")
    gaelle.reads("Invitations sans réponse")
    gaelle.reads("zoe@exemple.fr")


@pytest.fixture
def gaelle(person, manager):
    """The manager, who has her passkey already."""
    gaelle = person()
    with_a_device(gaelle)
    gaelle.signs_in(manager)
    gaelle.reads("Seconde preuve de connexion")
    gaelle.follows("Ajouter une clé d’accès")
    shows_a_key(gaelle, "Ajouter la clé", "mfa_view_recovery_codes")
    return gaelle


def test_invited_with_a_passkey_then_back_without_a_password(person, gaelle):
    sends_invitation(gaelle)
    zoe = person()
    with_a_device(zoe)
    comes_by_link(zoe, "zoe@exemple.fr")

    zoe.follows("Ajouter une clé d’accès")
    zoe.writes("Nom de cette clé", "mon téléphone")
    shows_a_key(zoe, "Ajouter la clé", "mfa_view_recovery_codes")
    zoe.follows("C’est noté, continuer")
    lands_on(zoe, "today")

    # She goes and comes back with the key alone.
    zoe.presses("Quitter")
    zoe.opens("account_login")
    shows_a_key(zoe, "Entrer avec une clé d’accès", "today")

    # With her password, the key is the second thing asked for.
    zoe.presses("Quitter")
    zoe.opens("account_login")
    zoe.writes("Courriel", "zoe@exemple.fr")
    zoe.writes("Mot de passe", CHOSEN)
    zoe.presses("Se connecter")
    zoe.reads("Une seconde preuve")
    shows_a_key(zoe, "Avec ma clé d’accès", "today")


def test_invited_with_an_application_of_codes(person, gaelle):
    sends_invitation(gaelle)
    zoe = person()
    comes_by_link(zoe, "zoe@exemple.fr")

    zoe.follows("Installer l’application de codes")
    secret = zoe.page.locator(".secret").inner_text().replace(" ", "")
    zoe.writes("Code que montre l’application", figures_of(secret))
    zoe.presses("Mettre en place")
    zoe.reads("Vos codes de secours")
    recovery = zoe.page.locator(".codes li").first.inner_text()
    zoe.follows("C’est noté, continuer")
    lands_on(zoe, "today")

    # Her phone is at home: a code kept on paper lets her in.
    zoe.presses("Quitter")
    zoe.opens("account_login")
    zoe.writes("Courriel", "zoe@exemple.fr")
    zoe.writes("Mot de passe", CHOSEN)
    zoe.presses("Se connecter")
    zoe.writes("Code", recovery)
    zoe.presses("Entrer")
    lands_on(zoe, "today")


def test_in_by_a_code_and_out_when_the_role_ends(person, gaelle, referent):
    karim = person()
    karim.opens("account_login")
    karim.follows("Recevoir un code")
    karim.writes("Courriel", referent.email)
    karim.presses("Recevoir le code")
    karim.reads("Regardez vos messages")
    karim.writes("Code reçu", code_in(received(referent.email)))
    karim.presses("Continuer")
    lands_on(karim, "today")
    karim.opens("my_account")
    karim.opens("my_sessions")
    karim.reads("Cet appareil")

    gaelle.opens("accounts")
    gaelle.follows("Karim Exemple")
    gaelle.reads("Appareils ouverts")
    gaelle.follows("Retirer")
    gaelle.ticks("Fin de mission")
    gaelle.presses("Retirer le rôle")
    gaelle.reads("Le rôle est retiré")

    karim.opens("today")
    assert re.search(r"/connexion/", karim.page.url)


def test_a_manager_walks_through_the_accounts(gaelle, coordinator, referent):
    gaelle.opens("account", coordinator.pk)
    gaelle.follows("Donner un rôle")
    gaelle.opens("account_close", coordinator.pk)
    gaelle.reads("se ferment aussitôt")
    gaelle.opens("accounts")
    gaelle.opens("mfa_index")
    gaelle.opens("account_change_password")
    gaelle.writes("Mot de passe actuel", PASSWORD)
