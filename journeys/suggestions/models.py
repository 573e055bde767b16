"""What somebody does not wish to be suggested."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.models import Activity
from journeys.pathway.models import Journey, OfJourney
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User


class NotForMe(OfJourney):
    """« Pas pour moi »: said by the person, or by the team in their name; taken back at will."""

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="not_for_me")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    on = models.DateField(_("dit le"), default=timezone.localdate)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("activité qui n’est pas pour la personne")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "activity"], name="not_for_me_once")
        ]

    def __str__(self):
        return str(self.activity)
