"""What leaves the house for a person: written with the act that causes it, sent afterwards."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from rtr.due import DueRow
from territories.places.models import Scoped


class Channel(models.TextChoices):
    MAIL = "mail", _("Courriel")


class OutboundMessage(Scoped, DueRow):
    # Given to the provider with the message: it names it in receipts, and tells a double.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(_("voie"), max_length=4, choices=Channel, default=Channel.MAIL)
    to = models.CharField(_("à"), max_length=254)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    body = models.TextField(_("texte"))
    cause = models.CharField(_("ce qui l’a fait écrire"), max_length=60, blank=True)
    receipt = models.CharField(_("récépissé"), max_length=200, blank=True)

    class Meta(DueRow.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self):
        return f"{self.get_channel_display()} {self.uuid}"
