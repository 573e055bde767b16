from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    INVITED = "invited", _("Invitation envoyée")
    GIVEN = "given", _("Donné")
    DECLINED = "declined", _("Décliné")
    WITHDRAWN = "withdrawn", _("Repris")


class Identity(TextChoices):
    """How we know who endorses."""

    NONE = "none", _("Identité non vérifiée")
    DOMAIN = "domain", _("Adresse e-mail de la structure")
    MEMBER = "member", _("Membre du consortium")
