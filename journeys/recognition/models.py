"""What of a person's path becomes a badge: asked, proposed, given at a session (rule 18)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.achievements.models import Achievement, AchievementVersion
from badges.credentials.models import Credential, Recipient
from badges.issuers.models import Issuer
from journeys.activities.models import Session
from journeys.contracts.models import Objective
from journeys.experiences.models import Experience, Reflection
from journeys.participants.models import Participant
from journeys.pathway.models import Journey, OfJourney
from journeys.pathway.querysets import OfJourneyQuerySet
from journeys.recognition.enums import WAITING, StartedBy, State
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.models import Scoped, Territory


class Holder(Scoped):
    """Whom of the engine's recipients a participant is. Erased with the person, and their badges
    with it: those they kept stay verifiable, by keys and lists that name nobody."""

    participant = ScopedOneToOneField(Participant, models.CASCADE, related_name="holder")
    recipient = ScopedOneToOneField(Recipient, models.CASCADE, related_name="holder")

    class Meta:
        verbose_name = _("détenteur de badges")

    def __str__(self):
        return str(self.recipient_id)


class SessionAward(models.Model):
    """A badge given at once to those present: numbers of the register, whoever they are.

    A number that is found to be somebody later receives the badge then.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="awards")
    version = models.ForeignKey(AchievementVersion, models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="+")
    numbers = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("numéros"))
    reason = models.CharField(_("pourquoi"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("le"), default=timezone.now)
    # What the page called it: sent twice, it is the same one.
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("badge d’une séance")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.version.name} · {self.session_id}"


class RecognitionQuerySet(OfJourneyQuerySet):
    def visible_to(self, user):
        """Of the journeys one may open; those asked to one's own house, those of everybody for who
        looks after badges, but of whoever objected to them."""
        objected = user.team_places.suspended().filter(journey=OuterRef("journey"))
        asked = user.houses_where("badges.answer")
        everyone = Q(territory_id__in=user.territories_where("badges.read_all"))
        mine = Q(journey__in=Journey.objects.visible_to(user))
        return self.filter(mine | asked | everyone, ~Exists(objected))

    def answered_by(self, user):
        """Whose answer this user may give: of the journeys they follow, of their own house, of
        everybody for the badge steward."""
        there = Q(territory_id__in=user.territories_where("badges.answer"))
        return self.visible_to(user).filter(there)

    def waiting(self):
        return self.filter(state__in=WAITING)

    def asked(self):
        """It is for a reviewer to say something."""
        return self.filter(state=State.ASKED)

    def accepted(self):
        return self.filter(state=State.ACCEPTED)


class Recognition(OfJourney):
    """From what was lived to a badge: started by any side, answered by a reviewer.

    `asked_for`, free words when no badge model is chosen yet; `words`, the person's own, for who
    answers; `reason`, why the badge is given, written by the team when no reflection says it;
    `answer`, what the reviewer wrote to the person.
    """

    journey = ScopedForeignKey(Journey, models.CASCADE, related_name="recognitions")
    achievement = models.ForeignKey(
        Achievement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name=_("badge"),
    )
    asked_for = models.CharField(
        _("ce que je voudrais faire reconnaître"), max_length=120, blank=True
    )
    started_by = models.CharField(_("demandé par"), max_length=12, choices=StartedBy)
    starter = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    # Who is asked to answer, beside the person's own team.
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("structure qui reconnaît"),
    )
    # No composite key: the row follows the person to another territory, the session stays.
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="recognitions"
    )
    award = models.ForeignKey(
        SessionAward,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recognitions",
        db_index=False,  # below, for the few that have one
    )
    experience = ScopedForeignKey(
        Experience, models.SET_NULL, null=True, blank=True, related_name="recognitions"
    )
    reflection = ScopedForeignKey(
        Reflection, models.SET_NULL, null=True, blank=True, related_name="recognitions"
    )
    objective = ScopedForeignKey(
        Objective, models.SET_NULL, null=True, blank=True, related_name="recognitions"
    )
    words = models.CharField(_("mes mots"), max_length=500, blank=True)
    reason = models.CharField(_("pourquoi ce badge"), max_length=500, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.ASKED)
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=300, blank=True)
    credential = ScopedOneToOneField(
        Credential, models.SET_NULL, null=True, blank=True, related_name="recognition"
    )
    # What the page called it: sent twice, it is the same one.
    client_uuid = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de badge")
        verbose_name_plural = _("demandes de badges")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(
                fields=["territory", "started_at"],
                name="recognition_to_answer",
                condition=Q(state="asked"),
            ),
            models.Index(
                fields=["award"], name="recognition_of_award", condition=Q(award__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "client_uuid"], name="recognition_sent_once"
            ),
            models.UniqueConstraint(
                fields=["journey", "experience", "achievement"],
                condition=Q(state__in=["asked", "more"]),
                name="recognition_asked_once",
                violation_error_message=_("Ce badge est déjà demandé : il attend une réponse."),
            ),
            models.CheckConstraint(
                name="recognition_names_something",
                condition=Q(achievement__isnull=False) | ~Q(asked_for=""),
                violation_error_message=_(
                    "Choisissez un badge, ou dites ce qui est à reconnaître."
                ),
            ),
            models.CheckConstraint(
                name="recognition_answer_says",
                condition=~Q(state__in=["more", "declined"])
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                violation_error_message=_("Dites pourquoi, avec vos mots."),
            ),
            models.CheckConstraint(
                name="recognition_accepted_names_a_badge",
                condition=~Q(state="accepted")
                | Q(achievement__isnull=False, answered_at__isnull=False),
                violation_error_message=_("Choisissez le badge."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.achievement.name if self.achievement_id else self.asked_for

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_proposed(self) -> bool:
        return self.started_by == StartedBy.REFERENT
