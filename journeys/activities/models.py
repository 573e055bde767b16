"""The offer: activities, their dated sessions, who is in them.

An activity and its sessions are public and about nobody. An enrolment is about somebody: it follows
the person's territory, and says of each only a nickname and a number, so that nothing in a register
tells who is in the programme (rule 14).
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities import lists
from journeys.activities.enums import (
    ActivityKind,
    Attendance,
    EnrolmentStatus,
    Frame,
    Part,
    Source,
    StaffPart,
)
from journeys.messages.enums import Language
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from rtr.lib.codelists import CodeField
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.models import Place, Scoped, Territory

NOBODY = "—"


def public_name(activity, filename: str) -> str:
    """A name that says nothing of who added it."""
    return f"activities/{activity.territory_id}/{uuid.uuid4().hex}"


def leave_anonymous(collector, field, rows, using) -> None:
    """Deleting a person leaves their rows in the registers, about nobody: counts stay true.

    Like SET_NULL, and the nickname goes as well.
    """
    collector.add_field_update(field.model._meta.get_field("nickname"), NOBODY, rows)
    collector.add_field_update(field, None, rows)


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A territory's team knows all of its activities; participants, the published ones."""
        if user.territory_id:
            return self.filter(territory_id=user.territory_id).published()
        return self.filter(territory_id__in=user.territories_where("activities.read"))

    def managed_by(self, user):
        """Those whose words, sessions and places the user may change."""
        everywhere = Q(territory_id__in=user.territories_where("activities.write_all"))
        return self.filter(everywhere | user.houses_where("activities.write"))

    def published(self):
        return self.filter(published_on__isnull=False, closed_on__isnull=True)


