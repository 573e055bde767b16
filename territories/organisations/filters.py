"""The filters of the list of bodies."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtr.lib.filters import ChipFilters, Choice, Tick
from territories.organisations.enums import ConsortiumRole, OrganisationKind
from territories.organisations.models import ConsortiumMember, Organisation

FORMER, NONE = "former", "none"
ROLES = [
    *ConsortiumRole.choices,
    (FORMER, _("ancien membre")),
    (NONE, _("hors du consortium")),
]


class OrganisationFilters(ChipFilters):
    """`programmes`: those whose consortium counts; `territories`: pairs to choose from."""

    kind = Choice(label=_("Nature"), choices=OrganisationKind.choices)
    role = Choice(label=_("Rôle"), choices=ROLES, method="by_role")
    territory = Choice(label=_("Territoire"), method="by_territory")
    closed = Tick(label=_("Fermées"), method="by_closed")

    class Meta(ChipFilters.Meta):
        model = Organisation
        fields = []

    def __init__(self, data, queryset, *, request, programmes, territories):
        super().__init__(data, queryset, request=request)
        self.programmes = programmes
        self._offer("territory", territories if len(territories) > 1 else [])

    def by_role(self, organisations, _name, value):
        members = ConsortiumMember.objects.filter(
            organisation=OuterRef("pk"), programme__in=self.programmes
        )
        today = members.active(timezone.localdate())
        if value == NONE:
            return organisations.filter(~Exists(members))
        if value == FORMER:
            return organisations.filter(~Exists(today), Exists(members))
        return organisations.filter(Exists(today.filter(role=value)))

    def by_territory(self, organisations, _name, value):
        """Whoever has a place there, or somebody at work there."""
        here = organisations.model.objects
        places = here.filter(places__territory=value)
        people = here.filter(memberships__territories=value)
        return organisations.filter(Q(pk__in=places.values("pk")) | Q(pk__in=people.values("pk")))

    def by_closed(self, organisations, _name, value):
        return organisations.exclude(closed_on=None) if value else organisations
