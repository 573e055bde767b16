from django.db.models import TextChoices
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Language as Spoken


class Signer(TextChoices):
    PARTICIPANT = "participant", _("La personne")
    GUARDIAN = "guardian", _("Son curateur ou tuteur")
    COORDINATOR = "coordinator", _("Coordination de parcours")
    REFERENT = "referent", _("Référence de parcours")


class Method(TextChoices):
    """How somebody signs: always their own act (rule 4)."""

    SESSION = "session", _("dans sa propre session")
    HANDWRITING = "handwriting", _("à la main, page photographiée")
    PHONE = "phone", _("sur son propre téléphone, avec un code")
    MAIL = "mail", _("depuis son propre courriel, avec un code")


BY_CODE = (Method.PHONE, Method.MAIL)

# What a contract can be read in: the languages of the house by their own names, and any other one
# with somebody who interprets.
Language = TextChoices(
    "Language",
    [(one.name, (one.value, one.label)) for one in Spoken]
    + [("OTHER", ("other", _("Autre, avec interprète")))],
)


def in_french(language: str) -> str:
    """The language as a French sentence names it: « arabe », « français facile »."""
    others = {Spoken.EASY_FRENCH: _("français facile"), "other": _("autre, avec interprète")}
    return str(others.get(language) or get_language_info(language)["name_translated"].lower())


class Agreed(TextChoices):
    """How the person said yes to an objective added after the signature."""

    TOGETHER = "together", _("convenu ensemble")
    PORTAL = "portal", _("depuis son espace")
    LINK = "link", _("depuis son téléphone")


class ObjectiveStatus(TextChoices):
    ONGOING = "ongoing", _("En cours")
    REACHED = "reached", _("Atteint")
    SET_ASIDE = "set_aside", _("Mis de côté")
