from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MarkKind(TextChoices):
    """What was done of a row of a register."""

    NOTED = "noted", _("présence notée")
    ADDED = "added", _("venue ajoutée")
    REMOVED = "removed", _("venue retirée")
    LINKED = "linked", _("présence reprise dans un parcours")
    UNLINKED = "unlinked", _("reprise annulée")
