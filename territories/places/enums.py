from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TerritoryKind(TextChoices):
    URBAN = "urban", _("urbain")
    RURAL = "rural", _("rural")
