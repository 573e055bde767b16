"""Structures: the list with its consortium, the page of one, noting and closing one."""

from types import SimpleNamespace

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib import french
from rtr.lib.forms import Form
from rtr.lib.told import tell
from territories.coordination import above, bodies
from territories.coordination.actions.network import (
    close_organisation,
    keep_organisation,
    remove_organisation,
    reopen_organisation,
    take_note,
)
from territories.coordination.listing import (
    READ,
    asked,
    page_of,
    shown_programmes,
    territories_to_choose,
    words,
)
from territories.coordination.pages import ManagerAct, managed, manages, part
from territories.coordination.undoing import offer
from territories.organisations.filters import OrganisationFilters
from territories.organisations.forms import ClosingForm, NewOrganisationForm, OrganisationForm
from territories.organisations.models import ConsortiumMember, Organisation
from territories.organisations.siret import spaced
from territories.places.equipment import Equipment
from territories.places.models import Place
from territories.programmes.models import Programme

MANAGE = "programme.manage"


def organisation_for(request, pk: int, *, manage: bool = False) -> Organisation:
    """404 if no programme of theirs knows it, 403 if they manage none that does."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if manage and not manages(request.user, organisation):
        raise PermissionDenied
    return organisation


# -- The list --------------------------------------------------------------------------------------


def organisations(request):
    """The page, or its rows alone for htmx."""
    context = _listed(request)
    partial = request.htmx and not request.htmx.history_restore_request
    name = "_organisations.html" if partial else "organisations.html"
    return part(request, f"territories/coordination/{name}", context)


def _listed(request) -> dict:
    programmes = shown_programmes(request)
    known = Organisation.objects.visible_to(request.user).of_programmes(programmes)
    members = ConsortiumMember.objects.visible_to(request.user).filter(programme__in=programmes)
    members = list(members.select_related("organisation", "programme"))
    filters = OrganisationFilters(
        request.GET,
        known,
        request=request,
        programmes=programmes,
        territories=territories_to_choose(request),
    )
    text = words(request)
    narrowed = bool(text or filters.in_force)
    rows = filters.qs if filters.in_force.get("closed") else filters.qs.open()
    found = bodies.bodies(rows, members, text)
    shown, around = page_of(request, found)
    bodies.count_places(shown, known, request.place_ids)
    return (
        around
        | asked(request, filters)
        | {
            "said": _matching(len(found)) if narrowed else _counted(len(found)),
            "composition": bodies.composition(members),
            "groups": bodies.grouped(shown),
            "history": list(bodies.history(members)),
            "empty": _nothing(request, narrowed),
            "may_manage": request.user.may(MANAGE),
        }
    )


def _matching(count: int) -> str:
    verbs = {0: _("ne correspond"), 1: _("correspond")}
    verb = verbs.get(count, _("correspondent"))
    return _("%(bodies)s %(verb)s") % {"bodies": _counted(count), "verb": verb}


def _counted(count: int) -> str:
    number = french.capitalised(french.spelled(count, feminine=True)) if count else _("Aucune")
    return f"{number} {french.plural(count, _('structure'))}"


def _nothing(request, narrowed: bool) -> SimpleNamespace:
    if narrowed:
        return SimpleNamespace(
            said=_("Aucune structure ne correspond."),
            hint=_("Retirez un filtre, ou cherchez avec le début d’un mot."),
            url=reverse("organisations"),
            act=_("Voir toutes les structures"),
        )
    may = request.user.may(MANAGE)
    return SimpleNamespace(
        said=_("Aucune structure pour l’instant."),
        hint=_("Notez celles qui portent le programme, puis celles qui le soutiennent."),
        url=reverse("organisation_add") if may else "",
        act=_("Noter une structure"),
    )


# -- One of them -----------------------------------------------------------------------------------


def organisation(request, pk):
    """What it brings, its roles, its places, who works there, how to reach it."""
    found = organisation_for(request, pk)
    members = ConsortiumMember.objects.visible_to(request.user).filter(organisation=found)
    may_manage = request.user.may(MANAGE) and manages(request.user, found)
    context = {
        "organisation": found,
        "siret": spaced(found.siret) if found.siret else "",
        "siren": spaced(found.siren),
        "members": list(members.select_related("programme").order_by("-from_on", "-pk")),
        "several": len(request.user.programme_ids) > 1,
        "places": _places_of(request, found),
        "people": _people_of(request, found),
        "cards": above.cards(request, found),
        "may_manage": may_manage,
        "managed": request.user.programmes_where(MANAGE),
        "is_shared": may_manage and is_shared(request.user, found),
        "printed_on": timezone.localdate(),
    }
    return part(request, "territories/coordination/organisation.html", context)


def is_shared(user, found: Organisation) -> bool:
    """Whether a programme that the user does not work in knows it too."""
    known = Organisation.objects.visible_to(user).known_outside(user.programme_ids)
    return known.filter(pk=found.pk).exists()


def _places_of(request, found: Organisation) -> list[Place]:
    places = Place.objects.visible_to(request.user).filter(organisation=found)
    places = list(places.open().select_related("commune", "territory"))
    equipment = Equipment.objects.visible_to(request.user).kept().filter(place__in=places)
    for place in places:
        place.holds = [each.name for each in equipment if each.place_id == place.pk]
    return places


def _people_of(request, found: Organisation) -> list[SimpleNamespace]:
    """Colleagues of one's own territories, each once, with what they do."""
    readable = request.user.territories_where(READ)
    rows = found.memberships.active().filter(
        territories__in=readable, user__is_active=True, user__territory=None
    )
    rows = rows.order_by("user__first_name", "user__last_name", "user", "role").distinct()
    people: dict[int, SimpleNamespace] = {}
    for row in rows.select_related("user"):
        person = people.setdefault(
            row.user_id, SimpleNamespace(name=row.user.get_full_name(), roles=[])
        )
        if (role := str(row.get_role_display())) not in person.roles:
            person.roles.append(role)
    return list(people.values())


