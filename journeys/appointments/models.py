"""Person × staff, dated, with reminders; no blame for who does not come."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.appointments.enums import AppointmentStatus, Mode, Side
from journeys.pathway.models import OfJourney
from territories.accounts.models import User
from territories.places.models import Place


class Appointment(OfJourney):
    with_user = models.ForeignKey(
        User, models.PROTECT, related_name="appointments", verbose_name=_("avec")
    )
    starts_at = models.DateTimeField(_("début"))
    minutes = models.PositiveSmallIntegerField(_("durée, en minutes"), default=45)
    mode = models.CharField(_("comment"), max_length=6, choices=Mode)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    where = models.CharField(_("où"), max_length=120, blank=True)
    proposed_by = models.CharField(_("proposé par"), max_length=6, choices=Side)
    status = models.CharField(_("état"), max_length=9, choices=AppointmentStatus)
    answered_at = models.DateTimeField(null=True, blank=True)
    moved_from = models.DateTimeField(_("déplacé du"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("rendez-vous")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["with_user", "starts_at"], name="appointment_of_colleague"),
            models.Index(fields=["territory", "starts_at"], name="appointment_calendar"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"
