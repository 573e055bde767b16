"""« Reprendre une présence »: what was noted under a nickname becomes the person's."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.pathway.pages import ActPage, journey_for
from journeys.registers.actions.linking import link, unlink, unlinked
from journeys.registers.forms import PresenceForm
from rtr.lib.http import post_only
from rtr.lib.told import tell


class PresencePage(ActPage):
    permission = "enrolments.manage"
    template_name = "journeys/registers/presence.html"
    form_class = PresenceForm
    title = gettext_lazy("Reprendre une présence")
    lead = gettext_lazy(
        "La personne est venue avant d’avoir un dossier : ses présences la suivent. Le registre ne "
        "change pas."
    )
    submit = gettext_lazy("Reprendre ces présences")
    done = gettext_lazy("Les présences choisies sont dans le parcours.")

    def find(self, request, pk, **kwargs):
        journey = super().find(request, pk)
        self.day = parse_date(request.GET.get("jour", "") or "0") if "jour" in request.GET else None
        self.found = unlinked(journey, on=self.day)
        return journey

    def form_options(self):
        return {"found": self.found}

    def act(self, form, seen):
        rows = form.cleaned_data["rows"]
        return link(journey=self.journey, by=self.request.user, seen=seen, rows=rows)

    def after(self, rows):
        picked = "-".join(str(row.pk) for row in rows)
        return {"undo_url": reverse("presence_unlink", args=[self.journey.pk, picked])}

    def extra(self):
        return {"found": self.found, "day": self.day}


@post_only
def presence_unlink(request, pk, rows):
    journey = journey_for(request, pk, "enrolments.manage")
    picked = [int(row) for row in rows.split("-") if row.isdigit()]
    undone = unlink(journey=journey, by=request.user, rows=picked)
    text = _("La reprise est annulée.") if undone else _("Rien à annuler.")
    tell(request, text)
    return redirect("journey", pk)
