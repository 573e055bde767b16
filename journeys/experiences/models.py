"""What the person lived, and what they make of it (rules 16 and 17)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.enums import Frame
from journeys.activities.models import Activity
from journeys.documents.models import private_name
from journeys.experiences import lists
from journeys.experiences.enums import ASKED, ICONS, PROMPTS, READERS, Reader, Teller
from journeys.pathway.models import OfJourney
from journeys.pathway.querysets import OwnWordsQuerySet
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User


class Experience(OfJourney):
    """Lived: an activity somebody attended, an immersion, or something done elsewhere."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="experiences"
    )
    immersion = ScopedForeignKey(
        "journeys.Immersion", models.CASCADE, null=True, blank=True, related_name="experiences"
    )
    frame = models.CharField(_("cadre"), max_length=12, choices=Frame, default=Frame.OPEN)
    title = models.CharField(_("ce que j’ai fait"), max_length=80)
    where = models.CharField(_("où"), max_length=120, blank=True)
    # Not by the programme: « ce que j’ai fait ailleurs ».
    is_elsewhere = models.BooleanField(default=False)
    from_on = models.DateField(_("depuis le"))
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    # What the person is writing of it on their own page: nobody else reads it.
    draft = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("expérience vécue")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "activity"],
                condition=Q(activity__isnull=False),
                name="experience_of_activity_once",
            ),
            models.UniqueConstraint(
                fields=["journey", "immersion"],
                condition=Q(immersion__isnull=False),
                name="experience_of_immersion_once",
            ),
            models.CheckConstraint(
                name="experience_ends_after_start",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("La fin vient avant le début."),
            ),
        ]

    def __str__(self):
        return self.title


class ReflectionQuerySet(OwnWordsQuerySet):
    def discussed(self):
        return self.filter(discussed_on__isnull=False)

    def shared(self):
        return self.exclude(reader=Reader.ME)

    def to_discuss(self):
        """Told to somebody, and not talked about yet."""
        return self.shared().filter(discussed_on__isnull=True)

    def wishing_a_badge(self):
        return self.filter(badge_asked_on__isnull=False)


class Reflection(OfJourney):
    """« Ce que j’en dis »: four questions, by text, voice or with the referent holding the pen."""

    experience = ScopedForeignKey(Experience, models.CASCADE, related_name="reflections")
    did = models.CharField(_("ce que j’ai fait"), max_length=500, blank=True)
    liked = models.CharField(_("ce que j’ai aimé"), max_length=500, blank=True)
    learnt = models.CharField(_("ce que j’ai appris"), max_length=500, blank=True)
    follows = models.CharField(_("la suite"), max_length=500, blank=True)
    voice = models.FileField(upload_to=private_name, blank=True)
    voice_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    photo = models.FileField(upload_to=private_name, blank=True)
    teller = models.CharField(_("écrit par"), max_length=8, choices=Teller)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    told_on = models.DateField(_("le"), default=timezone.localdate)
    reader = models.CharField(_("qui lit"), max_length=9, choices=Reader, default=Reader.REFERENTS)
    skills = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    own_words = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    badge_asked_on = models.DateField(_("badge souhaité le"), null=True, blank=True)
    # Rule 17: it counts once discussed with a member of the team.
    discussed_on = models.DateField(_("parlé le"), null=True, blank=True)
    discussed_with = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("avec")
    )
    next_step = models.CharField(_("ce qui vient ensuite"), max_length=200, blank=True)
    # What the page called it: sent twice, it is the same one.
    client_uuid = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("réflexivité")
        ordering = ["-told_on", "-pk"]
        indexes = [
            # Which files are still somebody's (journeys/documents/erasing.py).
            models.Index(fields=["voice"], name="reflection_by_voice", condition=~Q(voice="")),
            models.Index(fields=["photo"], name="reflection_by_photo", condition=~Q(photo="")),
            models.Index(
                fields=["journey"],
                name="reflection_to_discuss",
                condition=Q(discussed_on__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["journey", "client_uuid"], name="reflection_sent_once"),
            models.CheckConstraint(
                name="reflection_pen_is_read",
                condition=~Q(teller="referent", reader="me"),
                violation_error_message=_("Qui tient le stylo lit aussi : choisissez qui lit."),
            ),
            models.CheckConstraint(
                name="reflection_discussed_with_somebody",
                condition=Q(discussed_on__isnull=True, discussed_with__isnull=True)
                | Q(discussed_on__isnull=False, discussed_with__isnull=False),
            ),
            models.CheckConstraint(
                name="reflection_says_something",
                condition=~Q(did="", liked="", learnt="", follows="", voice="", photo=""),
                violation_error_message=_("Dites quelque chose : un mot, une photo, votre voix."),
            ),
        ]

    def __str__(self):
        return f"{self.experience} · {self.told_on}"

    @property
    def is_by_hand_of(self) -> bool:
        """Somebody else held the pen."""
        return self.teller == Teller.REFERENT

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """Pictogram, question and answer, where there is one."""
        said = {name: getattr(self, name) for name in PROMPTS}
        return [(ICONS[name], ASKED[name], text) for name, text in said.items() if text]

    @property
    def skill_labels(self) -> list[str]:
        return [*lists.skill_labels(self.skills), *self.own_words]

    @property
    def read_by(self) -> str:
        return READERS[self.reader]

    @property
    def reader_icon(self) -> str:
        return "lock" if self.reader == Reader.ME else "eye"
