"""The filters of the agenda, of the list of activities, and of the public catalogue."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter

from journeys.activities.enums import ActivityKind
from journeys.activities.models import Activity, Session
from journeys.messages.enums import Language
from rtr.lib.filters import ChipFilters, Choice, Tick
from territories.places.lists import ACCESSIBILITY
from territories.places.models import Place

PUBLISHED, DRAFT, CLOSED = "au-catalogue", "hors-catalogue", "arretees"


class OfferFilters(ChipFilters):
    """What filters sessions and activities alike; `about`: where the activity is from a row."""

    about = ""

    def by_organisation(self, rows, _name, value):
        return rows.filter(**{f"{self.about}organisation": value})

    def by_kind(self, rows, _name, value):
        return rows.filter(**{f"{self.about}kind": value})

    def by_language(self, rows, _name, value):
        return rows.filter(**{f"{self.about}languages__contains": [value]})

    def _offer_what_there_is(self, activities) -> None:
        """Only structures, kinds and languages that some activity has; one query."""
        rows = activities.order_by("organisation__name").values_list(
            "organisation", "organisation__name", "kind", "languages"
        )
        rows = list(rows)
        kinds, spoken = {row[2] for row in rows}, {code for row in rows for code in row[3]}
        self._offer("organisation", list({(pk, name): None for pk, name, *_rest in rows}))
        self._offer("kind", [pair for pair in ActivityKind.choices if pair[0] in kinds])
        self._offer("language", [pair for pair in Language.choices if pair[0] in spoken])


class SessionFilters(OfferFilters):
    about = "activity__"
    organisation = Choice(label=_("Structure"), method="by_organisation")
    kind = Choice(label=_("Nature"), method="by_kind")
    place = Choice(label=_("Lieu"), field_name="place")
    language = Choice(label=_("Langue"), method="by_language")
    mine = Tick(label=_("Les miennes"), method="by_mine")

    class Meta(ChipFilters.Meta):
        model = Session
        fields = []

    def __init__(self, data, queryset, *, request):
        super().__init__(data, queryset, request=request)
        activities = Activity.objects.visible_to(request.user).filter(territory__in=self.places)
        self._offer_what_there_is(activities)
        places = Place.objects.open().filter(territory__in=self.places)
        self._offer("place", list(places.order_by("name").values_list("pk", "name")))

    def by_mine(self, sessions, _name, value):
        return sessions.filter(staff__user=self.user.pk) if value else sessions


class ActivityFilters(OfferFilters):
    organisation = Choice(label=_("Structure"), method="by_organisation")
    kind = Choice(label=_("Nature"), method="by_kind")
    language = Choice(label=_("Langue"), method="by_language")
    state = Choice(
        label=_("État"),
        choices=[
            (PUBLISHED, _("au catalogue")),
            (DRAFT, _("hors du catalogue")),
            (CLOSED, _("arrêtées")),
        ],
        method="by_state",
    )

    class Meta(ChipFilters.Meta):
        model = Activity
        fields = []

    def __init__(self, data, queryset, *, request):
        super().__init__(data, queryset, request=request)
        self._offer_what_there_is(queryset)

    def by_state(self, activities, _name, value):
        if value == PUBLISHED:
            return activities.published()
        if value == CLOSED:
            return activities.filter(closed_on__isnull=False)
        return activities.filter(published_on__isnull=True, closed_on__isnull=True)


class CatalogueFilters(OfferFilters):
    """For anybody, on a territory's public page; narrowed sessions narrow activities."""

    kind = Choice(label=_("Nature"), method="by_kind")
    on = DateFilter(label=_("Le jour"), method="by_day")
    place = Choice(label=_("Lieu"), method="by_place")
    language = Choice(label=_("Langue"), method="by_language")
    accessibility = Choice(label=_("Facile pour tous"), method="by_accessibility")

    class Meta(ChipFilters.Meta):
        model = Activity
        fields = []

    def __init__(self, data, queryset, *, request, territory):
        super().__init__(data, queryset, request=request)
        rows = list(queryset.values_list("kind", "languages", "accessibility"))
        kinds = {row[0] for row in rows}
        spoken = {code for row in rows for code in row[1]}
        easy = {code for row in rows for code in row[2]}
        self._offer("kind", [pair for pair in ActivityKind.choices if pair[0] in kinds])
        self._offer("language", [pair for pair in Language.choices if pair[0] in spoken])
        self._offer("accessibility", [pair for pair in ACCESSIBILITY.choices() if pair[0] in easy])
        places = Place.objects.open().filter(territory=territory)
        self._offer("place", list(places.order_by("name").values_list("pk", "name")))

    def by_day(self, activities, _name, value):
        start = timezone.make_aware(datetime.datetime.combine(value, datetime.time()))
        end = start + datetime.timedelta(days=1)
        there = _sessions().filter(starts_at__gte=start, starts_at__lt=end)
        return activities.filter(Exists(there))

    def by_place(self, activities, _name, value):
        return activities.filter(Exists(_sessions().filter(place=value)))

    def by_accessibility(self, activities, _name, value):
        return activities.filter(accessibility__contains=[value])


def _sessions():
    coming = Session.objects.held().filter(starts_at__gt=timezone.now())
    return coming.filter(activity=OuterRef("pk"))
