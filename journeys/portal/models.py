"""How a participant comes in without a password: a link, a code, a card."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.participants.models import Participant
from rtr.due import DueRow
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped


class PortalLinkQuerySet(models.QuerySet):
    def usable(self, now=None):
        return self.filter(used_at__isnull=True, expires_at__gt=now or timezone.now())


class PortalLink(Scoped):
    """Works once, for a short time; only its SHA-256 is kept.

    One shown on the team's screen also opens to eight figures: the first four find it, the others
    prove it.
    """

    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="portal_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    figures = models.CharField(max_length=4, blank=True, default="", db_default="")
    code = models.CharField(max_length=64, blank=True, default="", db_default="")  # keyed hash
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = PortalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien de connexion")
        constraints = [
            models.CheckConstraint(
                name="portal_link_expires",
                condition=Q(expires_at__gt=models.F("given_at")),
            )
        ]

    def __str__(self):
        return f"{self.participant} · {self.given_at:%Y-%m-%d}"


class CardQuerySet(models.QuerySet):
    def active(self):
        return self.filter(revoked_at__isnull=True)


class CardAccess(Scoped):
    """A printed drawing that opens to four figures. Neither can be read back from here."""

    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="cards")
    token_sha256 = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=64)  # keyed hash
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("donnée le"), default=timezone.now)
    used_at = models.DateTimeField(_("utilisée le"), null=True, blank=True)
    # Wrong figures: in the hour that began then, and in all.
    wrong_since = models.DateTimeField(null=True, blank=True)
    wrong_lately = models.PositiveSmallIntegerField(default=0)
    wrong = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(_("arrêtée le"), null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("carte d’entrée")
        ordering = ["-given_at", "-pk"]

    def __str__(self):
        return f"{self.participant} · {self.given_at:%Y-%m-%d}"


class EntryCode(DueRow):
    """A code asked for a number, known or not: the row is the same, and so is the answer.

    About a number, of which a keyed hash is kept, and about nobody: whose number it is is looked
    for by the worker, then again once the code is right.
    """

    number = models.CharField(max_length=64)  # keyed hash
    network = models.CharField(max_length=64)  # keyed hash of the address that asked
    code = models.CharField(max_length=64)  # keyed hash
    # The number and the code, sealed; erased once the worker has read them.
    payload = models.TextField(blank=True)
    language = models.CharField(max_length=7)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta(DueRow.Meta):
        verbose_name = _("code d’entrée")
        indexes = [
            *DueRow.Meta.indexes,
            models.Index(fields=["number", "asked_at"], name="entry_code_by_number"),
            models.Index(fields=["network", "asked_at"], name="entry_code_by_network"),
        ]

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class WrongCode(models.Model):
    """Somebody typed a code of no screen: counted by network, of which a keyed hash is kept."""

    network = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("code d’écran faux")
        indexes = [models.Index(fields=["network", "at"], name="wrong_code_by_network")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
