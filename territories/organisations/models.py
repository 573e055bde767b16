"""Organisations, and their part in a programme's consortium."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from territories.organisations.enums import ClosingReason, ConsortiumRole, OrganisationKind
from territories.places.models import span
from territories.programmes.models import Programme

# How a programme knows a body: one of these is enough, past or present.
WAYS = (
    "noted_in",
    "consortia__programme",
    "memberships__programme",
    "places__territory__programme",
)


class OrganisationQuerySet(models.QuerySet):
    def of_programmes(self, programmes):
        """Bodies that one of these programmes knows: its consortium, accounts, places, notes."""
        known = Q()
        for way in WAYS:  # each by itself: joined together they would multiply
            rows = self.model._base_manager.filter(**{f"{way}__in": programmes})
            known |= Q(pk__in=rows.values("pk"))
        return self.filter(known)

    def visible_to(self, user):
        """A body is shared between programmes; one learns of those of one's own."""
        return self.of_programmes(user.programme_ids)

    def known_outside(self, programmes):
        """Those that some other programme knows as well."""
        return self.of_programmes(Programme.objects.exclude(pk__in=programmes).values("pk"))

    def open(self):
        return self.filter(closed_on=None)


class Organisation(models.Model):
    """A body: programmes share it, and what one corrects the others read."""

    name = models.CharField(_("nom"), max_length=160, unique=True)
    short_name = models.CharField(_("nom d’usage"), max_length=60, blank=True)
    slug = models.SlugField(_("adresse"), unique=True)
    kind = models.CharField(_("nature"), max_length=12, choices=OrganisationKind)
    what_it_brings = models.CharField(_("ce qu’elle apporte"), max_length=300, blank=True)
    # Null rather than empty where it is not known: unique when present.
    siret = models.CharField(_("SIRET"), max_length=14, null=True, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True, default="", db_default="")
    postcode = models.CharField(
        _("code postal"), max_length=5, blank=True, default="", db_default=""
    )
    city = models.CharField(_("ville"), max_length=120, blank=True, default="", db_default="")
    # Those of the body, never of somebody in it
    phone = PhoneNumberField(_("téléphone"), blank=True, default="", db_default="")
    email = models.EmailField(_("adresse e-mail"), blank=True, default="", db_default="")
    site = models.URLField(_("site"), blank=True, default="", db_default="")
    # Keeps known a body that has no part yet in a programme that took note of it.
    noted_in = models.ManyToManyField(Programme, related_name="+", blank=True)
    closed_on = models.DateField(_("fermée le"), null=True, blank=True)
    closed_because = models.CharField(
        _("pourquoi"), max_length=12, choices=ClosingReason, blank=True, default="", db_default=""
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("structure")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["siret"],
                name="organisation_siret_once",
                violation_error_message=_("Une structure a déjà ce SIRET."),
            )
        ]

    def __str__(self):
        return self.short_name or self.name

    @property
    def siren(self) -> str:
        """The first nine figures: the body itself, whatever the establishment."""
        return (self.siret or "")[:9]


class ConsortiumMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme_id__in=user.programme_ids)

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
            ),
            models.CheckConstraint(
                name="consortium_ends_after_start",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                violation_error_message=_("La fin vient après le début."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.get_role_display()}"
