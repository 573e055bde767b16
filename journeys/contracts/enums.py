from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Signer(TextChoices):
    PARTICIPANT = "participant", _("La personne")
    GUARDIAN = "guardian", _("Son curateur ou tuteur")
    COORDINATOR = "coordinator", _("Coordination de parcours")
    REFERENT = "referent", _("Référence de parcours")


class Method(TextChoices):
    """How somebody signs: always their own act (rule 4)."""

    SESSION = "session", _("dans sa propre session")
    HANDWRITING = "handwriting", _("à la main, page photographiée")


class Language(TextChoices):
    FRENCH = "fr", _("français")
    EASY_FRENCH = "fr-falc", _("français facile")
    ENGLISH = "en", _("anglais")
    ARABIC = "ar", _("arabe")
    UKRAINIAN = "uk", _("ukrainien")
    OTHER = "other", _("autre, avec interprète")


class ObjectiveStatus(TextChoices):
    ONGOING = "ongoing", _("En cours")
    REACHED = "reached", _("Atteint")
    SET_ASIDE = "set_aside", _("Mis de côté")
