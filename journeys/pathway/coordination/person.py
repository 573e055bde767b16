"""What the person tells: what they bring, what complicates life, entry questions, notes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.participants.actions import end_support, note_support
from journeys.participants.models import OtherSupport
from journeys.pathway.actions import telling
from journeys.pathway.actions.acting import begin
from journeys.pathway.enums import Category
from journeys.pathway.file import file_context
from journeys.pathway.forms.path import DayForm
from journeys.pathway.forms.person import (
    BarriersForm,
    NoteForm,
    SituationForm,
    StrengthForm,
    SupportForm,
)
from journeys.pathway.models import Note
from journeys.pathway.pages import ActPage, journey_for
from journeys.pathway.reading import reading_of
from journeys.pathway.situation import situation_of
from rtr.lib import french
from rtr.lib.forms import Form


def situation(request, pk):
    journey = journey_for(request, pk, "participants.list")
    context = file_context(request, journey, "situation")
    reading = context["reading"]
    if not reading.answers:
        raise PermissionDenied
    context |= situation_of(journey, reading)
    notes = Note.objects.visible_to(request.user).filter(journey=journey)
    context["notes"] = notes.select_related("author")
    return render(request, "journeys/pathway/situation.html", context)


class StrengthAddPage(ActPage):
    template_name = "journeys/pathway/strengths.html"
    form_class = StrengthForm
    submit = gettext_lazy("Ajouter")
    done = gettext_lazy("C’est ajouté.")

    @property
    def title(self):
        name = self.journey.participant.nickname
        return _("Ce %(that_name)s apporte et souhaite") % {"that_name": french.elide("que", name)}

    def act(self, form, seen):
        return telling.add_strength(
            journey=self.journey, by=self.request.user, seen=seen, **form.cleaned_data
        )

    def after(self, row):
        url = reverse("strength_add", args=[self.journey.pk])
        return {"next_url": url, "next_word": _("Ajouter autre chose")}

    def extra(self):
        return {"strengths": self.journey.strengths.all()}


class StrengthRemovePage(ActPage):
    template_name = "journeys/pathway/confirm.html"
    form_class = Form
    submit = gettext_lazy("Retirer")
    done = gettext_lazy("C’est retiré.")

    def find(self, request, pk, strength):
        journey = super().find(request, pk)
        self.strength = get_object_or_404(journey.strengths, pk=strength)
        return journey

    @property
    def title(self):
        return _("Retirer « %(text)s » ?") % {"text": self.strength.text}

    @property
    def effects(self):
        return [_("Ces mots s’effacent. L’histoire garde seulement qu’il y a eu un changement.")]

    def act(self, form, seen):
        telling.remove_strength(strength=self.strength, by=self.request.user, seen=seen)


class OfSituation(ActPage):
    """An act that comes from, and goes back to, the page of the situation."""

    def find(self, request, pk, **kwargs):
        journey = super().find(request, pk, **kwargs)
        self.reading = reading_of(request.user, journey)
        if not self.reading.answers:
            raise PermissionDenied
        return journey

    def next_url(self):
        return reverse("journey_situation", args=[self.journey.pk])


class BarriersPage(OfSituation):
    form_class = BarriersForm
    template_name = "journeys/pathway/barriers.html"
    title = gettext_lazy("Ce qui complique la vie en ce moment")
    lead = gettext_lazy("Ce que la personne veut bien dire, aujourd’hui. Rien d’autre.")
    submit = gettext_lazy("Enregistrer")
    done = gettext_lazy("C’est enregistré, avec la date d’aujourd’hui.")

    def find(self, request, pk):
        journey = super().find(request, pk)
        if not self.reading.holds(Category.SITUATION):
            raise PermissionDenied
        return journey

    def form_options(self):
        now = self.journey.barriers.filter(ended_on=None)
        return {"held": dict(now.values_list("theme", "level"))}

    def act(self, form, seen):
        telling.set_barriers(
            journey=self.journey, by=self.request.user, seen=seen, levels=form.levels()
        )


class SituationPage(OfSituation):
    form_class = SituationForm
    title = gettext_lazy("Questions d’entrée")
    submit = gettext_lazy("Enregistrer les réponses")
    done = gettext_lazy("Les réponses sont enregistrées.")
    lead = gettext_lazy(
        "« Ne souhaite pas répondre » est une réponse. On peut s’arrêter et reprendre plus tard."
    )

    @property
    def held(self):
        return getattr(self.journey, "situation", None)

    def form_options(self):
        return {
            "initial": self.initial(),
            "reading": self.reading,
            "territory": self.journey.territory,
            "held": self.held,
        }

    def initial(self):
        if self.held is None:
            return {}
        return {field: getattr(self.held, field) for field in SituationForm.base_fields}

    def act(self, form, seen):
        return telling.answer_situation(
            journey=self.journey, by=self.request.user, seen=seen, answers=form.answers()
        )


class SupportAddPage(OfSituation):
    form_class = SupportForm
    title = gettext_lazy("Noter un autre accompagnement")
    lead = gettext_lazy("Le programme s’y ajoute, il ne le remplace pas.")
    submit = gettext_lazy("Noter cet accompagnement")
    done = gettext_lazy("L’accompagnement est noté.")

    @transaction.atomic
    def act(self, form, seen):
        journey = begin(self.journey, seen=seen)
        support = OtherSupport(participant=journey.participant, **form.cleaned_data)
        return note_support(by=self.request.user, support=support, version=journey.version)


class SupportEndPage(OfSituation):
    form_class = DayForm
    submit = gettext_lazy("Noter la fin")
    done = gettext_lazy("La fin est notée.")

    def find(self, request, pk, support):
        journey = super().find(request, pk)
        self.support = get_object_or_404(journey.participant.other_supports, pk=support)
        return journey

    @property
    def title(self):
        kind = self.support.get_kind_display()
        return _("Noter la fin : %(support)s") % {"support": kind}

    def form_options(self):
        return {"initial": {"on": timezone.localdate()}, "label": _("Jusqu’au")}

    @transaction.atomic
    def act(self, form, seen):
        journey = begin(self.journey, seen=seen)
        on = form.cleaned_data["on"]
        end_support(support=self.support, by=self.request.user, on=on, version=journey.version)


class NotePage(OfSituation):
    form_class = NoteForm
    title = gettext_lazy("Écrire une note")
    lead = gettext_lazy("Rien sur la santé, l’origine ou la justice. Effacée 6 mois après la fin.")
    submit = gettext_lazy("Enregistrer la note")
    done = gettext_lazy("La note est enregistrée.")

    def act(self, form, seen):
        return telling.write_note(
            journey=self.journey, by=self.request.user, seen=seen, **form.cleaned_data
        )
