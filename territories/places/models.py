"""Territories, their communes and neighbourhoods, and the places where things happen."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtr.lib.codelists import CodeField
from rtr.lib.french import NBSP, figures
from territories.places.enums import PlaceClosing, TerritoryKind
from territories.places.lists import ACCESSIBILITY, INDICATORS
from territories.programmes.models import Programme


def span(start: str, end: str) -> Func:
    """The days from `start` to the day before `end`, open when `end` is empty."""
    return Func(F(start), F(end), function="daterange", output_field=DateRangeField())


class TerritoryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=user.territory_ids)


class Territory(models.Model):
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="territories")
    name = models.CharField(_("nom"), max_length=120)
    slug = models.SlugField(_("adresse"))
    kind = models.CharField(_("nature"), max_length=5, choices=TerritoryKind)
    # What the territory's public page says, to people and to those who send them
    phone = models.CharField(_("téléphone"), max_length=20, blank=True, default="", db_default="")
    email = models.EmailField(_("adresse e-mail"), blank=True, default="", db_default="")
    welcome = models.CharField(
        _("phrase d’accueil"), max_length=200, blank=True, default="", db_default=""
    )
    takes_referrals = models.BooleanField(
        _("reçoit des orientations"), default=True, db_default=True
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territoire")
        ordering = ["programme", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="territory_slug_once")
        ]

    def __str__(self):
        return self.name


class Scoped(models.Model):
    """Base of every table about people: it lives in one territory, behind the second wall."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="+", verbose_name=_("territoire")
    )

    class Meta:
        abstract = True


class Commune(models.Model):
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="communes")
    name = models.CharField(_("nom"), max_length=120)

    class Meta:
        verbose_name = _("commune")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="commune_once")]

    def __str__(self):
        return self.name


class Neighbourhood(models.Model):
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="neighbourhoods")
    name = models.CharField(_("nom"), max_length=120)

    class Meta:
        verbose_name = _("quartier")
        ordering = ["commune__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "name"], name="neighbourhood_once")
        ]

    def __str__(self):
        return f"{self.name} ({self.commune})"

    def zoning_on(self, day) -> "Zoning | None":
        """The QPV zoning in force that day (decrees of 2014 and 2023), if the quarter is in it."""
        return (
            self.zonings.filter(from_on__lte=day)
            .filter(Q(until_on__isnull=True) | Q(until_on__gt=day))
            .first()
        )


class Zoning(models.Model):
    """A neighbourhood's time on a list of priority neighbourhoods (QPV)."""

    neighbourhood = models.ForeignKey(Neighbourhood, models.CASCADE, related_name="zonings")
    edition = models.CharField(_("zonage"), max_length=10)
    from_on = models.DateField(_("depuis le"))
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("zonage")
        constraints = [
            ExclusionConstraint(
                name="zoning_one_at_a_time",
                expressions=[
                    ("neighbourhood", RangeOperators.EQUAL),
                    (span("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Ce quartier a déjà un zonage à ces dates."),
            )
        ]

    def __str__(self):
        return f"{self.neighbourhood} · {self.edition}"


class PlaceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(territory_id__in=user.territory_ids)

    def open(self):
        return self.filter(closed_on=None)


class Place(models.Model):
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="places")
    organisation = models.ForeignKey(
        "territories.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
    )
    name = models.CharField(_("nom"), max_length=120)
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True)
    kind = models.CharField(_("ce qu’on y trouve"), max_length=120, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True, default="", db_default="")
    postcode = models.CharField(
        _("code postal"), max_length=5, blank=True, default="", db_default=""
    )
    how_to_come = models.CharField(
        _("comment venir"), max_length=300, blank=True, default="", db_default=""
    )
    opening = models.CharField(
        _("ouverture"), max_length=200, blank=True, default="", db_default=""
    )
    accessibility = ArrayField(
        CodeField(codes=ACCESSIBILITY),
        verbose_name=_("accessibilité"),
        default=list,
        blank=True,
        db_default=[],
    )
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    closed_because = models.CharField(
        _("pourquoi"), max_length=12, choices=PlaceClosing, blank=True, default="", db_default=""
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lieu")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="place_once")]

    def __str__(self):
        return self.name


class ContextFigureQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(territory_id__in=user.territory_ids)

    def latest(self):
        """One figure per territory and indicator: that of the last year known."""
        rows = self.order_by("territory_id", "indicator", "-year", "source")
        return rows.distinct("territory_id", "indicator")


class ContextFigure(models.Model):
    """What public statistics say of the place where people live; never of somebody."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="context")
    indicator = CodeField(_("indicateur"), codes=INDICATORS)
    year = models.PositiveSmallIntegerField(_("année"))
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source"), max_length=160)
    added_by = models.ForeignKey("territories.User", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = ContextFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("donnée de contexte")
        ordering = ["territory", "indicator", "-year", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "indicator", "year", "source"],
                name="context_figure_once",
                violation_error_message=_(
                    "Cet indicateur a déjà une valeur pour cette année et cette source."
                ),
            )
        ]

    def __str__(self):
        return f"{INDICATORS.label(self.indicator)} · {self.territory} · {self.year}"

    @property
    def written(self) -> str:
        """« 12,1 % », « 106 230 habitants »: no decimals but those that say something."""
        decimals = len(f"{self.value.normalize():f}".partition(".")[2])
        unit = INDICATORS[self.indicator]["unit"]
        return f"{figures(self.value, decimals)}{NBSP}{unit}"
