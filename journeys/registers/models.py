"""What was noted in registers, by whom and when; monthly statements of hours, signed by both."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.enums import Attendance
from journeys.activities.models import Enrolment
from journeys.pathway.models import Journey, OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from journeys.registers.enums import MarkKind
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped


class AttendanceMark(Scoped):
    """One gesture on one row of a register; append-only. The row holds the last one.

    `uuid` is the phone's: a gesture sent twice is found again. `batch` is one press of a button, so
    that « tout le monde est là » is taken back at once.
    """

    enrolment = ScopedForeignKey(Enrolment, models.CASCADE, related_name="marks")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    batch = models.UUIDField(default=uuid4)
    kind = models.CharField(_("quoi"), max_length=8, choices=MarkKind, default=MarkKind.NOTED)
    was_attendance = models.CharField(_("avant"), max_length=14, choices=Attendance)
    was_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    was_waiting = models.BooleanField(default=False)
    attendance = models.CharField(_("présence"), max_length=14, choices=Attendance)
    minutes = models.PositiveSmallIntegerField(_("durée, en minutes"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # When it was tapped, and when it came: hours apart where there was no network.
    at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("geste d’un registre")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(fields=["enrolment", "received_at"], name="mark_of_enrolment"),
            models.Index(fields=["batch"], name="mark_of_batch"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_attendance_display()}"


class StatementQuerySet(OfJourneyQuerySet):
    def visible_to(self, user):
        """One's own; those of the people one refers for or coordinates: they hold a name."""
        rows = OfJourneyQuerySet.visible_to(self, user)
        if user.territory_id:
            return rows
        referred = user.team_places.standing().referring().values("journey")
        everywhere = user.territories_where("journeys.read_all")
        return rows.filter(Q(journey__in=referred) | Q(territory_id__in=everywhere))

    def standing(self):
        """The last version of each."""
        return self.filter(replaced_at__isnull=True)

    def signed(self):
        return self.filter(person_signed_at__isnull=False, team_signed_at__isnull=False)

    def unsigned(self):
        return self.filter(Q(person_signed_at__isnull=True) | Q(team_signed_at__isnull=True))


class AttendanceStatement(OfJourney):
    """The hours of one person in one month, with their name; apart from registers (rule 15).

    Frozen by the first signature: a register corrected after it makes a new version, and the old
    one stays readable. What is hashed is `journeys.registers.statements.canonical`.
    """

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="statements")
    month = models.DateField(_("mois"))
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    code = models.CharField(_("code"), max_length=24)
    name = models.CharField(_("nom"), max_length=140)
    # [{"on": "2026-11-05", "title": …, "minutes": 120}, …], in the order of days.
    rows = models.JSONField(_("séances"), default=list)
    minutes = models.PositiveIntegerField(_("durée, en minutes"), default=0)
    sha256 = models.CharField(max_length=64)
    prepared_at = models.DateTimeField(_("préparé le"), default=timezone.now)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    replaced_at = models.DateTimeField(_("remplacé le"), null=True, blank=True)
    # Each by their own act, in their own session.
    person_signed_at = models.DateTimeField(_("signé par la personne le"), null=True, blank=True)
    person_user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    team_signed_at = models.DateTimeField(_("signé par l’équipe le"), null=True, blank=True)
    team_user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    team_name = models.CharField(_("signé par"), max_length=140, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("relevé d’heures")
        ordering = ["-month", "code", "-number"]
        indexes = [models.Index(fields=["territory", "month"], name="statement_of_month")]
        constraints = [
            # By code, which never changes: two files of one person may be merged.
            models.UniqueConstraint(fields=["code", "month", "number"], name="statement_once"),
            models.CheckConstraint(
                name="statement_month_is_a_first_day", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="statement_signed_by_somebody",
                condition=(Q(person_signed_at__isnull=True) | Q(person_user__isnull=False))
                & (
                    Q(team_signed_at__isnull=True, team_name="")
                    | Q(team_signed_at__isnull=False, team_user__isnull=False) & ~Q(team_name="")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.code} · {self.month:%Y-%m} · {self.number}"

    @property
    def is_signed(self) -> bool:
        return bool(self.person_signed_at and self.team_signed_at)

    @property
    def is_begun(self) -> bool:
        """Somebody signed: what it says changes no more."""
        return bool(self.person_signed_at or self.team_signed_at)
