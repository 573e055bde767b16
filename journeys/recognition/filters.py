"""The filters of the list of requests."""

from django.utils.translation import gettext_lazy as _

from badges.achievements.enums import Audience
from journeys.recognition.enums import StartedBy, State
from journeys.recognition.models import Recognition
from rtr.lib.filters import ChipFilters, Choice


class RequestFilters(ChipFilters):
    state = Choice(label=_("État"), choices=State.choices)
    started_by = Choice(label=_("Demandé par"), choices=StartedBy.choices)
    audience = Choice(
        label=_("Champ"), choices=Audience.choices, field_name="achievement__audience"
    )

    class Meta(ChipFilters.Meta):
        model = Recognition
        fields = []
