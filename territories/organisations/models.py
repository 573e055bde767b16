"""Organisations, and their part in a programme's consortium."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from territories.organisations.enums import ConsortiumRole, OrganisationKind
from territories.places.models import span
from territories.programmes.models import Programme


class Organisation(models.Model):
    name = models.CharField(_("nom"), max_length=160, unique=True)
    short_name = models.CharField(_("nom d’usage"), max_length=60, blank=True)
    slug = models.SlugField(_("adresse"), unique=True)
    kind = models.CharField(_("nature"), max_length=12, choices=OrganisationKind)
    what_it_brings = models.CharField(_("ce qu’elle apporte"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("structure")
        ordering = ["name"]

    def __str__(self):
        return self.short_name or self.name


class ConsortiumMemberQuerySet(models.QuerySet):
    def active(self, on):
        return self.filter(from_on__lte=on).filter(Q(until_on__isnull=True) | Q(until_on__gt=on))


class ConsortiumMember(models.Model):
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="consortium")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consortia")
    role = models.CharField(_("rôle"), max_length=11, choices=ConsortiumRole)
    part = models.CharField(_("part prise"), max_length=200, blank=True)
    from_on = models.DateField(_("depuis le"))
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = ConsortiumMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("membre du consortium")
        ordering = ["programme", "role", "organisation__name"]
        constraints = [
            ExclusionConstraint(
                name="consortium_role_one_at_a_time",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (span("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Cette structure a déjà un rôle à ces dates."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} · {self.get_role_display()}"
