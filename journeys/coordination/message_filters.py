"""The filters of the list of messages."""

from django.utils.translation import gettext_lazy

from journeys.messages.enums import Channel, State
from journeys.messages.models import OutboundMessage
from journeys.messages.telling import STATES
from journeys.messages.wording import KINDS
from rtr.lib.filters import ChipFilters, Choice


class MessageFilters(ChipFilters):
    channel = Choice(label=gettext_lazy("Voie"), choices=Channel.choices)
    state = Choice(label=gettext_lazy("État"), choices=State.choices, method="by_state")
    cause = Choice(label=gettext_lazy("Message"))

    class Meta(ChipFilters.Meta):
        model = OutboundMessage
        fields = []

    def __init__(self, data, queryset, *, request):
        super().__init__(data, queryset, request=request)
        causes = [(cause, str(kind.label)) for cause, kind in KINDS.items()]
        self._offer("cause", sorted(causes, key=lambda pair: pair[1]))

    def by_state(self, messages, _name, value):
        return messages.filter(STATES[State(value)])
