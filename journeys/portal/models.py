"""How a participant comes in without a password: a one-use link."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.participants.models import Participant
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped


class PortalLinkQuerySet(models.QuerySet):
    def usable(self, now=None):
        return self.filter(used_at__isnull=True, expires_at__gt=now or timezone.now())


class PortalLink(Scoped):
    """Works once, for a short time; only its SHA-256 is kept."""

    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="portal_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

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
