"""AFEST and volunteering in somebody's file."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.frames.actions import afest as acts
from journeys.frames.actions.volunteering import end_volunteering, record_volunteering
from journeys.frames.coordination.file import FrameActPage
from journeys.frames.forms import (
    AfestAssessForm,
    AfestForm,
    CloseAfestForm,
    ReflectForm,
    SequenceForm,
    VolunteeringForm,
)
from journeys.pathway.forms.path import DayForm
from journeys.pathway.pages import journey_for
from rtr.lib import french


def afest_of(journey, pk: int):
    found = get_object_or_404(journey.afests.prefetch_related("sequences"), pk=pk)
    found.journey = journey
    return found


def afest(request, pk, afest):
    journey = journey_for(request, pk, "participants.list")
    found = afest_of(journey, afest)
    context = {
        "journey": journey,
        "participant": journey.participant,
        "afest": found,
        "elements": found.elements,
        "can_frame": found.is_open and request.user.may("frames.manage", journey.territory_id),
    }
    return render(request, "journeys/frames/afest.html", context)


class AfestBeginPage(FrameActPage):
    form_class = AfestForm
    title = _("Commencer une AFEST")
    lead = _("Apprendre en travaillant, avec quatre éléments qui font que c’est une formation.")
    submit = _("Commencer")
    done = _("L’AFEST est notée. Ses quatre éléments se complètent au fil de l’eau.")

    def form_options(self):
        return super().form_options() | {"user": self.request.user}

    def initial(self):
        return {"from_on": timezone.localdate()}

    def act(self, form, seen):
        self.row = acts.begin_afest(
            journey=self.journey, by=self.request.user, seen=seen, said=form.cleaned_data
        )
        return self.row

    def after(self, row):
        url = reverse("afest", args=[self.journey.pk, row.pk])
        return {"next_url": url, "next_word": _now("Ouvrir l’AFEST")}


class OfAfest(FrameActPage):
    def find(self, request, pk, afest, **kwargs):
        journey = super().find(request, pk)
        self.row = afest_of(journey, afest)
        return journey

    def next_url(self):
        return reverse("afest", args=[self.journey.pk, self.row.pk])

    def acted(self, action, form, seen, **about):
        about = about or {"afest": self.row}
        return action(by=self.request.user, seen=seen, **about, **form.cleaned_data)


class AfestChangePage(OfAfest):
    form_class = AfestForm
    title = _("Compléter l’AFEST")
    lead = _("Ce qui s’apprend, avec qui, et l’analyse faite avant de commencer.")
    done = _("L’AFEST est complétée.")

    def form_options(self):
        return super().form_options() | {"user": self.request.user}

    def initial(self):
        names = "aim host host_name from_on analysis analysed_on trainer trainer_role".split()
        said = {name: getattr(self.row, name) for name in names}
        return said | ({"host_name": ""} if self.row.host_id else {})

    def act(self, form, seen):
        return acts.change_afest(
            afest=self.row, by=self.request.user, seen=seen, said=form.cleaned_data
        )


class SequencePage(OfAfest):
    form_class = SequenceForm
    title = _("Noter une séquence de travail")
    lead = _("Une séance réflexive suit, à part du travail.")
    done = _("La séquence est notée. Notez sa séance réflexive quand elle a eu lieu.")

    def initial(self):
        return {"on": timezone.localdate()}

    def act(self, form, seen):
        return self.acted(acts.add_sequence, form, seen)


class ReflectPage(OfAfest):
    form_class = ReflectForm
    title = _("Noter la séance réflexive")
    done = _("La séance réflexive est notée.")

    def find(self, request, pk, afest, sequence):
        journey = super().find(request, pk, afest)
        self.sequence = get_object_or_404(self.row.sequences, pk=sequence)
        return journey

    @property
    def lead(self):
        said = {"what": self.sequence.what, "day": french.day(self.sequence.on)}
        return _now("Après « %(what)s », le %(day)s : on s’arrête, on regarde, on comprend.") % said

    def initial(self):
        return {
            "on": self.sequence.reflected_on or timezone.localdate(),
            "reflection": self.sequence.reflection,
        }

    def act(self, form, seen):
        return self.acted(acts.reflect, form, seen, sequence=self.sequence)


class AfestAssessPage(OfAfest):
    form_class = AfestAssessForm
    title = _("Évaluer à la fin")
    lead = _("Ce que la personne sait faire maintenant, dit avec elle et avec le formateur.")
    done = _("L’évaluation est notée.")

    def initial(self):
        return {"on": timezone.localdate(), "assessment": self.row.assessment}

    def act(self, form, seen):
        return self.acted(acts.assess_afest, form, seen)


class AfestClosePage(OfAfest):
    template_name = "journeys/frames/afest_close.html"
    form_class = CloseAfestForm
    title = _("Clore la formation")
    submit = _("Clore")
    done = _("C’est clos.")

    def act(self, form, seen):
        is_afest = form.cleaned_data["kind"] == "afest"
        return acts.close_afest(afest=self.row, by=self.request.user, seen=seen, is_afest=is_afest)

    def extra(self):
        return {"afest": self.row, "elements": self.row.elements}


# -- Volunteering ----------------------------------------------------------------------------------


class VolunteeringPage(FrameActPage):
    form_class = VolunteeringForm
    title = _("Noter un bénévolat")
    lead = _("Dans une association ou un service public : jamais dans une entreprise.")
    submit = _("Noter le bénévolat")
    done = _("Le bénévolat est noté.")

    def form_options(self):
        return super().form_options() | {"user": self.request.user}

    def initial(self):
        return {"from_on": timezone.localdate()}

    def act(self, form, seen):
        return record_volunteering(
            journey=self.journey, by=self.request.user, seen=seen, said=form.cleaned_data
        )


class VolunteeringEndPage(FrameActPage):
    form_class = DayForm
    title = _("Noter la fin du bénévolat")
    done = _("La fin du bénévolat est notée.")

    def find(self, request, pk, volunteering):
        journey = super().find(request, pk)
        self.row = get_object_or_404(journey.volunteerings, pk=volunteering)
        self.row.journey = journey
        return journey

    def form_options(self):
        return super().form_options() | {"label": _now("Dernier jour")}

    @property
    def lead(self):
        return self.row.host_name

    def initial(self):
        return {"on": timezone.localdate()}

    def act(self, form, seen):
        return end_volunteering(
            volunteering=self.row, by=self.request.user, seen=seen, **form.cleaned_data
        )
