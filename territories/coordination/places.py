"""Lieux: the list, the page of one with its equipment, and what changes them."""

from types import SimpleNamespace

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib import french
from rtr.lib.forms import Form
from rtr.lib.http import post_only
from rtr.lib.told import tell
from rtr.lib.words import search_words
from territories.accounts.doors import require
from territories.coordination.actions.network import (
    close_place,
    keep_equipment,
    keep_place,
    remove_place,
    reopen_place,
    withdraw_equipment,
)
from territories.coordination.listing import (
    READ,
    asked,
    page_of,
    readable_places,
    territories_to_choose,
    words,
)
from territories.coordination.pages import ManagerAct, part
from territories.coordination.undoing import offer
from territories.organisations.forms import ClosingForm
from territories.organisations.models import Organisation
from territories.organisations.naming import key
from territories.places.enums import PlaceClosing
from territories.places.equipment import Equipment
from territories.places.filters import PlaceFilters
from territories.places.forms import EquipmentForm, PlaceForm
from territories.places.lists import ACCESSIBILITY
from territories.places.models import Place, Territory

MANAGE = "places.manage"


def place_for(request, pk: int, permission: str = READ) -> Place:
    """404 if it is in none of their territories, 403 if they may not do this there."""
    places = Place.objects.visible_to(request.user)
    places = places.select_related("territory__programme", "commune", "organisation")
    found = get_object_or_404(places, pk=pk)
    require(request.user, permission, found.territory_id)
    return found


# -- The list --------------------------------------------------------------------------------------


def places(request):
    """The page, or its rows alone for htmx."""
    context = _listed(request)
    partial = request.htmx and not request.htmx.history_restore_request
    name = "_places.html" if partial else "places.html"
    return part(request, f"territories/coordination/{name}", context)


def _listed(request) -> dict:
    known = Place.objects.visible_to(request.user).filter(territory__in=readable_places(request))
    territories = territories_to_choose(request)
    filters = PlaceFilters(request.GET, known, request=request, territories=territories)
    narrowed = bool(words(request) or filters.in_force)
    rows = filters.qs if filters.in_force.get("closed") else filters.qs.open()
    found = _matching(rows, words(request))
    shown, around = page_of(request, found)
    return (
        around
        | asked(request, filters)
        | {
            "said": _said(len(found), narrowed),
            "rows": [_row(place) for place in shown],
            "several": len(territories) > 1,
            "empty": _nothing(request, narrowed),
            "may_manage": request.user.may(MANAGE),
        }
    )


def _matching(rows, text: str) -> list[Place]:
    """In the order of names, accents aside; each word looked for begins one of the place's."""
    in_use = Count("equipment", filter=Q(equipment__withdrawn_on=None))
    rows = rows.select_related("commune", "organisation", "territory").annotate(held=in_use)
    starts = search_words(text)
    found = [place for place in rows if _answers(place, starts)]
    return sorted(found, key=lambda place: (str(place.territory), key(place.name), place.pk))


def _answers(place: Place, starts: list[str]) -> bool:
    said = [place.name, place.kind, place.address, place.commune, place.organisation]
    own = key(" ".join(str(one) for one in said if one)).split()
    return all(any(one.startswith(word) for one in own) for word in starts)


def _row(place: Place) -> SimpleNamespace:
    where = [str(one) for one in (place.organisation, place.commune or place.territory) if one]
    equipment = ""
    if place.held:
        word = french.plural(place.held, _("équipement"))
        equipment = f"{french.spelled(place.held)} {word}"
    easy = [ACCESSIBILITY[code]["word"] for code in place.accessibility if code in ACCESSIBILITY]
    return SimpleNamespace(
        it=place,
        where=", ".join(where),
        kind=french.capitalised(place.kind),
        equipment=equipment,
        easy=french.capitalised(", ".join(easy)),
    )


def _said(count: int, narrowed: bool) -> str:
    number = french.capitalised(french.spelled(count)) if count else _("Aucun")
    places_said = f"{number} {french.plural(count, _('lieu'), _('lieux'))}"
    if not narrowed:
        return places_said
    verb = {0: _("ne correspond"), 1: _("correspond")}.get(count, _("correspondent"))
    return f"{places_said} {verb}"


def _nothing(request, narrowed: bool) -> SimpleNamespace:
    if narrowed:
        return SimpleNamespace(
            said=_("Aucun lieu ne correspond."),
            hint=_("Retirez un filtre, ou cherchez avec le début d’un mot."),
            url=reverse("places"),
            act=_("Voir tous les lieux"),
        )
    return SimpleNamespace(
        said=_("Aucun lieu pour l’instant."),
        hint=_("Une salle, un jardin, un atelier : là où les gens viennent."),
        url=reverse("place_add") if request.user.may(MANAGE) else "",
        act=_("Noter un lieu"),
    )


# -- One of them -----------------------------------------------------------------------------------


def place(request, pk):
    """How to come, what makes it easy, what is in it."""
    found = place_for(request, pk)
    equipment = Equipment.objects.visible_to(request.user).kept().filter(place=found)
    held = set(found.accessibility)
    context = {
        "place": found,
        "equipment": list(equipment),
        "easy": [code for code in ACCESSIBILITY if code.code in held],
        "may_manage": request.user.may(MANAGE, found.territory_id),
        "printed_on": timezone.localdate(),
    }
    return part(request, "territories/coordination/place.html", context)


# -- What changes it -------------------------------------------------------------------------------


