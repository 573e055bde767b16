"""Achievements (Open Badges 3.0): what a badge recognises, version after version."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.achievements.enums import (
    Audience,
    Category,
    Framework,
    Level,
    ProposalState,
    Status,
)
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

# The pictogram in the hexagon, by field of the starter list.
ICONS = {
    "Fablab et numérique": "tools",
    "Culture et médiation": "film",
    "Cuisine et potager": "egg-fried",
    "Sport": "trophy",
    "Accueil": "door-open",
    "Entretien d’embauche": "chat-dots",
    "Vie collective": "people",
    "Engagement": "heart",
    "Repérage de métiers": "compass",
    "Apprendre à apprendre": "lightbulb",
    "Entreprendre et réparer": "hammer",
}


class AchievementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme_id__in=user.programme_ids)

    def published(self):
        return self.filter(status=Status.PUBLISHED)


class Achievement(models.Model):
    """A badge model: the name it goes by today, and what does not change with its versions.

    Source: 1EdTech Open Badges 3.0, class Achievement (`name`, `description`, `criteria`).
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="achievements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="achievements")
    code = models.SlugField(_("code"))
    name = models.CharField(_("nom"), max_length=120)
    description = models.TextField(_("description"))
    criteria = models.TextField(_("critères"))
    field = models.CharField(_("domaine"), max_length=60)
    status = models.CharField(
        _("état"), max_length=9, choices=Status, default=Status.DRAFT, db_default=Status.DRAFT
    )
    category = models.CharField(
        _("catégorie"),
        max_length=13,
        choices=Category,
        default=Category.KNOW_HOW,
        db_default=Category.KNOW_HOW,
    )
    level = models.CharField(
        _("niveau"), max_length=10, choices=Level, blank=True, default="", db_default=""
    )
    audience = models.CharField(
        _("champ"), max_length=10, choices=Audience, blank=True, default="", db_default=""
    )
    tags = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_default=models.Value([], ArrayField(models.CharField(max_length=40))),
        blank=True,
        verbose_name=_("mots-clés"),
    )
    language = models.CharField(_("langue"), max_length=7, default="fr", db_default="fr")
    # « Badge de réseau »: any organisation of the consortium may award it.
    is_shared = models.BooleanField(_("badge de réseau"), default=False, db_default=False)
    co_designers = models.ManyToManyField(
        Organisation, related_name="+", blank=True, verbose_name=_("conçu avec")
    )

    objects = AchievementQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        ordering = ["field", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="achievement_code_once")
        ]

    def __str__(self):
        return self.name

    @property
    def icon(self) -> str:
        return ICONS.get(self.field, "award")

    @property
    def current(self) -> "AchievementVersion | None":
        """The version that is awarded today: the last one published."""
        return self.versions.published().order_by("-number").first()


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(achievement__programme_id__in=user.programme_ids)

    def published(self):
        return self.filter(published_on__isnull=False)

    def drafts(self):
        return self.filter(published_on=None)

    def drawn_like(self, achievement):
        """Those of the same field whose image the designer drew."""
        near = self.filter(achievement__programme=achievement.programme_id)
        return near.filter(achievement__field=achievement.field).exclude(design={})


class AchievementVersion(models.Model):
    """What a badge says, for ever: once published, changing a word makes another version.

    The one that is not published yet is the draft; the achievement takes its words when it is.
    `image_svg`, a whole document of 400 × 400; `design`, what the designer drew it from: shape,
    colour, pictogram, title; `templates`, compiled documents by shape (badges/proofs/templates.py),
    made at the first signature.
    """

    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=120)
    description = models.TextField(_("description"))
    criteria = models.TextField(_("critères"))
    category = models.CharField(
        _("catégorie"), max_length=13, choices=Category, default=Category.KNOW_HOW
    )
    level = models.CharField(_("niveau"), max_length=10, choices=Level, blank=True, default="")
    tags = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("mots-clés")
    )
    language = models.CharField(_("langue"), max_length=7, default="fr")
    image_svg = models.TextField(_("image"), blank=True)
    design = models.JSONField(_("dessin"), default=dict, blank=True)
    validity_months = models.PositiveSmallIntegerField(
        _("durée de validité, en mois"), null=True, blank=True
    )
    templates = models.JSONField(default=dict, blank=True, editable=False)
    published_on = models.DateTimeField(_("publiée le"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version de badge")
        ordering = ["achievement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["achievement", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["achievement"],
                condition=Q(published_on=None),
                name="version_one_draft",
                violation_error_message=_("Ce badge a déjà un brouillon."),
            ),
            models.CheckConstraint(
                name="version_is_valid_a_while",
                condition=Q(validity_months__isnull=True) | Q(validity_months__gt=0),
                violation_error_message=_("Un badge est valable un mois au moins."),
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.number}"


class Alignment(models.Model):
    """A code of a public list that the badge speaks to.

    Source: Open Badges 3.0, class Alignment (`targetCode`, `targetName`, `targetUrl`).
    """

    version = models.ForeignKey(AchievementVersion, models.CASCADE, related_name="alignments")
    framework = models.CharField(_("référentiel"), max_length=7, choices=Framework)
    code = models.CharField(_("code"), max_length=100)
    name = models.CharField(_("intitulé"), max_length=200)
    url = models.URLField(_("adresse"), max_length=300)

    class Meta:
        verbose_name = _("correspondance")
        ordering = ["framework", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "framework", "code"], name="alignment_code_once"
            )
        ]

    def __str__(self):
        return f"{self.get_framework_display()} {self.code}"


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own house; all those of a programme for its steward."""
        seen = Q(programme_id__in=user.programmes_where("badges.steward"))
        for role in user.roles:  # each by itself: a house opens nothing in another's programme
            seen |= Q(programme_id=role.programme_id, organisation_id=role.organisation_id)
        return self.filter(seen)

    def open(self):
        return self.filter(state=ProposalState.ASKED)


class Proposal(models.Model):
    """A body asks the steward for a badge that the catalogue lacks."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("nom"), max_length=120)
    what = models.TextField(_("ce que le badge reconnaît"), max_length=1000)
    seen = models.TextField(_("comment cela se voit"), max_length=1000)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        _("état"), max_length=9, choices=ProposalState, default=ProposalState.ASKED
    )
    answer = models.TextField(_("réponse"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # The badge that came of it
    achievement = models.ForeignKey(Achievement, models.SET_NULL, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition de badge")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_answered_one_day",
                condition=Q(state=ProposalState.ASKED, answered_at=None)
                | ~Q(state=ProposalState.ASKED) & Q(answered_at__isnull=False),
                violation_error_message=_("Une réponse a une date."),
            ),
            models.CheckConstraint(
                name="proposal_declined_with_words",
                condition=~Q(state=ProposalState.DECLINED) | ~Q(answer=""),
                violation_error_message=_("Dites pourquoi ce badge n’est pas retenu."),
            ),
        ]

    def __str__(self):
        return self.name
