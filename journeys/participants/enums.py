from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReferralAnswer(TextChoices):
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")
    EXPIRED = "expired", _("sans réponse à temps")


class CameBy(TextChoices):
    TEAM = "team", _("notée par l’équipe")
    PUBLIC = "public", _("page publique")
    ACCOUNT = "account", _("compte de prescripteur")


class DeclineReason(TextChoices):
    ELSEWHERE = "elsewhere", _("Habite hors du territoire")
    MINOR = "minor", _("N’a pas l’âge")
    ALREADY = "already", _("Déjà connue du programme")
    OTHER_SUPPORT = "other_support", _("Un autre accompagnement convient mieux")
    REFUSED = "refused", _("Ne souhaite pas, finalement")
    UNREACHABLE = "unreachable", _("N’a pas pu être jointe")
    FULL = "full", _("Plus de place en ce moment")


class SupportKind(TextChoices):
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    MISSION_LOCALE = "mission_locale", _("Mission locale")
    CAP_EMPLOI = "cap_emploi", _("Cap emploi")
    DEPARTEMENT = "departement", _("Département (RSA)")
    CCAS = "ccas", _("CCAS")
    HOUSING = "hebergement", _("Structure d’hébergement")
    PROTECTION = "protection", _("Curatelle ou tutelle")
    ASSOCIATION = "association", _("Association")
    OTHER = "autre", _("Autre")


class DayPart(TextChoices):
    """When somebody would rather be called; nothing said: at any hour."""

    MORNING = "morning", _("le matin")
    AFTERNOON = "afternoon", _("l’après-midi")