# -- Noting one, correcting it ---------------------------------------------------------------------


class OrganisationPage(ManagerAct):
    """A body already noted is not written twice: its page is offered, or to take it up as it is."""

    template_name = "territories/coordination/organisation_form.html"
    form_class = OrganisationForm
    may_take = False

    def page(self, form, *, status=200):
        self.twin = form.twin
        return super().page(form, status=status)

    def extra(self):
        twin, url = self.twin, ""
        if twin and Organisation.objects.visible_to(self.request.user).filter(pk=twin.pk).exists():
            url = reverse("organisation", args=[twin.pk])
        return {"twin": twin, "twin_url": url, "takes": bool(twin and not url and self.may_take)}

    def next_url(self):
        return reverse("organisation", args=[self.written.pk])

    def after(self, steps):
        return offer(self.request, steps)


class OrganisationAdd(OrganisationPage):
    form_class = NewOrganisationForm
    may_take = True
    title = gettext_lazy("Noter une structure")
    lead = gettext_lazy("Association, lieu, entreprise, service : elle se note une seule fois.")
    submit = gettext_lazy("Noter la structure")
    done = gettext_lazy("La structure est notée.")

    def back(self):
        return reverse("organisations"), _("Structures")

    def form_options(self):
        return {"programmes": managed(self.request)}

    def post(self, request, **kwargs):
        if "take" in request.POST:
            form = NewOrganisationForm(request.POST, **self.form_options())
            form.is_valid()
            if form.twin:
                return self.take(form.twin, form.chosen_programme)
        return super().post(request, **kwargs)

    def take(self, twin: Organisation, programme: Programme):
        """The body of another programme, found by its SIRET or its name, becomes known here."""
        take_note(organisation=twin, programme=programme, by=self.request.user)
        tell(self.request, _("C’est fait : elle est dans vos structures."))
        return redirect("organisation", twin.pk)

    def act(self, form):
        self.written = form.instance
        return keep_organisation(
            organisation=form.instance, by=self.request.user, programme=form.chosen_programme
        )


class OrganisationEdit(OrganisationPage):
    title = gettext_lazy("Modifier la structure")
    submit = gettext_lazy("Enregistrer la structure")
    done = gettext_lazy("La structure est enregistrée.")

    def find(self, pk):
        self.written = organisation_for(self.request, pk, manage=True)
        self.called = str(self.written)
        if is_shared(self.request.user, self.written):
            self.lead = _("Un autre programme la connaît aussi : ce que vous changez s’y verra.")

    def back(self):
        return self.next_url(), self.called

    def form_options(self):
        return {"instance": self.written}

    def act(self, form):
        return keep_organisation(organisation=form.instance, by=self.request.user)


# -- Closing, reopening, removing ------------------------------------------------------------------


class OfOrganisation(ManagerAct):
    """An act about one body, which comes from its page and goes back there."""

    def find(self, pk):
        self.organisation = organisation_for(self.request, pk, manage=True)

    def back(self):
        return reverse("organisation", args=[self.organisation.pk]), str(self.organisation)

    def after(self, steps):
        return offer(self.request, steps)


class OrganisationClose(OfOrganisation):
    form_class = ClosingForm
    submit = gettext_lazy("Fermer la structure")
    done = gettext_lazy("La structure est fermée.")

    @property
    def title(self):
        return _("Fermer %(name)s ?") % {"name": self.organisation}

    @property
    def effects(self):
        said = [
            _("Elle n’est plus proposée. Ce qu’elle a fait reste écrit."),
            _("Son rôle dans le consortium se termine ce jour-là."),
            _("Ses comptes et ses lieux ne changent pas : voyez-les ensuite."),
        ]
        if is_shared(self.request.user, self.organisation):
            said.append(_("Un autre programme la connaît aussi : elle y sera fermée de même."))
        return said

    def act(self, form):
        return close_organisation(
            organisation=self.organisation,
            programmes={programme.pk for programme in managed(self.request)},
            by=self.request.user,
            **form.cleaned_data,
        )


class OrganisationReopen(OfOrganisation):
    form_class = Form
    submit = gettext_lazy("Rouvrir la structure")
    done = gettext_lazy("La structure est rouverte.")
    effects = [gettext_lazy("Elle est proposée de nouveau. Son rôle d’avant ne reprend pas seul.")]

    @property
    def title(self):
        return _("Rouvrir %(name)s ?") % {"name": self.organisation}

    def act(self, form):
        return reopen_organisation(organisation=self.organisation, by=self.request.user)


class OrganisationRemove(OfOrganisation):
    form_class = Form
    submit = gettext_lazy("Supprimer la structure")
    done = gettext_lazy("La structure est supprimée.")
    danger = True
    effects = [
        gettext_lazy("Elle disparaît, pour une structure notée par erreur."),
        gettext_lazy("Si elle a déjà servi, rien n’est supprimé : fermez-la plutôt."),
    ]

    @property
    def title(self):
        return _("Supprimer %(name)s ?") % {"name": self.organisation}

    def act(self, form):
        remove_organisation(organisation=self.organisation, by=self.request.user)
        return []

    def next_url(self):
        return reverse("organisations")
