from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Asked(TextChoices):
    CORRECT = "correct", _("corriger")
    PAUSE = "pause", _("faire une pause")
    STOP = "stop", _("arrêter")
    ERASE = "erase", _("effacer le dossier")


class What(TextChoices):
    """What the person says is wrong."""

    NAME = "name", _("Mon nom ou mon prénom")
    BIRTH = "birth", _("Ma date de naissance")
    PHONE = "phone", _("Mon téléphone")
    PATH = "path", _("Mon parcours")
    CONTRACT = "contract", _("Mon contrat")
    HOURS = "hours", _("Mes heures ou mes venues")
    ANSWERS = "answers", _("Mes réponses sur ma situation")
    NOTE = "note", _("Une note de l’équipe")
    OTHER = "other", _("Autre chose")


# Before a contract the file holds these alone, and no words about the person (rule 1).
WITHOUT_CONTRACT = [What.PATH, What.HOURS, What.OTHER]