class Activity(models.Model):
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="activities")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="activities", verbose_name=_("structure")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lieu")
    )
    title = models.CharField(_("titre"), max_length=80)
    pitch = models.CharField(_("ce qu’on y fait"), max_length=300)
    kind = models.CharField(_("nature"), max_length=12, choices=ActivityKind)
    frame = models.CharField(_("cadre"), max_length=12, choices=Frame, default=Frame.OPEN)
    theme = CodeField(_("thème"), codes=lists.THEMES, max_length=100, blank=True)
    service_type = CodeField(_("type de service"), codes=lists.SERVICE_TYPES, blank=True)
    languages = ArrayField(
        models.CharField(max_length=7, choices=Language), default=list, verbose_name=_("langues")
    )
    accessibility = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, verbose_name=_("accessibilité")
    )
    to_bring = models.CharField(_("à apporter"), max_length=160, blank=True)
    photo = models.FileField(_("photo"), upload_to=public_name, blank=True)
    photo_alt = models.CharField(_("ce que montre la photo"), max_length=120, blank=True)
    pictogram = models.CharField(_("pictogramme"), max_length=40, default="calendar-event")
    places = models.PositiveSmallIntegerField(_("places"), default=12)
    # Rule 14: open to other publics, unless the frame says otherwise.
    is_open = models.BooleanField(_("ouverte à d’autres publics"), default=True)
    published_on = models.DateField(_("au catalogue depuis le"), null=True, blank=True)
    closed_on = models.DateField(_("arrêtée le"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activité")
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["territory", "title"], name="activity_list"),
            models.Index(fields=["organisation"], name="activity_by_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_has_places",
                condition=Q(places__gte=1),
                violation_error_message=_("Une activité a une place au moins."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def photo_url(self) -> str:
        """Changes with the photograph, so that browsers may keep it."""
        return reverse("activity_photo", args=[self.pk, self.photo.name.rsplit("/", 1)[-1]])


class Series(models.Model):
    """Sessions that come back, written as a rule of RFC 5545 with an end; each is a row."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="series")
    rule = models.CharField(_("répétition"), max_length=200)
    starts_on = models.DateField(_("première séance"))
    until_on = models.DateField(_("dernière séance au plus tard"))
    starts_at = models.TimeField(_("à"))
    minutes = models.PositiveSmallIntegerField(_("durée, en minutes"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("série de séances")
        constraints = [
            models.CheckConstraint(
                name="series_ends_after_start",
                condition=Q(until_on__gte=F("starts_on")),
                violation_error_message=_("La dernière séance vient avant la première."),
            )
        ]

    def __str__(self):
        return f"{self.activity} · {self.rule}"


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the activities one knows; a volunteer, those where they help."""
        if not user.territory_id and not user.may("activities.read"):
            return self.helped_by(user)
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def helped_by(self, user):
        """Today's, where a volunteer gives a hand: their register is open for the day."""
        there = user.territories_where("registers.take")
        today = timezone.localdate()
        return self.filter(territory_id__in=there, staff__user=user, starts_at__date=today)

    def registered_by(self, user):
        """Whose register the user may open: all of the territory for who reads all of them, those
        of one's own house for who animates, today's for a volunteer."""
        everywhere = Q(territory_id__in=user.territories_where("registers.read_all"))
        activities = Activity.objects.filter(user.houses_where("activities.write"))
        return self.filter(
            everywhere | Q(activity__in=activities) | Q(pk__in=Session.objects.helped_by(user))
        )

    def held(self):
        return self.filter(cancelled_at__isnull=True)


class Session(models.Model):
    """A dated occurrence, with places."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sessions")
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    # The day the series gave it, which stays when it is moved: it is not made a second time.
    occurrence_on = models.DateField(null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    places = models.PositiveSmallIntegerField(_("places"))
    remote_link = models.URLField(_("lien à distance"), blank=True)
    said = models.CharField(_("à savoir"), max_length=160, blank=True)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    cancel_reason = models.CharField(_("raison"), max_length=120, blank=True)
    # Counted under the row's lock (actions.enrolling): a calendar reads no row about people.
    taken = models.PositiveSmallIntegerField(_("places prises"), default=0)
    waiting = models.PositiveSmallIntegerField(_("en attente"), default=0)
    # The last number given in this session: numbers are given once, in order of arrival.
    last_number = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("séance")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["territory", "starts_at"], name="session_calendar"),
            models.Index(fields=["activity", "starts_at"], name="session_of_activity"),
        ]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("La fin vient avant le début."),
            ),
            models.UniqueConstraint(
                fields=["series", "occurrence_on"], name="session_of_series_once"
            ),
        ]

    def __str__(self):
        return f"{self.activity} · {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"


class SessionStaff(models.Model):
    session = models.ForeignKey(Session, models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, models.PROTECT, related_name="session_parts")
    part = models.CharField(_("rôle"), max_length=9, choices=StaffPart, default=StaffPart.ANIMATOR)

    class Meta:
        verbose_name = _("qui anime")
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="session_staff_once")
        ]

    def __str__(self):
        return f"{self.user} · {self.get_part_display()}"


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rows of the registers one may open, and of the journeys one may open: one's own."""
        journeys = Journey.objects.visible_to(user)
        sessions = Session.objects.registered_by(user)
        return self.filter(Q(session__in=sessions) | Q(participant__journey__in=journeys))

    def managed_by(self, user):
        """Whose place the user may give back: everyone's in the registers they take, alike, so that
        nothing tells who is in the programme; and that of the people they follow."""
        sessions = Session.objects.registered_by(user).filter(
            territory_id__in=user.territories_where("registers.take")
        )
        followed = Journey.objects.visible_to(user).filter(
            territory_id__in=user.territories_where("enrolments.manage")
        )
        return self.filter(Q(session__in=sessions) | Q(participant__journey__in=followed))

    def standing(self):
        """In the session, or waiting for a place in it."""
        return self.exclude(status=EnrolmentStatus.CANCELLED)

    def enrolled(self):
        return self.filter(status=EnrolmentStatus.ENROLLED)

    def waiting(self):
        return self.filter(status=EnrolmentStatus.WAITING)

    def attended(self):
        return self.filter(attendance=Attendance.PRESENT)


class Enrolment(Scoped):
    """One person in one session: a nickname and a number, whoever they are (rule 14)."""

    # No composite key: the row follows the person when they change territory, the session stays.
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    participant = ScopedForeignKey(
        Participant, leave_anonymous, null=True, blank=True, related_name="enrolments"
    )
    nickname = models.CharField(_("surnom"), max_length=40)
    number = models.PositiveSmallIntegerField(_("numéro"))
    part = models.CharField(_("prend part"), max_length=10, choices=Part, default=Part.TAKES_PART)
    status = models.CharField(
        _("inscription"), max_length=9, choices=EnrolmentStatus, default=EnrolmentStatus.ENROLLED
    )
    source = models.CharField(_("comment"), max_length=8, choices=Source, default=Source.TEAM)
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    attendance = models.CharField(
        _("présence"), max_length=14, choices=Attendance, default=Attendance.REGISTERED
    )
    minutes = models.PositiveSmallIntegerField(_("durée, en minutes"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    # What the phone called it while it had no network: a second sync finds it again.
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription")
        ordering = ["session", "number"]
        indexes = [
            models.Index(fields=["participant", "session"], name="enrolment_of_participant"),
            models.Index(
                fields=["session", "asked_at"],
                name="enrolment_waiting",
                condition=Q(status="waiting"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="enrolment_number_once"),
            models.UniqueConstraint(
                fields=["session", "participant"],
                condition=Q(participant__isnull=False) & ~Q(status="cancelled"),
                name="enrolment_once",
                violation_error_message=_("Cette personne est déjà inscrite."),
            ),
            models.CheckConstraint(
                name="enrolment_present_is_recorded",
                condition=Q(attendance="registered") | Q(recorded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="enrolment_minutes_when_present",
                condition=Q(minutes__isnull=True) | Q(attendance="present"),
                violation_error_message=_("Une durée se note pour qui était là."),
            ),
        ]

    def __str__(self):
        return f"{self.number} · {self.nickname}"


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(user=user.pk)

    def standing(self):
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """A private iCalendar address, revocable; only its SHA-256 is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda à suivre")

    def __str__(self):
        return f"{self.user} · {self.made_at:%Y-%m-%d}"
