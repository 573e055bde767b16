from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reader(TextChoices):
    """Who reads a reflection: the person chooses (rule 17)."""

    ME = "me", _("Moi seul")
    REFERENTS = "referents", _("Mes référents")
    TEAM = "team", _("Toute mon équipe")


class Teller(TextChoices):
    PERSON = "person", _("la personne elle-même")
    REFERENT = "referent", _("le référent a tenu le stylo")
