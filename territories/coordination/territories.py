"""Territoires: the list, opening one, what it is made of, who works there, what is known of it."""

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.accounts.enums import Role
from territories.coordination import above
from territories.coordination.actions.territories import change_territory, open_territory
from territories.coordination.pages import (
    ManagerAct,
    managed,
    part,
    territory_for,
    url_if_any,
)
from territories.coordination.territory_forms import OpenForm, TerritoryForm
from territories.models import (
    ContextFigure,
    Membership,
    Neighbourhood,
    Organisation,
    Place,
    Territory,
    Zoning,
)

# Who meets people first, then the others.
FIRST = [Role.COORDINATOR, Role.REFERENT, Role.ACTIVITY_REFERENT, Role.ANIMATOR, Role.VOLUNTEER]


def territories(request):
    """Those one works in, programme by programme."""
    readable = request.user.territories_where("territories.read")
    rows = Territory.objects.visible_to(request.user).filter(pk__in=readable)
    team = Q(memberships__in=Membership.objects.active().values("pk"))
    rows = rows.select_related("programme").annotate(
        communes_count=Count("communes", distinct=True),
        team_count=Count("memberships__user", filter=team, distinct=True),
    )
    context = {
        "territories": rows.order_by("programme__name", "name"),
        "may_manage": request.user.may("programme.manage"),
    }
    return part(request, "territories/coordination/territories.html", context)


def territory(request, pk):
    """One territory: where it is, who is active there, how far it is, what its context is."""
    place = territory_for(request, pk, "territories.read")
    context = {
        "territory": place,
        "communes": place.communes.prefetch_related(_quarters_today()),
        "organisations": _organisations(request, place),
        "places": Place.objects.visible_to(request.user)
        .open()
        .filter(territory=place)
        .select_related("organisation", "commune"),
        "places_url": url_if_any("places"),
        "team": _team(place),
        "cards": above.cards(request, place),
        "context": ContextFigure.objects.visible_to(request.user).filter(territory=place),
        "may_manage": request.user.may("programme.manage", place.pk),
    }
    return part(request, "territories/coordination/territory.html", context)


def _quarters_today() -> Prefetch:
    """Quarters with `in_force`: the list of priority quarters each is on today, if any."""
    today = timezone.localdate()
    in_force = Zoning.objects.filter(from_on__lte=today).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=today)
    )
    zonings = Prefetch("zonings", in_force, to_attr="in_force")
    quarters = Neighbourhood.objects.order_by("name").prefetch_related(zonings)
    return Prefetch("neighbourhoods", quarters)


def _organisations(request, place: Territory) -> list[Organisation]:
    """Structures that have a place or somebody working there today."""
    working = Membership.objects.active().filter(territories=place).values("organisation")
    there = Q(pk__in=working) | Q(places__in=place.places.open())
    found = list(Organisation.objects.open().filter(there).distinct().order_by("name"))
    for each in found:
        each.url = url_if_any("organisation", each.pk)
    return found


def _team(place: Territory) -> list[Membership]:
    rows = Membership.objects.active().filter(territories=place, user__is_active=True)
    rows = rows.select_related("user", "organisation")
    named = rows.order_by("user__first_name", "user__last_name", "pk")
    return sorted(named, key=lambda row: FIRST.index(row.role) if row.role in FIRST else 9)


class TerritoryOpen(ManagerAct):
    form_class = OpenForm
    title = gettext_lazy("Ouvrir un territoire")
    lead = gettext_lazy("Un lieu d’action du programme, avec ses communes, son équipe, sa page.")
    submit = gettext_lazy("Ouvrir le territoire")

    def back(self):
        return reverse("territories"), _("Territoires")

    def form_options(self):
        return {"programmes": managed(self.request)}

    def act(self, form):
        self.territory = open_territory(
            territory=form.instance, by=self.request.user, communes=form.cleaned_data["places"]
        )
        self.done = _("%(territory)s est ouvert.") % {"territory": self.territory}
        return self.territory

    def next_url(self):
        return reverse("territory", args=[self.territory.pk])

    def after(self, row):
        url = url_if_any("invite")
        if url:
            return {"next_url": f"{url}?territoire={row.pk}", "next_word": _("Inviter l’équipe")}
        url = reverse("periods", args=[row.programme.slug])
        return {"next_url": url, "next_word": _("Donner ses objectifs")}


class TerritoryEdit(ManagerAct):
    form_class = TerritoryForm
    title = gettext_lazy("Changer le territoire")
    submit = gettext_lazy("Enregistrer le territoire")
    done = gettext_lazy("Le territoire est enregistré.")

    def find(self, pk):
        self.territory = territory_for(self.request, pk, "programme.manage")
        self.lead = self.territory.name

    def back(self):
        return reverse("territory", args=[self.territory.pk]), self.territory.name

    def form_options(self):
        return {"instance": self.territory}

    def act(self, form):
        return change_territory(
            territory=form.instance, by=self.request.user, fields=form.changed_data
        )
