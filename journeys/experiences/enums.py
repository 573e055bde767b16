from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from journeys.pathway.enums import Reader

__all__ = ["ASKED", "ICONS", "PROMPTS", "READERS", "Reader", "Teller"]


class Teller(TextChoices):
    PERSON = "person", _("la personne elle-même")
    REFERENT = "referent", _("le référent a tenu le stylo")


# The four questions: their columns, their words, their pictograms.
PROMPTS = ("did", "liked", "learnt", "follows")
ASKED = {
    "did": _("Ce que j’ai fait"),
    "liked": _("Ce que j’ai aimé"),
    "learnt": _("Ce que j’ai appris"),
    "follows": _("La suite"),
}
ICONS = {"did": "hammer", "liked": "heart", "learnt": "lightbulb", "follows": "signpost-split"}
READERS = {
    Reader.ME: _("Moi seulement"),
    Reader.REFERENTS: _("Mes référents"),
    Reader.TEAM: _("Toute mon équipe"),
}
