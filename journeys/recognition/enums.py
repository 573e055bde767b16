from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StartedBy(TextChoices):
    PARTICIPANT = "participant", _("la personne")
    REFERENT = "referent", _("l’équipe")
    ORGANISATION = "organisation", _("une structure, après une séance")
    SCAN = "scan", _("la personne, sur place")


class State(TextChoices):
    """`declined` is never said of a person: the badge will be for another day."""

    ASKED = "asked", _("Demandé")
    MORE = "more", _("À compléter")
    ACCEPTED = "accepted", _("Délivré")
    DECLINED = "declined", _("Pas cette fois")
    WITHDRAWN = "withdrawn", _("Retiré par la personne")


WAITING = [State.ASKED, State.MORE]
