from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    ORGANISATION = "organisation", _("Structure")
    NETWORK = "network", _("Réseau")  # neutral: its name says nothing of who holds the badge
    ENDORSER = "endorser", _("Endosseur")


class State(TextChoices):
    ACTIVE = "active", _("Délivre des badges")
    SUSPENDED = "suspended", _("Ne délivre pas pour l’instant")
    LEFT = "left", _("A quitté le réseau")


class Algorithm(TextChoices):
    ED25519 = "ed25519", _("Ed25519")  # Data Integrity
    RSA = "rsa", _("RSA")  # VC-JWT


class KeyState(TextChoices):
    ACTIVE = "active", _("Signe")
    RETIRED = "retired", _("Remplacée")
    COMPROMISED = "compromised", _("Compromise")
