"""The main job, from a nickname to an exit, on a phone and at a desk, in a real browser."""

import io
from urllib.parse import urlsplit

import pytest
from PIL import Image

from badges.models import Achievement
from journeys.models import Participant
from rtr import scope
from tests.browser.time import time_passes, today

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_page(tmp_path):
    """A photograph of the signed page."""
    path = tmp_path / "page.jpg"
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG")
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def accueillir_le_public(caen, le_dome):
    return Achievement.objects.create(
        programme=caen.programme,
        organisation=le_dome,
        code="accueillir-le-public",
        name="Accueillir le public",
        description="Accueillir des personnes avec attention.",
        criteria="A accueilli trois fois.",
        field="Accueil",
    )


def test_a_journey_from_a_nickname_to_an_exit(
    person,
    coordinator,
    coordinator_of_marseille,
    evaluator,
    caen,
    accueillir_le_public,
    signed_page,
):
    nadia = person()
    nadia.signs_in(coordinator)
    nadia.reads("Aujourd’hui")

    # She welcomes someone who gives only a nickname, and prints a card.
    nadia.follows("Accueillir")
    nadia.writes("Surnom", "Pixel")
    nadia.chooses("Comment s’est faite la rencontre", "Présence sur un lieu de vie")
    nadia.presses("Accueillir et donner un code")
    with scope.everything("test"):
        pixel = Participant.objects.get(nickname="Pixel")
        journey = pixel.journey.pk
    nadia.reads(pixel.code)
    nadia.follows("Ouvrir le parcours")

    # She follows the butinage.
    nadia.reads("Butinage")
    time_passes(pixel, days=40)
    nadia.opens("journey", journey)
    nadia.presses("Venue aujourd’hui")
    nadia.reads("Venue à une activité")

    # They prepare the contract, read it together, and each signs their own way.
    nadia.follows("Préparer le contrat")
    nadia.presses("Commencer")
    nadia.writes("Prénom", "Camille")
    nadia.writes("Nom", "Martin")
    nadia.writes("Date de naissance", "1995-05-17")
    nadia.presses("Enregistrer et continuer")
    nadia.writes("Ce que la personne vise, avec ses mots", "Accueillir du public toute seule")
    nadia.presses("Enregistrer et continuer")
    nadia.writes("Heures par semaine", "12")
    nadia.presses("Enregistrer et continuer")
    nadia.reads("Camille Martin")
    nadia.presses("Figer ce texte")
    nadia.follows("Signer")
    nadia.ticks("Je signe")
    nadia.presses("Signer")
    nadia.follows("Recevoir")
    nadia.page.locator("input[type=file]").set_input_files(signed_page)
    nadia.ticks("Pixel a signé cette page")
    nadia.presses("Recevoir cette signature")
    nadia.reads("Pixel entre dans le programme")

    # Mobilisation, then a pause and the return.
    nadia.follows("Changer la phase")
    nadia.ticks("Mobilisation")
    nadia.presses("Changer la phase")
    time_passes(pixel, days=90)
    nadia.opens("pause", journey)
    nadia.writes("Depuis le", today(-20))
    nadia.ticks("Choix de la personne")
    nadia.presses("Noter la pause")
    nadia.reads("En pause")
    nadia.follows("Noter la reprise")
    nadia.presses("Noter la reprise")
    nadia.reads("Actif")

    # Insertion, a first job.
    nadia.follows("Changer la phase")
    nadia.ticks("Insertion")
    nadia.presses("Changer la phase")
    time_passes(pixel, days=30)
    nadia.opens("outcome_record", journey)
    nadia.chooses("Quelle étape ?", "Contrat aidé chez un employeur ordinaire")
    nadia.writes("Où", "Café des images")
    nadia.writes("Début", today(-2))
    nadia.presses("Noter l’étape gagnée")
    nadia.reads("Contrat aidé chez un employeur ordinaire")

    # No news for a while: an exit, and a return on the same journey.
    time_passes(pixel, days=60)
    nadia.opens("leave", journey)
    nadia.writes("Dernier jour du parcours", today(-10))
    nadia.ticks("Sans nouvelles")
    nadia.ticks("Non")
    nadia.presses("Enregistrer la sortie")
    nadia.reads("Sorti")
    nadia.follows("Noter le retour")
    nadia.presses("Noter le retour")
    nadia.reads("Actif")

    # The exit to a lasting job, its proof seen, and news taken.
    time_passes(pixel, days=30)
    nadia.opens("leave", journey)
    nadia.ticks("CDI")
    nadia.ticks("Oui")
    nadia.chooses("Justificatif vu", "Contrat de travail ou bulletin")
    nadia.writes("Vu le", today())
    nadia.presses("Enregistrer la sortie")
    nadia.reads("Sorti")
    nadia.opens("today")
    nadia.follows("Noter le suivi")
    nadia.ticks("Elle a répondu")
    nadia.chooses("Sa situation aujourd’hui", "CDI")
    nadia.presses("Noter cet essai")

    # The person reads their own journey, on a phone without a password.
    nadia.opens("portal_link_give", journey)
    nadia.presses("Créer le lien")
    link = nadia.page.locator(".link-words").inner_text()
    camille = person()
    camille.page.goto(camille.base + urlsplit(link).path)
    camille.looks()
    camille.presses("Entrer")
    camille.presses("Non, il sert à d’autres")
    camille.reads("Bonjour Pixel")
    camille.follows("Voir mon parcours")
    camille.follows("Mon équipe")
    camille.reads("Nadia")
    camille.presses("Quitter")

    # A colleague of Marseille sees none of it; the evaluator, a count without a name.
    omar = person()
    omar.signs_in(coordinator_of_marseille)
    omar.opens("participants")
    omar.page.goto(f"{omar.base}/coordination/participants/?q=Pixel")
    omar.looks()
    assert "Pixel" not in omar.page.locator("main").inner_text()
    omar.expects_nothing_at("journey", journey)
    ines = person()
    ines.signs_in(evaluator)
    ines.opens("evaluation")
    assert "Pixel" not in ines.page.content() and "Martin" not in ines.page.content()
