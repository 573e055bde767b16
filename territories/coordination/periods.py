"""Périodes et objectifs chiffrés: when the programme happens, how many people it aims at."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib import french
from rtr.lib.forms import Form
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.coordination.actions.periods import (
    close_period,
    remove_period,
    save_period,
    set_targets,
)
from territories.coordination.forms import CloseForm, PeriodForm, TargetsForm, name_of, overlapping
from territories.coordination.pages import ManagerAct, managed_programme, part
from territories.coordination.settings import settings_url
from territories.programmes.models import Period, PeriodTarget


def periods(request, programme):
    """The periods; below, one form with everything they aim at, and its totals."""
    programme = managed_programme(request, programme)
    form = targets_form(request, programme)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            changed = set_targets(programme=programme, by=request.user, targets=form.found())
            words = _("Les objectifs sont enregistrés.") if changed else _("Rien n’a changé.")
            tell(request, words)
            return redirect(request.path)
        status = 422
    context = {
        "programme": programme,
        "periods": [_told(period, form.periods) for period in form.periods],
        "form": form,
        "grids": [_grid(form, period) for period in form.periods],
        "territories": form.territories,
        "back_url": settings_url(programme),
    }
    return part(request, "territories/coordination/periods.html", context, status)


def targets_form(request, programme) -> TargetsForm:
    targets = PeriodTarget.objects.filter(period__programme=programme)
    return bound(
        TargetsForm,
        request,
        periods=list(programme.periods.order_by("starts_on", "pk")),
        territories=list(programme.territories.order_by("name")),
        targets={(target.period_id, target.territory_id): target for target in targets},
    )


def _told(period: Period, others: list[Period]) -> dict:
    today = timezone.localdate()
    over = period.ends_on and period.ends_on < today
    return {
        "period": period,
        "state": "over" if over else "open" if period.starts_on <= today else "to_come",
        "overlapping": overlapping(period, others),
    }


def _grid(form: TargetsForm, period: Period) -> dict:
    """One period: a line per territory, and what it adds up to as last saved."""
    lines = [
        {
            "territory": territory,
            "people": form[name_of("people", period, territory)],
            "exits": form[name_of("exits", period, territory)],
        }
        for territory in form.territories
    ]
    totals = {
        what: sum(int(value) for line in lines if str(value := line[what].value() or 0).isdigit())
        for what in ("people", "exits")
    }
    return {"period": period, "lines": lines} | totals


class PeriodPage(ManagerAct):
    """Add a period, or change one; dates that overlap are told, since people may be in both."""

    form_class = PeriodForm
    submit = gettext_lazy("Enregistrer la période")

    def find(self, programme, pk=None):
        self.programme = managed_programme(self.request, programme)
        self.title = _("Changer la période") if pk else _("Ajouter une période")
        self.period = Period(programme=self.programme)
        if pk:
            mine = Period.objects.visible_to(self.request.user).filter(programme=self.programme)
            self.period = get_object_or_404(mine, pk=pk)

    def back(self):
        return reverse("periods", args=[self.programme.slug]), _("Périodes et objectifs")

    def form_options(self):
        return {"instance": self.period}

    def act(self, form):
        period = save_period(period=form.instance, by=self.request.user)
        others = overlapping(period, list(self.programme.periods.all()))
        self.done = _("La période est enregistrée.")
        if others:
            names = {"names": french.listed([f"« {other} »" for other in others])}
            self.done += " " + _("Elle partage des jours avec %(names)s.") % names
        return period


class PeriodClose(PeriodPage):
    form_class = CloseForm
    submit = gettext_lazy("Fermer la période")
    effects = [
        gettext_lazy("Les personnes accueillies ensuite n’y entrent plus."),
        gettext_lazy("Celles qui y sont restent comptées : rien ne s’efface."),
    ]

    def find(self, programme, pk):
        super().find(programme, pk)
        self.title = _("Fermer « %(period)s »") % {"period": self.period}

    def form_options(self):
        return {"initial": {"ends_on": self.period.ends_on or timezone.localdate()}}

    def act(self, form):
        on = form.cleaned_data["ends_on"]
        self.done = _("La période est fermée.")
        return close_period(period=self.period, by=self.request.user, on=on)


class PeriodRemove(PeriodPage):
    """A period added by mistake: one that people entered is refused, and stays."""

    form_class = Form
    submit = gettext_lazy("Effacer la période")
    danger = True
    effects = [gettext_lazy("La période et ses objectifs chiffrés disparaissent.")]

    def find(self, programme, pk):
        super().find(programme, pk)
        self.title = _("Effacer « %(period)s »") % {"period": self.period}

    def form_options(self):
        return {}

    def act(self, form):
        self.done = _("La période est effacée.")
        remove_period(period=self.period, by=self.request.user)
