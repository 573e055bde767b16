from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TerritoryKind(TextChoices):
    URBAN = "urban", _("urbain")
    RURAL = "rural", _("rural")


class PlaceClosing(TextChoices):
    GONE = "gone", _("n’existe plus")
    SHUT = "shut", _("n’accueille plus nos activités")
    MISTAKE = "mistake", _("avait été noté par erreur")
