"""The network, by who manages the programme: a structure noted, its place, its part, and back."""

import pytest


@pytest.fixture
def a_network(transactional_db, caen, le_dome):
    le_dome.consortia.create(programme=caen.programme, role="coordinator", from_on="2020-01-01")


def test_a_manager_builds_the_network(person, manager, a_network):
    gaelle = person()
    gaelle.signs_in(manager)
    gaelle.opens("organisations")
    gaelle.reads("Un signataire, dont un coordinateur.")

    gaelle.follows("Noter une structure")
    gaelle.writes("Nom", "Café des Cerisiers")
    gaelle.chooses("Nature", "association")
    gaelle.writes("SIRET", "000 000 018 00011")
    gaelle.presses("Noter la structure")
    gaelle.reads("La clé ne va pas : un des cinq derniers chiffres (00011) est à corriger.")
    gaelle.writes("SIRET", "000 000 018 00010")
    gaelle.presses("Noter la structure")
    gaelle.reads("La structure est notée.")

    gaelle.follows("L’y ajouter")
    gaelle.ticks("soutien")
    gaelle.presses("Ajouter au consortium")
    gaelle.reads("La structure est dans le consortium.")
    gaelle.follows("Terminer")
    gaelle.presses("Terminer ce rôle")
    gaelle.reads("La fin vient après le début de ce rôle.")

    gaelle.opens("places")
    gaelle.reads("Aucun lieu pour l’instant.")
    gaelle.follows("Noter un lieu")
    gaelle.writes("Nom", "La cuisine")
    gaelle.chooses("Territoire", "Caen la Mer")
    gaelle.chooses("Structure qui le tient", "Café des Cerisiers")
    gaelle.ticks("Pièce calme")
    gaelle.presses("Noter le lieu")
    gaelle.reads("Le lieu est noté.")
    gaelle.follows("Ajouter un équipement")
    gaelle.writes("Nom", "Four")
    gaelle.ticks("Il faut une consigne de sécurité")
    gaelle.presses("Ajouter l’équipement")
    gaelle.reads("Consigne de sécurité avant")
    gaelle.presses("Retirer")
    gaelle.reads("Aucun équipement noté.")
    gaelle.presses("Annuler")
    gaelle.reads("Four")
    gaelle.follows("Fermer")
    gaelle.ticks("n’accueille plus nos activités")
    gaelle.presses("Fermer le lieu")
    gaelle.reads("Fermé depuis le")
