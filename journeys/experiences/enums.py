from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from journeys.pathway.enums import Reader

__all__ = ["Reader", "Teller"]


class Teller(TextChoices):
    PERSON = "person", _("la personne elle-même")
    REFERENT = "referent", _("le référent a tenu le stylo")
