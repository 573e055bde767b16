from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    ASSOCIATION = "association", _("association")
    THIRD_PLACE = "tiers_lieu", _("tiers-lieu")
    E2C = "e2c", _("école de la deuxième chance")
    CULTURE = "culture", _("acteur culturel")
    SPORT = "sport", _("club de sport")
    COMPANY = "entreprise", _("entreprise")
    TRAINING = "formation", _("organisme de formation")
    AGENCY = "agence", _("service de l’emploi")
    PUBLIC = "public", _("pouvoir public")


class ConsortiumRole(TextChoices):
    COORDINATOR = "coordinator", _("coordinateur")
    SIGNATORY = "signatory", _("signataire")
    SUPPORTER = "supporter", _("soutien")


class ClosingReason(TextChoices):
    STOPPED = "stopped", _("a cessé son activité")
    MERGED = "merged", _("a rejoint une autre structure")
    MISTAKE = "mistake", _("avait été notée par erreur")
