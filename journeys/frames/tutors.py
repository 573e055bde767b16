"""What a tutor says of an immersion, by a link without an account."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.frames.enums import Again, Gesture, Often
from journeys.frames.models import Immersion
from journeys.messages.enums import Channel
from journeys.pathway.models import OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField
from territories.accounts.models import User


class TutorLinkQuerySet(OfJourneyQuerySet):
    def live(self, at=None):
        return self.filter(revoked_at__isnull=True, expires_at__gt=at or timezone.now())


class TutorLink(OfJourney):
    """One way at a time to one immersion's five questions; only its SHA-256 is kept.

    It works until it expires or is taken back, in any browser: a tutor answers at the workbench
    and corrects at the office. It opens nothing but their own answers.
    """

    immersion = ScopedForeignKey(Immersion, models.CASCADE, related_name="tutor_links")
    # Nothing where it was shown on the spot, as a QR code.
    channel = models.CharField(_("par"), max_length=4, choices=Channel, blank=True)
    to = models.CharField(_("à"), max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    given_at = models.DateTimeField(_("donné le"), default=timezone.now)
    expires_at = models.DateTimeField(_("marche jusqu’au"))
    is_reminder = models.BooleanField(_("rappel"), default=False)
    revoked_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = TutorLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien pour le tuteur")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["immersion"],
                condition=Q(revoked_at__isnull=True),
                name="tutor_link_one_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.immersion} · {self.given_at:%Y-%m-%d}"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class TutorFeedback(OfJourney):
    """Five plain questions; corrected as long as the link works and nobody closed it."""

    immersion = ScopedOneToOneField(Immersion, models.CASCADE, related_name="feedback")
    punctual = models.CharField(_("ponctualité"), max_length=8, choices=Often)
    helpful = models.CharField(_("entraide"), max_length=8, choices=Often)
    gestures = ArrayField(
        models.CharField(max_length=12, choices=Gesture), default=list, blank=True
    )
    other_gestures = models.CharField(_("autres gestes acquis"), max_length=160, blank=True)
    went_well = models.CharField(_("ce qui a bien marché"), max_length=300)
    again = models.CharField(_("accueillerait de nouveau"), max_length=5, choices=Again)
    follows = models.CharField(_("une suite possible"), max_length=200, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("avis du tuteur")

    def __str__(self):
        return f"{self.immersion} · {self.answered_at:%Y-%m-%d}"

    @property
    def gesture_words(self) -> list[str]:
        return [str(Gesture(code).label) for code in self.gestures]
