"""How each row of the dashboard is called, and what it counts."""

from django.utils.translation import gettext_lazy as _

from evaluation.dashboards.counts import OFFICIAL, OTHER, OWN, exit_row
from journeys.participants.lists import PUBLICS
from journeys.pathway.enums import Phase
from journeys.pathway.lists import EXITS
from territories.models import Programme

ROWS = {
    "accueil": _("Personnes accueillies"),
    "avant": _("Avant le contrat"),
    "butinage": _("Butinage en cours"),
    "pause_avant": _("En pause avant le contrat"),
    "sortie_avant": _("Parties avant le contrat"),
    "effacee": _("Fiches effacées sans contrat"),
    "contrat": _("Contrats signés"),
    "en_cours": _("Parcours en cours"),
    "pause": _("En pause"),
    "duree_depassee": _("Durée dépassée"),
    "sortie": _("Sorties"),
    OFFICIAL: _("Sorties positives officielles"),
    OWN: _("Sorties positives du programme"),
    OTHER: _("Autres sorties"),
    "emploi_durable": _("Emploi durable"),
    "selon_duree": _("CDD ou intérim"),
    "emploi_transition": _("Emploi de transition"),
    "formation": _("Formation"),
    "autre_positive": _("Autre positive"),
    "positive_non_retenue": _("Emploi ou formation, hors règle"),
    "neutre": _("Sans lien avec le parcours"),
}
DEFINITIONS = {
    "accueil": _("Personnes rencontrées jusqu’à cette date, fiches effacées comprises."),
    "avant": _("Personnes accueillies qui n’ont pas signé de contrat."),
    "butinage": _("Personnes sans contrat, ni en pause ni parties."),
    "pause_avant": _("Personnes sans contrat, en pause ce jour-là."),
    "sortie_avant": _("Personnes parties sans avoir signé de contrat."),
    "effacee": _("Fiches effacées après un butinage sans contrat : il en reste le nombre."),
    "contrat": _("Personnes dont le premier contrat est signé par tous."),
    "en_cours": _("Sous contrat, ni en pause, ni sorties, dans la durée prévue."),
    "pause": _("Sous contrat, en pause ce jour-là."),
    "duree_depassee": _("Sous contrat, ni en pause ni sorties, après la limite de durée."),
    "sortie": _("Sorties après un contrat, ce jour-là ; une seule nature par personne."),
    OFFICIAL: _("Sorties que la règle du financeur compte comme positives."),
    OWN: _("Engagements que le programme reconnaît ; comptés à part, jamais ajoutés."),
    OTHER: _("Toutes les autres sorties."),
    "selon_duree": _("CDD ou intérim : la durée décide, selon la règle du financeur."),
    "positive_non_retenue": _("Emplois et formations que la règle du financeur ne retient pas."),
    "neutre": _("Déménagement, autre territoire, retraite, empêchement, décès."),
}
CLASSES = {
    OFFICIAL: _("positive officielle"),
    OWN: _("positive du programme"),
    OTHER: _("autre"),
}
DIMENSIONS = {
    "parcours": _("Parcours et sorties"),
    "phase": _("Dernière phase des personnes sous contrat"),
    "public": _("Publics parmi les personnes sous contrat"),
}


def label(row: str) -> str:
    """What a row is called; exit kinds lose what their list says in brackets."""
    if row in ROWS:
        return str(ROWS[row])
    if row in EXITS:
        return EXITS.label(row).split(" (")[0]
    if row in PUBLICS:
        return PUBLICS.label(row)
    return str(Phase(row).label)


def definition(programme: Programme, dimension: str, row: str) -> str:
    """One sentence: what is counted."""
    if row in DEFINITIONS:
        return str(DEFINITIONS[row])
    if dimension == "phase":
        return str(_("Sous contrat, dont c’est la dernière phase à cette date."))
    if dimension == "public":
        return str(_("Sous contrat, dans ce public à l’entrée ; on peut être dans plusieurs."))
    kinds = [code.label for code in EXITS if exit_row(programme, code.code) == row]
    return f"{', '.join(kinds)}."
