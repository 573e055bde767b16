"""Somebody who runs a programme: opens a territory, gives it a number to reach, sees the year."""

import datetime

import pytest
from django.urls import reverse

from territories.models import Territory
from tests.browser.time import today

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_manager_opens_a_territory_and_sees_the_year(person, manager, kiwi, caen, vallees):
    gaelle = person()

    # She lands on the programme's year: one person, and what is missing.
    gaelle.signs_in(manager)
    gaelle.reads("Ce qui vous attend")
    gaelle.reads("Une personne n’a pas de référent.")

    # She opens a territory, with its communes.
    gaelle.follows("Territoires")
    gaelle.follows("Ouvrir un territoire")
    gaelle.writes("Nom", "Bessin")
    gaelle.chooses("Ville ou campagne", "rural")
    gaelle.writes("Communes et quartiers", "Bayeux : Argouges")
    gaelle.writes("Téléphone du territoire", "02 61 91 00 00")
    gaelle.presses("Ouvrir le territoire")
    gaelle.reads("Bessin est ouvert.")
    gaelle.reads("Argouges")

    # What is known of the place, typed, then taken back and typed again.
    gaelle.follows("Ajouter une donnée")
    gaelle.chooses("Indicateur", "Taux de chômage")
    gaelle.writes("Année", "2024")
    gaelle.writes("Valeur", "5,9")
    gaelle.writes("Source", "INSEE")
    gaelle.presses("Enregistrer la donnée")
    gaelle.reads("La donnée est enregistrée.")
    gaelle.presses("Annuler")
    gaelle.reads("Les données sont comme avant.")

    # She gives the programme an end, and each territory its number.
    gaelle.follows("Réglages")
    gaelle.follows("Voir et changer")
    gaelle.follows("Territoires Partagés")
    gaelle.writes("Fin", today(400))
    gaelle.presses("Enregistrer la période")
    for name, people in (("Bessin", "40"), ("Caen la Mer", "100")):
        gaelle.writes(f"Personnes visées, {name}", people)
    gaelle.presses("Enregistrer les objectifs")
    gaelle.reads("Les objectifs sont enregistrés.")

    # A setting, with whom it touches.
    gaelle.follows("Réglages")
    gaelle.opens("programme_setting", caen.programme.slug, "butinage")
    gaelle.reads("À qui s’applique un changement")
    gaelle.writes("Durée du butinage, au moins", "20")
    gaelle.presses("Enregistrer")
    gaelle.reads("Le réglage est changé.")

    # The year, with the new territory in it.
    gaelle.follows("Vue d’ensemble")
    gaelle.reads("Mois par mois")
    gaelle.reads("sur 40, 0 %")
    gaelle.page.get_by_text("Lire ces mois en tableau").click()
    gaelle.looks()
    month = f"{datetime.date.today():%Y}"
    assert month in gaelle.page.locator("table").first.inner_text()
    assert reverse("territory", args=[Territory.objects.get(slug="bessin").pk]) in (
        gaelle.page.content()
    )
