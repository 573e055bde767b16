"""Frames other than the open activity (rule 16): immersions, volunteering, safety briefings.

AFEST are in `afest`, what a tutor says in `tutors`.
"""

import datetime

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.models import Session
from journeys.documents.models import Document
from journeys.frames.enums import (
    Again,
    Cancel,
    EarlyEnd,
    HostStatus,
    Insured,
    Prescriber,
    Purpose,
    Situation,
    State,
)
from journeys.participants.models import Participant
from journeys.pathway.models import OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.equipment import Equipment
from territories.places.models import Scoped

# A briefing is given again after a year: people forget, machines change.
BRIEFING_MONTHS = 12
LEGAL_HOURS = 35  # a week. Source: Code du travail, L3121-27


def ends_after_start(name: str, start: str = "from_on", end: str = "until_on"):
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        violation_error_message=_("La fin vient avant le début."),
    )


class ImmersionQuerySet(OfJourneyQuerySet):
    def standing(self):
        return self.filter(cancelled_on__isnull=True)

    def unsigned(self):
        return self.standing().filter(signed_on__isnull=True)

    def going_to_end(self):
        """Signed, and nobody noted the end yet."""
        return self.standing().filter(signed_on__isnull=False, ended_on__isnull=True)

    def at(self, siret: str):
        """The same host is the same establishment."""
        return self.standing().filter(host_siret=siret)


