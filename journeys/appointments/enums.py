from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AppointmentStatus(TextChoices):
    PROPOSED = "proposed", _("proposé")
    ACCEPTED = "accepted", _("accepté")
    CANCELLED = "cancelled", _("annulé")
    CAME = "came", _("venu")
    MISSED = "missed", _("pas pu venir")


class Mode(TextChoices):
    MEET = "meet", _("sur place")
    CALL = "call", _("par téléphone")
    VIDEO = "video", _("en visio")


class Side(TextChoices):
    TEAM = "team", _("l’équipe")
    PERSON = "person", _("la personne")
