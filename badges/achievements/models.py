"""Achievements (Open Badges 3.0): what a badge recognises. Issuing them comes with the engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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


class Achievement(models.Model):
    """The minimum an objective can aim at.

    Source: 1EdTech Open Badges 3.0, class Achievement (`name`, `description`, `criteria`).
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="achievements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="achievements")
    code = models.SlugField(_("code"))
    name = models.CharField(_("nom"), max_length=120)
    description = models.TextField(_("description"))
    criteria = models.TextField(_("critères"))
    field = models.CharField(_("domaine"), max_length=60)

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
