"""The wallets that people let read their badges."""

from allauth.idp.oidc.models import Token
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.credentials.models import Recipient
from rtr.postgres.fields import ScopedForeignKey
from territories.places.models import Scoped


class ConnectedWalletQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own: nobody of a team knows where somebody keeps their badges."""
        return self.filter(recipient__in=Recipient._base_manager.filter(user=user).values("pk"))

    def open(self):
        return self.filter(withdrawn_on__isnull=True)


class ConnectedWallet(Scoped):
    """An agreement: this application may read, until it is told to stop.

    `client_key`, the `client_id` of OAuth 2, whose row may go before this one; `name`, as the
    application calls itself; `host`, of the address where its answer went, which is what is known
    for sure; `words`, the agreement as it was read. Tokens are allauth's.
    """

    recipient = ScopedForeignKey(Recipient, models.CASCADE, related_name="wallets")
    client_key = models.CharField(max_length=100, editable=False)
    name = models.CharField(_("nom de l’application"), max_length=100)
    host = models.CharField(_("site de l’application"), max_length=255)
    scopes = ArrayField(models.CharField(max_length=100), verbose_name=_("ce qu’elle peut faire"))
    words = models.TextField(_("ce qui a été lu"))
    consented_on = models.DateTimeField(_("accord donné le"), default=timezone.now)
    withdrawn_on = models.DateTimeField(_("accord repris le"), null=True, blank=True)

    objects = ConnectedWalletQuerySet.as_manager()

    class Meta:
        verbose_name = _("application reliée")
        ordering = ["-consented_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "client_key"],
                condition=Q(withdrawn_on__isnull=True),
                name="wallet_connected_once",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def tokens(self):
        """Those with which the application opens the door; none without an account."""
        user = self.recipient.user_id
        return Token.objects.filter(user=user, user__isnull=False, client=self.client_key)
