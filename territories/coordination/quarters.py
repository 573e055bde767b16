"""Communes, quarters, and the dated lists of priority quarters (QPV) each is on."""

from types import SimpleNamespace

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib.forms import Form
from territories.coordination.actions.territories import remove_quarter, save_quarter
from territories.coordination.pages import ManagerAct, part, territory_for
from territories.coordination.territory_forms import CommuneForm, NeighbourhoodForm, ZoningForm
from territories.models import Commune, Neighbourhood, Zoning

KINDS = {
    "commune": SimpleNamespace(
        model=Commune,
        form=CommuneForm,
        of="territory",
        add=gettext_lazy("Ajouter une commune"),
        change=gettext_lazy("Changer la commune"),
    ),
    "quartier": SimpleNamespace(
        model=Neighbourhood,
        form=NeighbourhoodForm,
        of="commune__territory",
        add=gettext_lazy("Ajouter un quartier"),
        change=gettext_lazy("Changer le quartier"),
    ),
    "zonage": SimpleNamespace(
        model=Zoning,
        form=ZoningForm,
        of="neighbourhood__commune__territory",
        add=gettext_lazy("Noter un quartier prioritaire"),
        change=gettext_lazy("Changer les dates"),
    ),
}


def quarters(request, pk):
    """Everything the territory is made of, with what can be changed."""
    territory = territory_for(request, pk, "programme.manage")
    communes = territory.communes.prefetch_related("neighbourhoods__zonings")
    context = {
        "territory": territory,
        "communes": communes,
        "today": timezone.localdate(),
        "back_url": reverse("territory", args=[territory.pk]),
    }
    return part(request, "territories/coordination/quarters.html", context)


class QuarterPage(ManagerAct):
    """Add or change one row; `kind` says of which sort."""

    submit = gettext_lazy("Enregistrer")
    done = gettext_lazy("C’est enregistré. Les contrats signés gardent le zonage de leur jour.")

    def find(self, pk, kind, row=None):
        self.territory = territory_for(self.request, pk, "programme.manage")
        if kind not in KINDS:
            raise Http404
        self.kind, found = kind, KINDS[kind]
        self.form_class = found.form
        self.title = found.change if row else found.add
        self.lead = self.territory.name
        self.row = found.model()
        if row:
            self.row = get_object_or_404(found.model, **{found.of: self.territory}, pk=row)
        elif kind == "commune":
            self.row.territory = self.territory

    def back(self):
        return reverse("quarters", args=[self.territory.pk]), _("Communes et quartiers")

    def form_options(self):
        options = {"instance": self.row}
        if self.kind != "commune":
            options["territory"] = self.territory
        of = {"quartier": "commune", "zonage": "neighbourhood"}.get(self.kind)
        if of and not self.row.pk:
            options["initial"] = {of: self.request.GET.get("de", "")[:12]}
        return options

    def act(self, form):
        return save_quarter(row=form.instance, territory=self.territory, by=self.request.user)


class QuarterRemove(QuarterPage):
    submit = gettext_lazy("Retirer")
    done = gettext_lazy("C’est retiré.")
    danger = True

    def find(self, pk, kind, row):
        super().find(pk, kind, row)
        self.form_class = Form
        self.title = _("Retirer « %(row)s »") % {"row": self.row}
        self.effects = [
            _("La ligne disparaît de ce territoire. Ce que les contrats ont figé ne bouge pas.")
        ]

    def form_options(self):
        return {}

    def act(self, form):
        remove_quarter(row=self.row, territory=self.territory, by=self.request.user)
