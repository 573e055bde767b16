"""Programmes and their periods. Every number a rule needs is a setting of the programme."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def days(default: int, label) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(1)],
        help_text=_("En jours."),
    )


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Programmes in which the person has a role today."""
        return self.filter(pk__in=user.programme_ids)


class Programme(models.Model):
    name = models.CharField(_("nom"), max_length=120, unique=True)
    slug = models.SlugField(_("adresse"), unique=True)
    summary = models.CharField(_("en une phrase"), max_length=200, blank=True)
    # Butinage and contract (domain.md, rules 1 to 5)
    butinage_min_days = days(30, _("durée du butinage, au moins"))
    butinage_max_days = days(90, _("durée du butinage, d’habitude au plus"))
    butinage_limit_days = days(180, _("durée du butinage, limite"))
    butinage_purge_days = days(
        90, _("effacement d’une fiche sans contrat, après la dernière venue")
    )
    unsigned_contract_days = days(30, _("effacement de l’identité si le contrat n’est pas signé"))
    entry_questions_days = days(30, _("délai pour finir les questions d’entrée"))
    minimum_age = models.PositiveSmallIntegerField(_("âge minimal au contrat"), default=18)
    objectives_at_signature = models.PositiveSmallIntegerField(
        _("objectifs à la signature, au plus"), default=3
    )
    objectives_in_all = models.PositiveSmallIntegerField(_("objectifs visés en tout"), default=10)
    contract_text = models.TextField(_("texte du contrat"), blank=True)
    # The clock (rule 8)
    journey_months = models.PositiveSmallIntegerField(_("durée du parcours, en mois"), default=15)
    warning_months = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        verbose_name=_("rappels avant la limite"),
    )
    no_contact_days = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        verbose_name=_("alertes sans contact"),
    )
    # Referrals (rule 2), exits and follow-ups (rules 10 and 11), notes (rule 21)
    referral_answer_days = days(30, _("réponse à une orientation"))
    referral_erase_days = days(30, _("effacement d’une orientation, après la réponse"))
    official_positive_exits = ArrayField(
        models.CharField(max_length=30),
        default=list,
        verbose_name=_("sorties positives officielles"),
    )
    followup_alert_days = days(21, _("premier suivi, alerte"))
    followup_late_days = days(28, _("premier suivi, en retard"))
    followup_months = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        verbose_name=_("suivis suivants, en mois"),
    )
    notes_purge_months = models.PositiveSmallIntegerField(
        _("effacement des notes, en mois après la sortie"), default=6
    )
    # Steps a programme names inside each phase: {"mobilisation": ["Pré-mobilisation", …]}
    phase_steps = models.JSONField(_("étapes dans les phases"), default=dict, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="programme_butinage_in_order",
                condition=Q(butinage_min_days__lte=F("butinage_max_days"))
                & Q(butinage_max_days__lte=F("butinage_limit_days")),
                violation_error_message=_(
                    "La durée au moins ne dépasse pas la durée habituelle, qui ne dépasse pas la"
                    " limite."
                ),
            ),
            models.CheckConstraint(
                name="programme_objectives_in_order",
                condition=Q(objectives_at_signature__lte=F("objectives_in_all")),
                violation_error_message=_(
                    "Les objectifs à la signature ne dépassent pas les objectifs visés en tout."
                ),
            ),
            models.CheckConstraint(
                name="programme_follow_up_in_order",
                condition=Q(followup_alert_days__lte=F("followup_late_days")),
                violation_error_message=_("L’alerte vient avant le retard."),
            ),
        ]

    def __str__(self):
        return self.name


class SettingChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme_id__in=user.programmes_where("programme.manage"))


class SettingChange(models.Model):
    """Settings changed together: what they were, what they became. Never anything of a person."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="changes")
    by = models.ForeignKey("territories.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField()
    after = models.JSONField()

    objects = SettingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("changement de réglage")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.programme} · {self.at:%Y-%m-%d}"


class PeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme_id__in=user.programme_ids)

    def open_on(self, day):
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Period(models.Model):
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="periods")
    name = models.CharField(_("nom"), max_length=120)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("période")
        ordering = ["programme", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="period_name_once"),
            models.CheckConstraint(
                name="period_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin de la période vient avant son début."),
            ),
        ]

    def __str__(self):
        return self.name


class PeriodTarget(models.Model):
    """How many people a period aims at in a territory: embarked, and towards job or training."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="targets")
    territory = models.ForeignKey("territories.Territory", models.PROTECT, related_name="targets")
    entries = models.PositiveIntegerField(_("personnes visées"))
    positive_exits = models.PositiveIntegerField(
        _("sorties positives visées"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("objectif chiffré")
        constraints = [
            models.UniqueConstraint(fields=["period", "territory"], name="period_target_once")
        ]

    def __str__(self):
        return f"{self.period} · {self.territory}"
