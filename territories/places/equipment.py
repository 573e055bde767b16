"""What a place has, that an activity may need."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from territories.places.models import Place


class EquipmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(place__territory_id__in=user.territory_ids)

    def kept(self):
        """Not withdrawn; some of it may be out of service."""
        return self.filter(withdrawn_on=None)


class Equipment(models.Model):
    place = models.ForeignKey(Place, models.CASCADE, related_name="equipment")
    name = models.CharField(_("nom"), max_length=120)
    quantity = models.PositiveSmallIntegerField(_("nombre"), default=1)
    # Machines that can hurt: nobody uses them before a recorded safety briefing (rule 16).
    needs_briefing = models.BooleanField(_("demande une consigne de sécurité"), default=False)
    out_of_service_on = models.DateField(_("hors service depuis le"), null=True, blank=True)
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("équipement")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="equipment_one_at_least",
                condition=Q(quantity__gte=1),
                violation_error_message=_("Notez un exemplaire au moins."),
            ),
            models.UniqueConstraint(
                fields=["place", "name"],
                condition=Q(withdrawn_on=None),
                name="equipment_once",
                violation_error_message=_("Cet équipement est déjà noté dans ce lieu."),
            ),
        ]

    def __str__(self):
        return self.name
