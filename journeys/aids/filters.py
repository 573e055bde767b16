"""The filters of the list of aids."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.aids.enums import AidKind, AidStatus, Payer
from journeys.aids.models import AidRequest
from rtr.lib import french
from rtr.lib.filters import ChipFilters, Choice

MONTHS = 24  # offered, the last first


class AidFilters(ChipFilters):
    kind = Choice(label=_("Nature"), choices=AidKind.choices)
    status = Choice(label=_("État"), choices=AidStatus.choices)
    payer = Choice(label=_("Qui paie"), choices=Payer.choices)
    month = Choice(label=_("Demandée en"), method="by_month")

    class Meta(ChipFilters.Meta):
        model = AidRequest
        fields = []

    def __init__(self, data, queryset, *, request):
        super().__init__(data, queryset, request=request)
        self._offer("month", [(f"{first:%Y-%m}", french.month(first)) for first in _months()])

    def by_month(self, aids, _name, value):
        year, month = map(int, value.split("-"))
        return aids.filter(asked_on__year=year, asked_on__month=month)


def _months() -> list[datetime.date]:
    first, found = timezone.localdate().replace(day=1), []
    for _turn in range(MONTHS):
        found.append(first)
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    return found
