"""The filters of somebody's experiences."""

from django.utils.translation import gettext_lazy as _

from journeys.activities.enums import Frame
from journeys.experiences.models import Experience
from journeys.experiences.reading import TOLD_WORDS, Lived
from rtr.lib.filters import ChipFilters, Choice


class LivedFilters(ChipFilters):
    """By state and by frame. The state depends on who reads: it is asked of what they read."""

    told = Choice(label=_("Récit"), choices=list(TOLD_WORDS.items()), method="kept_as_is")
    frame = Choice(label=_("Cadre"), choices=Frame.choices)

    class Meta(ChipFilters.Meta):
        model = Experience
        fields = []

    def kept_as_is(self, rows, _name, _value):
        return rows

    def kept(self, lived: list[Lived]) -> list[Lived]:
        wanted = self.in_force
        return [
            one
            for one in lived
            if one.row.frame == wanted.get("frame", one.row.frame)
            and one.told == wanted.get("told", one.told)
        ]
