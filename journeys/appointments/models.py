"""Person × staff, dated, with reminders; no blame for who does not come."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.appointments.enums import AppointmentStatus, CancelReason, Mode, Side
from journeys.messages.models import OutboundMessage
from journeys.pathway.models import Contact, OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Place

LIVE = [AppointmentStatus.PROPOSED, AppointmentStatus.ACCEPTED, AppointmentStatus.TO_CHANGE]
KEPT = [AppointmentStatus.PROPOSED, AppointmentStatus.ACCEPTED]


class AppointmentQuerySet(OfJourneyQuerySet):
    def live(self):
        """Those that may still take place: neither cancelled, nor behind and noted."""
        return self.filter(status__in=LIVE)

    def ahead(self):
        return self.live().filter(starts_at__gt=timezone.now())

    def with_colleague(self, user):
        return self.filter(with_user=user)

    def to_answer_by_team(self):
        """The person proposed a moment, or cannot come: it is the team's turn."""
        asked = Q(status=AppointmentStatus.PROPOSED, proposed_by=Side.PERSON)
        return self.ahead().filter(asked | Q(status=AppointmentStatus.TO_CHANGE))

    def to_mark(self):
        """Begun, and nobody said yet whether it took place."""
        return self.filter(status__in=KEPT, starts_at__lte=timezone.now())

    def overlapping(self, starts_at: datetime.datetime, ends_at: datetime.datetime):
        return self.live().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Appointment(OfJourney):
    with_user = models.ForeignKey(
        User, models.PROTECT, related_name="appointments", verbose_name=_("avec")
    )
    starts_at = models.DateTimeField(_("début"))
    minutes = models.PositiveSmallIntegerField(_("durée, en minutes"), default=45)
    ends_at = models.DateTimeField(_("fin"), editable=False)  # starts_at + minutes
    mode = models.CharField(_("comment"), max_length=6, choices=Mode)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    where = models.CharField(_("où"), max_length=120, blank=True)
    link = models.URLField(_("lien de la visio"), blank=True)
    proposed_by = models.CharField(_("proposé par"), max_length=6, choices=Side)
    status = models.CharField(_("état"), max_length=9, choices=AppointmentStatus)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    moved_from = models.DateTimeField(_("déplacé du"), null=True, blank=True)
    cancelled_by = models.CharField(_("annulé par"), max_length=6, choices=Side, blank=True)
    cancel_reason = models.CharField(_("raison"), max_length=7, choices=CancelReason, blank=True)
    # The contact that it became, once it took place.
    contact = ScopedForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # The status before the last act, to take it back.
    was = models.CharField(max_length=9, blank=True, editable=False)
    # One more at each act: an answer is to the moment that its page showed.
    version = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendez-vous")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["with_user", "starts_at"], name="appointment_of_colleague"),
            models.Index(fields=["territory", "starts_at"], name="appointment_calendar"),
        ]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Un rendez-vous dure cinq minutes au moins."),
            ),
            models.CheckConstraint(
                name="appointment_cancelled_says_by_whom",
                condition=Q(status="cancelled") & ~Q(cancelled_by="")
                | ~Q(status="cancelled") & Q(cancelled_by="", cancel_reason=""),
                violation_error_message=_("Une annulation dit de qui elle vient."),
            ),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs):
        self.set_end()
        fields = kwargs.get("update_fields")
        if fields is not None and {"starts_at", "minutes"} & set(fields):
            kwargs["update_fields"] = {*fields, "ends_at"}
        super().save(*args, **kwargs)

    def set_end(self) -> None:
        self.ends_at = self.starts_at + datetime.timedelta(minutes=self.minutes)

    @property
    def on(self) -> datetime.date:
        return timezone.localtime(self.starts_at).date()

    @property
    def is_past(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    def awaits(self, side: str) -> bool:
        """Whether it is this side's turn to say yes."""
        return self.status == AppointmentStatus.PROPOSED and self.proposed_by != side


class Reminder(OfJourney):
    """A message about an appointment: what an answer is to, and what is not to be sent any more."""

    appointment = ScopedForeignKey(Appointment, models.CASCADE, related_name="reminders")
    message = ScopedForeignKey(
        OutboundMessage, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # 3 or 1 before the day; 0, the message that proposes the moment.
    days = models.PositiveSmallIntegerField(_("jours avant"))
    for_at = models.DateTimeField(_("pour le"))

    class Meta:
        verbose_name = _("rappel de rendez-vous")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "days", "for_at"], name="reminder_once_a_moment"
            )
        ]

    def __str__(self):
        return f"{self.days} · {self.for_at:%Y-%m-%d %H:%M}"