class Immersion(OfJourney):
    """A period in a company to discover or confirm a trade (PMSMP).

    Source: Code du travail, L5135-1 to L5135-8, D5135-1 to D5135-8: a convention signed before the
    first day; one month at most, renewed once; 60 days a host in 12 months.
    """

    purpose = models.CharField(_("objet"), max_length=8, choices=Purpose)
    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    host_name = models.CharField(_("employeur"), max_length=120)
    host_siret = models.CharField(_("SIRET"), max_length=14)
    host_activity = models.CharField(_("activité"), max_length=120)
    host_address = models.CharField(_("adresse"), max_length=200)
    tutor = models.CharField(_("tuteur"), max_length=120)
    tutor_role = models.CharField(_("fonction du tuteur"), max_length=80)
    tutor_contact = models.CharField(_("contact du tuteur"), max_length=120)
    prescriber_kind = models.CharField(_("qui prescrit"), max_length=10, choices=Prescriber)
    prescriber = models.CharField(_("structure qui prescrit"), max_length=120)
    situation = models.CharField(_("situation"), max_length=8, choices=Situation)
    insurer = models.CharField(_("assureur"), max_length=120)
    policy = models.CharField(_("police d’assurance"), max_length=60)
    objectives = models.CharField(_("ce qu’on veut savoir à la fin"), max_length=300)
    tasks = models.CharField(_("tâches"), max_length=500)
    place = models.CharField(_("lieu"), max_length=200)
    schedule = models.CharField(_("jours et horaires"), max_length=200)
    # Monday is 0. None chosen: every day of the calendar counts.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    weekly_hours = models.PositiveSmallIntegerField(_("heures par semaine"))
    from_on = models.DateField(_("du"))
    until_on = models.DateField(_("au"))
    renews = ScopedForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="renewals"
    )
    convention = ScopedForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField(_("convention signée le"), null=True, blank=True)
    signed_seen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("vue par")
    )
    ended_on = models.DateField(_("dernier jour"), null=True, blank=True)
    end_reason = models.CharField(_("raison"), max_length=6, choices=EarlyEnd, blank=True)
    cancelled_on = models.DateField(_("annulée le"), null=True, blank=True)
    cancel_reason = models.CharField(_("raison"), max_length=7, choices=Cancel, blank=True)
    # The person's own view, beside the tutor's.
    liked = models.CharField(_("ce que la personne en retient"), max_length=300, blank=True)
    again = models.CharField(_("elle y retournerait"), max_length=5, choices=Again, blank=True)
    assessed_on = models.DateField(_("évaluée le"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ImmersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("immersion")
        ordering = ["-from_on", "-pk"]
        indexes = [
            models.Index(
                fields=["territory", "until_on"],
                name="immersion_not_assessed",
                condition=Q(assessed_on__isnull=True, cancelled_on__isnull=True),
            )
        ]
        constraints = [
            ends_after_start("immersion_ends_after_start"),
            models.CheckConstraint(
                name="immersion_signed_before",
                condition=Q(signed_on__isnull=True) | Q(signed_on__lte=F("from_on")),
                violation_error_message=_("La convention se signe au plus tard le premier jour."),
            ),
            models.CheckConstraint(
                name="immersion_signature_was_seen",
                condition=Q(signed_on__isnull=True, signed_seen_by__isnull=True)
                | Q(signed_on__isnull=False, signed_seen_by__isnull=False),
            ),
            models.CheckConstraint(
                name="immersion_ended_was_signed",
                condition=Q(ended_on__isnull=True)
                | Q(signed_on__isnull=False, ended_on__gte=F("from_on")),
                violation_error_message=_("Une immersion commence une fois sa convention signée."),
            ),
            models.CheckConstraint(
                name="immersion_assessed_was_ended",
                condition=Q(assessed_on__isnull=True) | Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="immersion_hours",
                condition=Q(weekly_hours__gte=1, weekly_hours__lte=LEGAL_HOURS),
                violation_error_message=_("Trente-cinq heures par semaine au plus."),
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=Q(renews__isnull=False, cancelled_on__isnull=True),
                name="immersion_renewed_once",
                violation_error_message=_("Cette immersion est déjà renouvelée."),
            ),
        ]

    def __str__(self):
        return f"{self.host_name} · {self.from_on}"

    @property
    def last_on(self) -> datetime.date:
        """The last day: as planned, or earlier."""
        return self.ended_on or self.until_on

    def state_on(self, day: datetime.date) -> State:
        if self.cancelled_on:
            return State.CANCELLED
        if self.assessed_on:
            return State.ASSESSED
        if self.signed_on is None:
            return State.PREPARED
        if self.ended_on or day > self.until_on:
            return State.OVER
        return State.UNDER_WAY if day >= self.from_on else State.SIGNED

    @property
    def state(self) -> State:
        return self.state_on(timezone.localdate())

    @property
    def is_started(self) -> bool:
        return self.state in (State.UNDER_WAY, State.OVER, State.ASSESSED)


class Volunteering(OfJourney):
    """Help given freely to a body that seeks no profit; a company is never one (rule 16)."""

    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    host_name = models.CharField(_("où"), max_length=120)
    host_siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    host_status = models.CharField(_("nature"), max_length=11, choices=HostStatus)
    what = models.CharField(_("ce que la personne y fait"), max_length=300)
    weekly_hours = models.PositiveSmallIntegerField(_("heures par semaine"), null=True, blank=True)
    insured = models.CharField(_("assurance"), max_length=5, choices=Insured)
    from_on = models.DateField(_("depuis le"), default=timezone.localdate)
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("bénévolat")
        ordering = ["-from_on", "-pk"]
        constraints = [
            ends_after_start("volunteering_ends_after_start"),
            models.CheckConstraint(
                name="volunteering_seeks_no_profit",
                condition=~Q(host_status="company"),
                violation_error_message=_("Le bénévolat ne se fait pas dans une entreprise."),
            ),
        ]

    def __str__(self):
        return f"{self.host_name} · {self.from_on}"


def briefed_since(day: datetime.date) -> datetime.date:
    """A briefing given from this day on still holds on `day`."""
    return day - relativedelta(months=BRIEFING_MONTHS)


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
                fields=["participant", "equipment", "on"],
                name="briefing_once_a_day",
                violation_error_message=_("Ces consignes sont déjà notées ce jour-là."),
            )
        ]

    def __str__(self):
        return f"{self.equipment} · {self.on}"

    @property
    def until_on(self) -> datetime.date:
        return self.on + relativedelta(months=BRIEFING_MONTHS)

    @property
    def holds(self) -> bool:
        return self.on >= briefed_since(timezone.localdate())


class GroupBriefing(models.Model):
    """Consigns given to a whole session: the numbers of who heard them, whoever they are."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="briefings")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="+")
    numbers = ArrayField(models.PositiveSmallIntegerField(), default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("consignes données à une séance")
        constraints = [
            models.UniqueConstraint(fields=["session", "equipment"], name="group_briefing_once")
        ]

    def __str__(self):
        return f"{self.session} · {self.equipment}"
