"""Ways to sign from one's own phone: one-use links, and codes of six figures (rule 4)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract, Objective
from journeys.messages.enums import Channel
from journeys.messages.enums import Language as Spoken
from journeys.pathway.models import Journey, OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User


class SigningLinkQuerySet(OfJourneyQuerySet):
    def live(self):
        """The last one sent to each signer: those before died with it."""
        return self.filter(replaced_at__isnull=True)


class SigningLink(OfJourney):
    """A one-use way to a contract, or to an objective, sent to somebody's own phone or mail.

    Bound to that contract or objective, that signer, that number; only its SHA-256 is kept.
    """

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="signing_links")
    contract = ScopedForeignKey(
        Contract, models.CASCADE, null=True, blank=True, related_name="links"
    )
    objective = ScopedForeignKey(
        Objective, models.CASCADE, null=True, blank=True, related_name="links"
    )
    signer = models.CharField(_("pour"), max_length=11, choices=Signer)
    channel = models.CharField(_("par"), max_length=4, choices=Channel)
    to = models.CharField(_("à"), max_length=254)
    token_sha256 = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("langue"), max_length=7, choices=Spoken, default=Spoken.FRENCH)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    given_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    expires_at = models.DateTimeField(_("marche jusqu’au"))
    is_reminder = models.BooleanField(_("rappel"), default=False)
    # Opened by a person who pressed the button: from then on it works in that browser alone.
    opened_at = models.DateTimeField(_("ouvert le"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("remplacé le"), null=True, blank=True)
    talk_asked_at = models.DateTimeField(_("veut en parler depuis le"), null=True, blank=True)

    objects = SigningLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien pour signer")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="signing_link_about_one_thing",
                condition=Q(contract__isnull=False, objective__isnull=True)
                | Q(contract__isnull=True, objective__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.get_signer_display()} · {self.given_at:%Y-%m-%d}"

    @property
    def ending(self) -> str:
        """What the team may read of where it went: « 34 », « @exemple.fr »."""
        return ending_of(self.to)


class SigningCode(OfJourney):
    """Six figures sent to somebody's own phone, for one signature; kept hashed, for ten minutes."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="+")
    contract = ScopedForeignKey(Contract, models.CASCADE, related_name="codes")
    signer = models.CharField(max_length=11, choices=Signer)
    to = models.CharField(_("à"), max_length=254)
    hashed = models.CharField(max_length=128)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("code pour signer")
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return f"{self.get_signer_display()} · {self.sent_at:%Y-%m-%d}"


def ending_of(address: str) -> str:
    """The last two figures of a phone, the house of a mail."""
    before, at, house = address.rpartition("@")
    return f"@{house}" if at else address[-2:]