class OfPlace(ManagerAct):
    """An act about one place, which comes from its page and goes back there."""

    def find(self, pk):
        self.place = place_for(self.request, pk, MANAGE)
        self.called = self.place.name

    def back(self):
        return self.next_url(), self.called

    def next_url(self):
        return reverse("place", args=[self.place.pk])

    def after(self, steps):
        return offer(self.request, steps)


class PlaceAdd(OfPlace):
    form_class = PlaceForm
    title = gettext_lazy("Noter un lieu")
    lead = gettext_lazy("Là où les gens viennent : comment on y va, ce qu’on y trouve.")
    submit = gettext_lazy("Noter le lieu")
    done = gettext_lazy("Le lieu est noté.")

    def find(self):
        allowed = self.request.user.territories_where(MANAGE)
        chosen = allowed & self.request.place_ids or allowed
        territories = Territory.objects.visible_to(self.request.user).select_related("programme")
        self.territories = territories.filter(pk__in=chosen)

    def back(self):
        return reverse("places"), _("Lieux")

    def form_options(self):
        return _choices(self.request, self.territories)

    def act(self, form):
        self.place = form.instance
        self.place.territory = form.chosen_territory
        return keep_place(place=self.place, by=self.request.user)

    def after(self, steps):
        url = reverse("equipment_add", args=[self.place.pk])
        return super().after(steps) | {"next_url": url, "next_word": _("Ajouter un équipement")}


class PlaceEdit(OfPlace):
    form_class = PlaceForm
    title = gettext_lazy("Modifier le lieu")
    submit = gettext_lazy("Enregistrer le lieu")
    done = gettext_lazy("Le lieu est enregistré.")

    def form_options(self):
        territories = Territory.objects.visible_to(self.request.user)
        here = territories.filter(pk=self.place.territory_id).select_related("programme")
        return _choices(self.request, here) | {"instance": self.place}

    def act(self, form):
        return keep_place(place=form.instance, by=self.request.user)


def _choices(request, territories) -> dict:
    """Where it may be, and the bodies that the programmes of these territories know."""
    if not territories:
        raise PermissionDenied
    programmes = {territory.programme_id for territory in territories}
    bodies = Organisation.objects.visible_to(request.user).of_programmes(programmes)
    return {"territories": territories, "organisations": bodies.open().order_by("name")}


class PlaceClose(OfPlace):
    form_class = ClosingForm
    submit = gettext_lazy("Fermer le lieu")
    done = gettext_lazy("Le lieu est fermé.")
    effects = [gettext_lazy("Il n’est plus proposé. Ce qui s’y est passé reste écrit.")]

    @property
    def title(self):
        return _("Fermer %(place)s ?") % {"place": self.place}

    def form_options(self):
        return {"reasons": PlaceClosing.choices}

    def act(self, form):
        return close_place(place=self.place, by=self.request.user, **form.cleaned_data)


class PlaceReopen(OfPlace):
    form_class = Form
    submit = gettext_lazy("Rouvrir le lieu")
    done = gettext_lazy("Le lieu est rouvert.")
    effects = [gettext_lazy("Il est proposé de nouveau, avec son équipement.")]

    @property
    def title(self):
        return _("Rouvrir %(place)s ?") % {"place": self.place}

    def act(self, form):
        return reopen_place(place=self.place, by=self.request.user)


class PlaceRemove(OfPlace):
    form_class = Form
    submit = gettext_lazy("Supprimer le lieu")
    done = gettext_lazy("Le lieu est supprimé.")
    danger = True
    effects = [
        gettext_lazy("Il disparaît avec son équipement, pour un lieu noté par erreur."),
        gettext_lazy("S’il a déjà servi, rien n’est supprimé : fermez-le plutôt."),
    ]

    @property
    def title(self):
        return _("Supprimer %(place)s ?") % {"place": self.place}

    def act(self, form):
        remove_place(place=self.place, by=self.request.user)
        self.next_url = lambda: reverse("places")
        return []


# -- Equipment -------------------------------------------------------------------------------------


class EquipmentAdd(OfPlace):
    form_class = EquipmentForm
    title = gettext_lazy("Ajouter un équipement")
    submit = gettext_lazy("Ajouter l’équipement")
    done = gettext_lazy("L’équipement est noté.")

    def form_options(self):
        return {"instance": Equipment(place=self.place)}

    def act(self, form):
        return keep_equipment(equipment=form.instance, by=self.request.user)

    def after(self, steps):
        url = reverse("equipment_add", args=[self.place.pk])
        return super().after(steps) | {"next_url": url, "next_word": _("En ajouter un autre")}


def equipment_for(request, pk: int) -> Equipment:
    rows = Equipment.objects.visible_to(request.user).kept().select_related("place__territory")
    found = get_object_or_404(rows, pk=pk)
    require(request.user, MANAGE, found.place.territory_id)
    return found


class EquipmentEdit(EquipmentAdd):
    title = gettext_lazy("Modifier l’équipement")
    submit = gettext_lazy("Enregistrer l’équipement")
    done = gettext_lazy("L’équipement est enregistré.")

    def find(self, pk):
        self.equipment = equipment_for(self.request, pk)
        self.place, self.called = self.equipment.place, self.equipment.place.name

    def form_options(self):
        return {"instance": self.equipment}

    def after(self, steps):
        return offer(self.request, steps)


@post_only
def equipment_withdraw(request, pk):
    found = equipment_for(request, pk)
    steps = withdraw_equipment(equipment=found, by=request.user)
    tell(request, _("%(name)s : c’est retiré.") % {"name": found}, **offer(request, steps))
    return redirect("place", found.place_id)
