from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Place(TextChoices):
    """Where somebody stands in a group: in it, or next in line when it is full (rule 15)."""

    IN = "in", _("dans le groupe")
    WAITING = "waiting", _("en liste d’attente")


class ProductionKind(TextChoices):
    MAP = "map", _("carte thématique")
    PORTRAIT = "portrait", _("portrait")
    PODCAST = "podcast", _("podcast")
    ARTICLE = "article", _("article")
    OBJECT = "object", _("objet")
    OTHER = "other", _("autre")

    @property
    def icon(self) -> str:
        return {
            "map": "map",
            "portrait": "person",
            "podcast": "mic",
            "article": "journal-text",
            "object": "hammer",
        }.get(self.value, "palette")


class PartKind(TextChoices):
    """What a production is made of, besides its text."""

    IMAGE = "image", _("image")
    PDF = "pdf", _("document")
    SOUND = "sound", _("son")
    LINK = "link", _("lien")
    POINT = "point", _("point de la carte")


class Visibility(IntegerChoices):
    """From the most reserved to the most open: of several choices, the smallest counts."""

    GROUP = 1, _("Moi et le groupe")
    NETWORK = 2, _("Les structures du programme")
    EVERYONE = 3, _("Tout le monde")


class Licence(TextChoices):
    BY = "cc-by", _("CC BY")
    BY_SA = "cc-by-sa", _("CC BY-SA")
    BY_NC_SA = "cc-by-nc-sa", _("CC BY-NC-SA")
    RESERVED = "reserved", _("Tous droits réservés")

    @property
    def plain(self):
        """What it allows, in words that need no lawyer."""
        return PLAIN[self.value]

    @property
    def url(self) -> str:
        if self == Licence.RESERVED:
            return ""
        return f"https://creativecommons.org/licenses/{self.value.removeprefix('cc-')}/4.0/deed.fr"


PLAIN = {
    "cc-by": _("On peut reprendre et changer, en disant qui l’a fait."),
    "cc-by-sa": _("On peut reprendre et changer, en disant qui l’a fait. La même règle suit."),
    "cc-by-nc-sa": _(
        "On peut reprendre et changer, en disant qui l’a fait. On ne peut pas vendre."
        " La même règle suit."
    ),
    "reserved": _("On peut regarder. Pour reprendre, il faut demander."),
}


class DigitalLevel(TextChoices):
    """For whom a pair builds its path."""

    BEGINNER = "beginner", _("débutant")
    AT_EASE = "at_ease", _("à l’aise")
    ADVANCED = "advanced", _("avancé")

    @property
    def plain(self):
        return {
            "beginner": _("Le téléphone sert à appeler ; le reste se fait avec quelqu’un."),
            "at_ease": _("Les messages, les recherches, les démarches se font seul, souvent."),
            "advanced": _("On crée, on règle, on aide les autres."),
        }[self.value]


class Side(TextChoices):
    THIRD_PLACE = "third_place", _("le tiers-lieu")
    AGENCY = "agency", _("l’agence")
