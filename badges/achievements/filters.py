"""The filters of the catalogue, and its orders."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from badges.achievements.enums import Audience, Category, Level, Status
from badges.achievements.models import Achievement
from rtr.lib.filters import ChipFilters, Choice, Tick

ORDERS = {
    "": (_("domaine"), ("field", "name")),
    "nom": (_("nom"), ("name",)),
    "recent": (_("les derniers d’abord"), ("-pk",)),
}


class CatalogueFilters(ChipFilters):
    """`fields`, `houses`: those that the catalogue has; `steward`: drafts are theirs to see."""

    status = Choice(label=_("État"), field_name="status")
    domain = Choice(label=_("Domaine"), field_name="field")
    audience = Choice(label=_("Champ"), field_name="audience", choices=Audience.choices)
    category = Choice(label=_("Catégorie"), field_name="category", choices=Category.choices)
    level = Choice(label=_("Niveau"), field_name="level", choices=Level.choices[1:])
    house = Choice(label=_("Structure"), method="by_house")
    shared = Tick(label=_("Badges de réseau"), method="by_shared")

    class Meta(ChipFilters.Meta):
        model = Achievement
        fields = []

    def __init__(self, data, queryset, *, request, fields, houses, steward):
        super().__init__(data, queryset, request=request)
        known = [one for one in Status.choices if steward or one[0] != Status.DRAFT]
        self._offer("status", known)
        self._offer("domain", [(name, name) for name in fields])
        self._offer("house", houses)

    def by_house(self, rows, _name, value):
        theirs = Achievement.co_designers.through.objects.filter(organisation=value)
        return rows.filter(Q(organisation=value) | Q(pk__in=theirs.values("achievement")))

    def by_shared(self, rows, _name, value):
        return rows.filter(is_shared=True) if value else rows
