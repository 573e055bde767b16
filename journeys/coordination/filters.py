"""The filters of the participants' list; each in force is a chip that can be removed."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import DateFilter

from journeys.coordination.people import LEADS
from journeys.participants import lists
from journeys.pathway import publics
from journeys.pathway.enums import Phase, Status, TeamRole
from journeys.pathway.models import Journey, TeamMember
from rtr.lib.filters import ChipFilters, Choice, Tick
from territories.accounts.models import Membership

HERE = ("here", gettext_lazy("Sans sortie"))


class PeopleFilters(ChipFilters):
    """Journeys by where and how they go. Needs `request`; who may not know is not asked."""

    run_on = ("no_contact",)
    territory = Choice(label=gettext_lazy("Territoire"), method="by_territory")
    phase = Choice(label=gettext_lazy("Phase"), choices=Phase.choices, method="by_phase")
    status = Choice(
        label=gettext_lazy("Statut"), choices=[HERE, *Status.choices], method="by_status"
    )
    referent = Choice(label=gettext_lazy("Référent"), method="by_referent")
    no_referent = Tick(label=gettext_lazy("Sans référent"), method="by_no_referent")
    no_contact = Choice(label=gettext_lazy("Sans contact depuis"), method="by_no_contact")
    organisation = Choice(
        label=gettext_lazy("Structure qui accueille"), field_name="participant__organisation"
    )
    public = Choice(label=gettext_lazy("Public"), method="by_public")
    channel = Choice(
        label=gettext_lazy("Rencontre"),
        field_name="participant__channel",
        choices=lists.CHANNELS.choices,
    )
    welcomed_after = DateFilter(
        label=gettext_lazy("Accueil depuis le"),
        field_name="participant__welcomed_on",
        lookup_expr="gte",
    )
    welcomed_before = DateFilter(
        label=gettext_lazy("Accueil jusqu’au"),
        field_name="participant__welcomed_on",
        lookup_expr="lte",
    )

    class Meta(ChipFilters.Meta):
        model = Journey
        fields = []

    def __init__(self, data, queryset, *, request):
        super().__init__(data, queryset, request=request)
        self._offer("territory", _territories(self.user, self.places))
        days = sorted({d for role in self._roles() for d in role.programme.no_contact_days})
        self._offer("no_contact", [(d, _("%(days)s jours") % {"days": d}) for d in days])
        if self.user.may("journeys.read_all"):
            team, organisations = _staff(self.places)
            self._offer("referent", team)
            self._offer("organisation", organisations)
        else:
            for name in ("referent", "no_referent", "organisation"):
                del self.filters[name]
        known = lists.PUBLICS if self._readable() else []
        conditions = publics.conditions()
        self._offer("public", [(p.code, p.label) for p in known if p.code in conditions])

    def _roles(self):
        return [role for role in self.user.roles if self.places & set(role.territory_ids)]

    def _readable(self) -> set[int]:
        return self.places & self.user.territories_where("categories.read_all")

    # -- What each asks -------------------------------------------------------------------------

    def by_territory(self, journeys, _name, value):
        return journeys.filter(territory=value, participant__territory=value)

    def by_phase(self, journeys, _name, value):
        return journeys.in_phase(value)

    def by_status(self, journeys, _name, value):
        return journeys.not_left() if value == HERE[0] else journeys.in_status(value)

    def by_referent(self, journeys, _name, value):
        team = TeamMember.objects.standing().filter(journey=OuterRef("pk"), user=value)
        return journeys.filter(Exists(team.filter(role=TeamRole.REFERENT)))

    def by_no_referent(self, journeys, _name, value):
        return journeys.not_left().without_referent() if value else journeys

    def by_no_contact(self, journeys, _name, value):
        """Of those who could have come: neither left nor in pause."""
        day = timezone.localdate() - datetime.timedelta(days=int(value) - 1)
        return journeys.going_on().without_contact_since(day)

    def by_public(self, journeys, _name, value):
        """Answers about resources are read by the coordination alone (rule 20)."""
        readable = journeys.filter(territory__in=self._readable())
        return readable.filter(publics.conditions()[value])


def _territories(user, places: set[int]) -> list:
    """Those shown now; under their programme where there are several."""
    groups: dict[str, dict] = {}
    for role in user.roles:
        for territory in role.territories.all():
            if territory.pk in places:
                groups.setdefault(str(role.programme), {})[territory.pk] = str(territory)
    choices = {name: sorted(each.items(), key=lambda c: c[1]) for name, each in groups.items()}
    if sum(len(each) for each in choices.values()) < 2:
        return []
    return sorted(choices.items()) if len(choices) > 1 else next(iter(choices.values()))


def _staff(places: set[int]) -> tuple[list, list]:
    """Who may be the referent of people of these territories, and the structures they come from."""
    rows = (
        Membership.objects.active()
        .filter(territories__in=places)
        .values_list(
            "role",
            "user_id",
            "user__first_name",
            "user__last_name",
            "organisation_id",
            "organisation__short_name",
            "organisation__name",
        )
        .distinct()
    )
    people, organisations = {}, {}
    for role, user, first, last, organisation, short, name in rows:
        organisations[organisation] = short or name
        if role in LEADS:
            people[user] = f"{first} {last}".strip()
    return tuple(sorted(each.items(), key=lambda pair: pair[1]) for each in (people, organisations))
