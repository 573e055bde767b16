"""Acts on the path: phase, pauses, outcomes, exit, return, more time, undo."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.pathway.actions import phases, spans
from journeys.pathway.forms.path import (
    DayForm,
    ExitForm,
    ExtendForm,
    OutcomeForm,
    PauseForm,
    PhaseForm,
)
from journeys.pathway.models import Absence, Contact, FollowUp, FollowUpTry, Outcome
from journeys.pathway.pages import ActPage, journey_for
from journeys.pathway.story import short_label
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.told import tell


class PhaseChangePage(ActPage):
    form_class = PhaseForm
    title = gettext_lazy("Changer la phase")
    lead = gettext_lazy("Chaque changement garde sa date et son auteur. Rien ne s’efface.")
    submit = gettext_lazy("Changer la phase")
    done = gettext_lazy("La phase est changée.")

    def form_options(self):
        last = self.journey.phase_changes.last()
        steps = self.journey.territory.programme.phase_steps
        initial = {"on": timezone.localdate()}
        return {"initial": initial, "steps": steps, "current": (last.phase, last.step)}

    def act(self, form, seen):
        data = form.cleaned_data
        phase, step = data.pop("to")
        return phases.change_phase(
            journey=self.journey, by=self.request.user, seen=seen, to=phase, step=step, **data
        )


class PausePage(ActPage):
    form_class = PauseForm
    title = gettext_lazy("Noter une pause")
    lead = gettext_lazy("Le parcours continue à la reprise. Sa durée court toujours.")
    submit = gettext_lazy("Noter la pause")
    done = gettext_lazy("La pause est notée.")
    undoable = True

    def initial(self):
        return {"from_on": timezone.localdate()}

    def act(self, form, seen):
        return spans.pause(
            journey=self.journey, by=self.request.user, seen=seen, **form.cleaned_data
        )


class ResumePage(ActPage):
    """The end of a pause."""

    form_class = DayForm
    title = gettext_lazy("Noter la reprise")
    lead = gettext_lazy("La pause se termine ce jour-là et le parcours continue.")
    submit = gettext_lazy("Noter la reprise")
    done = gettext_lazy("La reprise est notée.")
    label = gettext_lazy("Jour de la reprise")

    def form_options(self):
        return {"initial": {"on": timezone.localdate()}, "label": self.label}

    def act(self, form, seen):
        on = form.cleaned_data["on"]
        return spans.come_back(journey=self.journey, by=self.request.user, seen=seen, on=on)


class ReturnPage(ResumePage):
    """The end of an exit: the same journey goes on."""

    title = gettext_lazy("Noter le retour")
    lead = gettext_lazy("Le même parcours reprend. Les suivis prévus après la sortie s’annulent.")
    submit = gettext_lazy("Noter le retour")
    done = gettext_lazy("Le retour est noté : le parcours reprend.")
    label = gettext_lazy("Jour du retour")


class OutcomePage(ActPage):
    form_class = OutcomeForm
    title = gettext_lazy("Noter une étape gagnée")
    lead = gettext_lazy("Un emploi, une formation, un engagement commence. Le parcours continue.")
    submit = gettext_lazy("Noter l’étape gagnée")
    done = gettext_lazy("L’étape gagnée est notée.")
    undoable = True

    def initial(self):
        return {"started_on": timezone.localdate()}

    @transaction.atomic
    def act(self, form, seen):
        of_act = {"journey": self.journey, "by": self.request.user, "seen": seen}
        fields = ("kind", "host", "started_on", "weekly_hours")
        outcome = spans.record_outcome(
            **of_act, **{field: form.cleaned_data[field] for field in fields}
        )
        if proof := form.proof():
            spans.prove(row=outcome, by=self.request.user, **proof)
        return outcome


class OutcomeEndPage(ActPage):
    form_class = DayForm
    submit = gettext_lazy("Noter la fin")
    done = gettext_lazy("La fin de l’étape est notée.")

    def find(self, request, pk, outcome):
        journey = super().find(request, pk)
        self.outcome = get_object_or_404(journey.outcomes, pk=outcome)
        return journey

    @property
    def title(self):
        return _("Noter la fin : %(step)s") % {"step": short_label(self.outcome.kind)}

    @property
    def lead(self):
        since = french.day(self.outcome.started_on)
        return _("Commencée le %(day)s.") % {"day": since}

    def form_options(self):
        return {"initial": {"on": timezone.localdate()}, "label": _("Dernier jour")}

    def act(self, form, seen):
        on = form.cleaned_data["on"]
        return spans.end_outcome(outcome=self.outcome, by=self.request.user, seen=seen, on=on)


class ExitPage(ActPage):
    permission = "journeys.exit"
    template_name = "journeys/pathway/exit.html"
    form_class = ExitForm
    title = gettext_lazy("Enregistrer la sortie")
    submit = gettext_lazy("Enregistrer la sortie")
    done = gettext_lazy("La sortie est enregistrée.")
    undoable = True

    def initial(self):
        return {"on": timezone.localdate()}

    @transaction.atomic
    def act(self, form, seen):
        data = form.cleaned_data
        absence = spans.leave(
            journey=self.journey,
            by=self.request.user,
            seen=seen,
            on=data["on"],
            kind=data["kind"],
            weeks=data["weeks"],
            agreed_to_contact=data["agreed"] == "yes",
        )
        if proof := form.proof():
            spans.prove(row=absence, by=self.request.user, **proof)
        return absence

    @property
    def effects(self):
        name = self.journey.participant.nickname
        return [
            _("Le parcours s’arrête ce jour-là. Tout ce qui a été vécu reste."),
            _("Une pause en cours se termine."),
            _("Si %(name)s l’accepte, des nouvelles seront prises.") % {"name": name},
            _("%(name)s peut revenir à tout moment : le même parcours reprend.") % {"name": name},
        ]

    def page(self, form, **options):
        official = self.journey.territory.programme.official_positive_exits
        self.columns = form.columns(set(official))
        return super().page(form, **options)


class ExtendPage(ActPage):
    permission = "journeys.extend"
    form_class = ExtendForm
    title = gettext_lazy("Prolonger le parcours")
    submit = gettext_lazy("Prolonger le parcours")
    done = gettext_lazy("Le parcours est prolongé.")

    @property
    def lead(self):
        if not self.journey.limit_on:
            return ""
        limit = french.day(self.journey.limit_on)
        return _("La limite actuelle est le %(day)s. L’entrée ne change pas.") % {"day": limit}

    def act(self, form, seen):
        return phases.extend(
            journey=self.journey, by=self.request.user, seen=seen, **form.cleaned_data
        )


UNDOABLE = {
    model._meta.model_name: model for model in (Contact, Absence, Outcome, FollowUp, FollowUpTry)
}


@post_only
def undo(request, pk, model, row):
    """Take back one's own last act, when nothing has happened since."""
    journey = journey_for(request, pk, "journeys.act")
    if model not in UNDOABLE:
        raise Http404
    found = UNDOABLE[model].objects.visible_to(request.user)
    found = get_object_or_404(found, pk=row, journey=journey)
    try:
        spans.undo(journey=journey, by=request.user, row=found)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=30)
    else:
        tell(request, _("C’est annulé."))
    return redirect("journey", pk)
