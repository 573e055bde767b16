from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    MAIL = "mail", _("Courriel")
    SMS = "sms", _("SMS")


class Language(TextChoices):
    """The languages a message, a page or a contract can be read in; each by its own name."""

    FRENCH = "fr", "Français"
    EASY_FRENCH = "fr-falc", "Français facile"
    ENGLISH = "en", "English"
    ARABIC = "ar", "العربية"
    UKRAINIAN = "uk", "Українська"


class Delivery(TextChoices):
    """What the provider says became of a message once it had it."""

    DELIVERED = "delivered", _("arrivé")
    UNDELIVERED = "undelivered", _("pas arrivé")


class Meaning(TextChoices):
    """What somebody answered to a text message."""

    YES = "yes", _("oui")
    NO = "no", _("non")
    STOP = "stop", _("plus de messages")
    START = "start", _("de nouveau des messages")
    OTHER = "other", _("autre chose")


class Decision(TextChoices):
    """What a person decides of a message that did not surely arrive."""

    LEFT = "left", _("Il est parti")
    AGAIN = "again", _("Le renvoyer")
    LEAVE = "leave", _("Le laisser ainsi")


class State(TextChoices):
    """What became of a message, in one word."""

    WAITING = "waiting", _("en attente")
    SENT = "sent", _("envoyé")
    DELIVERED = "delivered", _("arrivé")
    UNDELIVERED = "undelivered", _("pas arrivé")
    UNCERTAIN = "uncertain", _("incertain")
    REFUSED = "refused", _("pas parti")
    CANCELLED = "cancelled", _("annulé")
