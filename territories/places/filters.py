"""The filters of the list of places."""

from django.utils.translation import gettext_lazy as _

from rtr.lib.filters import ChipFilters, Choice, Tick
from territories.places.equipment import Equipment
from territories.places.lists import ACCESSIBILITY
from territories.places.models import Commune, Place


class PlaceFilters(ChipFilters):
    territory = Choice(label=_("Territoire"), field_name="territory")
    commune = Choice(label=_("Commune"), field_name="commune")
    accessibility = Choice(
        label=_("Facile pour tous"), choices=ACCESSIBILITY.choices, method="by_accessibility"
    )
    equipped = Tick(label=_("Avec un équipement"), method="by_equipped")
    closed = Tick(label=_("Fermés"), method="by_closed")

    class Meta(ChipFilters.Meta):
        model = Place
        fields = []

    def __init__(self, data, queryset, *, request, territories):
        super().__init__(data, queryset, request=request)
        self._offer("territory", territories if len(territories) > 1 else [])
        communes = Commune.objects.filter(territory__in=[pk for pk, _name in territories])
        self._offer("commune", list(communes.order_by("name").values_list("pk", "name")))

    def by_accessibility(self, places, _name, value):
        return places.filter(accessibility__contains=[value])

    def by_equipped(self, places, _name, value):
        return places.filter(pk__in=Equipment.objects.kept().values("place")) if value else places

    def by_closed(self, places, _name, value):
        return places.exclude(closed_on=None) if value else places
