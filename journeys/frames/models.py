"""Frames other than the open activity (rule 16): immersions, AFEST, safety briefings."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.documents.models import Document
from journeys.participants.models import Participant
from journeys.pathway.models import OfJourney
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.equipment import Equipment
from territories.places.models import Scoped


class Immersion(OfJourney):
    """A period in a company to discover or confirm a trade (PMSMP).

    Source: Code du travail, L5135-1 to L5135-8, D5135-1 to D5135-8: a convention signed before the
    first day; one month at most, renewed once; 60 days a host in 12 months.
    """

    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    host_name = models.CharField(_("entreprise"), max_length=120)
    host_siret = models.CharField(_("SIRET"), max_length=14)
    tutor = models.CharField(_("tuteur"), max_length=120)
    tutor_contact = models.CharField(_("contact du tuteur"), max_length=120)
    prescriber = models.CharField(_("prescripteur"), max_length=120)
    insurer = models.CharField(_("assureur"), max_length=120)
    policy = models.CharField(_("police d’assurance"), max_length=60)
    tasks = models.CharField(_("tâches"), max_length=500)
    from_on = models.DateField(_("du"))
    until_on = models.DateField(_("au"))
    weekly_hours = models.PositiveSmallIntegerField(_("heures par semaine"))
    renews = ScopedForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    convention = ScopedForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField(_("convention signée le"), null=True, blank=True)
    cancelled_on = models.DateField(_("annulée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("immersion")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="immersion_ends_after_start",
                condition=models.Q(until_on__gte=models.F("from_on")),
                violation_error_message=_("La fin vient avant le début."),
            )
        ]

    def __str__(self):
        return f"{self.host_name} · {self.from_on}"


class SafetyBriefing(Scoped):
    participant = ScopedForeignKey(Participant, models.CASCADE, related_name="briefings")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="+")
    on = models.DateField(_("le"), default=timezone.localdate)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("consignes de sécurité")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "equipment", "on"], name="briefing_once_a_day"
            )
        ]

    def __str__(self):
        return f"{self.equipment} · {self.on}"
