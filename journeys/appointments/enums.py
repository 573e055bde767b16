from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AppointmentStatus(TextChoices):
    PROPOSED = "proposed", _("proposé")
    ACCEPTED = "accepted", _("accepté")
    TO_CHANGE = "to_change", _("demande à changer")
    CANCELLED = "cancelled", _("annulé")
    CAME = "came", _("venu")
    MISSED = "missed", _("pas pu venir")


class Mode(TextChoices):
    MEET = "meet", _("sur place")
    CALL = "call", _("par téléphone")
    VIDEO = "video", _("en vidéo")


class Side(TextChoices):
    TEAM = "team", _("l’équipe")
    PERSON = "person", _("la personne")


class CancelReason(TextChoices):
    """Short, and never about health: nobody has to say more."""

    BUSY = "busy", _("Un empêchement")
    DAY = "day", _("Le jour ne va plus")
    NO_NEED = "no_need", _("Ce n’est plus nécessaire")
    OTHER = "other", _("Une autre raison")
