"""Données de contexte: one figure typed, changed or removed, and taken back."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib.forms import Form
from rtr.lib.http import post_only
from rtr.lib.told import tell
from territories.coordination.actions.context import State, set_figures
from territories.coordination.pages import ManagerAct, territory_for
from territories.coordination.territory_forms import FigureForm, value_of
from territories.models import ContextFigure

SALT = "contexte"
MOST_UNDONE = 30  # figures that one undo puts back; a longer import is corrected by another
MAX_AGE = 24 * 3600


class FigureAdd(ManagerAct):
    form_class = FigureForm
    title = gettext_lazy("Ajouter une donnée de contexte")
    submit = gettext_lazy("Enregistrer la donnée")
    done = gettext_lazy("La donnée est enregistrée.")
    figure: ContextFigure | None = None

    def find(self, pk):
        self.territory = territory_for(self.request, pk, "programme.manage")
        self.lead = self.territory.name

    def back(self):
        return reverse("territory", args=[self.territory.pk]), self.territory.name

    def act(self, form):
        data = form.cleaned_data
        state = State(
            self.territory.pk, data["indicator"], data["year"], data["source"], data["value"]
        )
        if self._taken(state):
            words = _("Cet indicateur a déjà une valeur pour cette année et cette source.")
            raise ValidationError({"indicator": words})
        return set_figures(by=self.request.user, states=[*self.gone(), state])

    def _taken(self, state: State) -> bool:
        others = ContextFigure.objects.visible_to(self.request.user)
        if self.figure:
            others = others.exclude(pk=self.figure.pk)
        return others.filter(
            territory=state.territory_id,
            indicator=state.indicator,
            year=state.year,
            source=state.source,
        ).exists()

    def gone(self) -> list[State]:
        """What is no more once the act is done."""
        if self.figure is None:
            return []
        row = self.figure
        return [State(row.territory_id, row.indicator, row.year, row.source, None)]

    def after(self, row):
        return {"undo_url": undo_url(row)} if row else {}


class FigureEdit(FigureAdd):
    template_name = "territories/coordination/figure.html"
    title = gettext_lazy("Changer une donnée de contexte")

    def find(self, pk, figure):
        super().find(pk)
        rows = ContextFigure.objects.visible_to(self.request.user)
        self.figure = get_object_or_404(rows, territory=self.territory, pk=figure)

    def form_options(self):
        row = self.figure
        value = f"{row.value.normalize():f}".replace(".", ",")
        initial = {"indicator": row.indicator, "year": row.year, "source": row.source}
        return {"initial": initial | {"value": value}}

    def extra(self):
        return {"figure": self.figure, "territory": self.territory}


class FigureRemove(FigureEdit):
    form_class = Form
    title = gettext_lazy("Retirer une donnée de contexte")
    submit = gettext_lazy("Retirer la donnée")
    done = gettext_lazy("La donnée est retirée.")
    danger = True

    def find(self, pk, figure):
        super().find(pk, figure)
        self.effects = [_("« %(figure)s » disparaît des pages.") % {"figure": self.figure}]

    def form_options(self):
        return {}

    def act(self, form):
        return set_figures(by=self.request.user, states=self.gone())


def undo_url(before: list[State]) -> str:
    """The address that puts these figures back; nothing for a long import."""
    if not before or len(before) > MOST_UNDONE:
        return ""
    states = [[*state[:4], str(state.value) if state.value is not None else ""] for state in before]
    return reverse("context_undo", args=[signing.dumps(states, salt=SALT, compress=True)])


@post_only
def context_undo(request, token):
    try:
        found = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        raise Http404 from None
    for pk in {state[0] for state in found}:
        territory_for(request, pk, "programme.manage")
    states = [State(*key, value_of(value, "") if value else None) for *key, value in found]
    set_figures(by=request.user, states=states)
    tell(request, _("Les données sont comme avant."))
    return redirect("territory", states[0].territory_id)
