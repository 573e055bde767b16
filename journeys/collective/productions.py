"""What a group made: each author chooses who sees it, the most reserved choice counts."""

from django.db import models
from django.db.models import Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.collective.enums import Licence, PartKind, ProductionKind, Visibility
from journeys.collective.models import CollectiveAction
from journeys.documents.models import private_name
from rtr.postgres.fields import ScopedForeignKey
from territories.accounts.models import User
from territories.places.models import Scoped


class ProductionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The group's for who knows the group; besides, what its authors show to the structures."""
        rows = self.standing().with_visibility()
        seen = Q(action__in=CollectiveAction.objects.visible_to(user))
        if not user.territory_id:
            there = user.territories_where("activities.read")
            seen |= Q(territory_id__in=there, visibility__gte=Visibility.NETWORK)
        return rows.filter(seen)

    def public(self):
        """What anybody may see; asked again at each request."""
        return self.standing().with_visibility().filter(visibility=Visibility.EVERYONE)

    def standing(self):
        return self.filter(removed_at=None)

    def with_visibility(self):
        """Adds `visibility`: the most reserved of its authors' choices; without author, the
        group's."""
        authors = ProductionAuthor.objects.filter(production=OuterRef("pk")).order_by()
        least = authors.values("production").annotate(least=Min("visibility")).values("least")
        return self.annotate(visibility=Coalesce(Subquery(least), Visibility.GROUP.value))


class Production(Scoped):
    action = models.ForeignKey(CollectiveAction, models.PROTECT, related_name="productions")
    kind = models.CharField(_("nature"), max_length=8, choices=ProductionKind)
    title = models.CharField(_("titre"), max_length=80)
    text = models.CharField(_("texte"), max_length=5000, blank=True)
    licence = models.CharField(
        _("ce qu’on peut en faire"), max_length=12, choices=Licence, default=Licence.RESERVED
    )
    made_on = models.DateField(_("faite le"), default=timezone.localdate)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    removed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ProductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("production")
        ordering = ["-made_on", "-pk"]

    def __str__(self):
        return self.title


class OfProductionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(production__in=Production.objects.visible_to(user))


class ProductionPart(Scoped):
    """A file written again by us, a link, or a point of a map."""

    production = ScopedForeignKey(Production, models.CASCADE, related_name="parts")
    kind = models.CharField(_("nature"), max_length=5, choices=PartKind)
    rank = models.PositiveSmallIntegerField(default=0)
    # Of an image, what it shows; of a link, where it leads; of a point, its name.
    label = models.CharField(_("en quelques mots"), max_length=120)
    file = models.FileField(upload_to=private_name, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    url = models.URLField(_("adresse du lien"), max_length=300, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    note = models.CharField(_("ce qu’on y trouve"), max_length=300, blank=True)

    objects = OfProductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("élément d’une production")
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(
                name="production_part_is_one_thing",
                condition=Q(kind="link", file="", url__startswith="https://")
                | Q(kind="point", file="", url="")
                | Q(kind__in=["image", "pdf", "sound"], url="") & ~Q(file=""),
                violation_error_message=_("Un lien commence par https://."),
            ),
            models.CheckConstraint(
                name="production_point_is_somewhere",
                condition=~Q(kind="point")
                | ~Q(address="")
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Donnez une adresse, ou une latitude et une longitude."),
            ),
            models.CheckConstraint(
                name="production_point_on_earth",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_(
                    "La latitude va de −90 à 90, la longitude de −180 à 180."
                ),
            ),
        ]

    def __str__(self):
        return self.label


class ProductionAuthor(Scoped):
    """A member of the group who made it, and what they chose.

    `member` is no key: the choice stays with the production when the person changes territory or
    is erased; it would open what they had kept for the group. The nickname is read from the
    member, and goes with it.
    """

    production = ScopedForeignKey(Production, models.CASCADE, related_name="authors")
    member = models.PositiveBigIntegerField(_("membre du groupe"))
    visibility = models.PositiveSmallIntegerField(
        _("qui peut voir"), choices=Visibility, default=Visibility.GROUP
    )
    shows_nickname = models.BooleanField(_("avec son surnom"), default=False)
    chosen_on = models.DateField(_("choisi le"), null=True, blank=True)
    # Themselves, in their own pages; or somebody of the team, after what the person said.
    chosen_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)

    objects = OfProductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("auteur d’une production")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["production", "member"],
                name="production_author_once",
                violation_error_message=_("Cette personne est déjà parmi les auteurs."),
            ),
            models.CheckConstraint(
                name="production_author_chose_to_show",
                condition=Q(visibility=1, shows_nickname=False) | Q(chosen_on__isnull=False),
                violation_error_message=_("Montrer demande l’accord de l’auteur."),
            ),
        ]

    def __str__(self):
        return f"{self.production} · {self.member}"
