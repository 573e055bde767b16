from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    AWARDED = "awarded", _("Délivré, bientôt signé")
    SIGNED = "signed", _("Signé")
    REVOKED = "revoked", _("Annulé")


class RevokeReason(TextChoices):
    MISTAKE = "mistake", _("Délivré par erreur")
    ASKED = "asked", _("La personne l’a demandé")
    FALSE = "false", _("La preuve n’était pas vraie")
    KEY = "key", _("La clé qui le signait est compromise")
    OTHER = "other", _("Autre raison")


class IdentityKind(TextChoices):
    """Source: Open Badges 3.0, IdentifierTypeEnum (what we issue of it)."""

    NONE = "", _("Aucune")
    EMAIL = "emailAddress", _("Adresse e-mail")


class ForeignKind(TextChoices):
    OB3_JSON = "ob3_json", _("Open Badges 3.0")
    OB3_JWT = "ob3_jwt", _("Open Badges 3.0, jeton")
    OB2 = "ob2", _("Open Badges 2.0")
