"""Pairs of a third place and an agency, which lead a path together and tell each other about it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.models import Activity
from journeys.collective.enums import DigitalLevel, Side
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.models import Scoped, Territory


class PairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of a territory for its coordination and its management; else those one leads."""
        everywhere = Q(territory_id__in=user.territories_where("collective.read_all"))
        return self.filter(everywhere | self._led_by(user))

    def managed_by(self, user):
        everywhere = Q(territory_id__in=user.territories_where("collective.lead_all"))
        return self.filter(everywhere | self._led_by(user))

    @staticmethod
    def _led_by(user) -> Q:
        there = Q(territory_id__in=user.territories_where("collective.lead"))
        return there & (Q(third_place_lead=user.pk) | Q(agency_lead=user.pk))


class Pair(models.Model):
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    third_place = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("tiers-lieu")
    )
    third_place_lead = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("pour le tiers-lieu")
    )
    agency = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("agence")
    )
    agency_lead = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("pour l’agence")
    )
    # The path led by both: an activity; that of a collective action leads to its page.
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pairs",
        verbose_name=_("ce que le binôme propose"),
    )
    level = models.CharField(_("niveau numérique"), max_length=8, choices=DigitalLevel)
    from_on = models.DateField(_("depuis le"), default=timezone.localdate)
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("binôme")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="pair_of_two_bodies",
                condition=~Q(third_place=F("agency")),
                violation_error_message=_("Un binôme réunit deux structures différentes."),
            ),
            models.CheckConstraint(
                name="pair_of_two_people",
                condition=~Q(third_place_lead=F("agency_lead")),
                violation_error_message=_("Un binôme réunit deux personnes différentes."),
            ),
            models.CheckConstraint(
                name="pair_ends_after_start",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("La fin vient avant le début."),
            ),
        ]

    def __str__(self):
        return f"{self.third_place} × {self.agency}"

    def side_of(self, user: User) -> str:
        """The side a user leads for, or nothing."""
        sides = {self.third_place_lead_id: Side.THIRD_PLACE, self.agency_lead_id: Side.AGENCY}
        return sides.get(user.pk, "")


class PairFeedbackQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pair__in=Pair.objects.visible_to(user))


class PairFeedback(Scoped):
    """What one side tells the other."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="feedbacks")
    side = models.CharField(_("de la part de"), max_length=11, choices=Side)
    on = models.DateField(_("le"), default=timezone.localdate)
    worked = models.CharField(_("ce qui a marché"), max_length=500, blank=True)
    learnt = models.CharField(_("ce que j’ai appris de l’autre"), max_length=500, blank=True)
    change = models.CharField(_("à changer"), max_length=500, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PairFeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("retour d’un binôme")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="pair_feedback_says_something",
                condition=~Q(worked="", learnt="", change=""),
                violation_error_message=_("Dites une chose au moins."),
            )
        ]

    def __str__(self):
        return f"{self.pair} · {self.get_side_display()}"
