"""What somebody lived, on the team's side: reading it, holding the pen, talking of it."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.documents.cleaning import JPEG
from journeys.documents.handing import asks_for_the_start, played, shown
from journeys.documents.sounds import MP3
from journeys.experiences import forms
from journeys.experiences.actions.discussing import discuss
from journeys.experiences.actions.living import add_elsewhere, change_elsewhere
from journeys.experiences.actions.telling import pen_readers, tell_reflection
from journeys.experiences.filters import LivedFilters
from journeys.experiences.models import Experience, Reflection
from journeys.experiences.reading import following_steps, lived_of, skills_of
from journeys.pathway.file import file_context
from journeys.pathway.pages import ActPage, journey_for
from territories.journal.actions import record
from territories.journal.enums import Act

HEARS = csp_update({"media-src": [SELF, "blob:"]})


@HEARS
def experiences(request, pk):
    """All that was lived, with what this reader may read of it; it prints."""
    journey = journey_for(request, pk, "participants.list")
    lived = lived_of(journey, request.user)
    filters = LivedFilters(
        request.GET, Experience.objects.visible_to(request.user), request=request
    )
    context = file_context(request, journey, "experiences")
    context |= {
        "lived": filters.kept(lived),
        "in_all": len(lived),
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": request.path,
        "skills": skills_of(lived),
        "can_write": request.user.may("experiences.write", journey.territory_id),
        "steps": following_steps(request.user, journey),
    }
    return render(request, "journeys/experiences/experiences.html", context)


class OfExperiences(ActPage):
    """An act that comes from, and goes back to, the page of experiences."""

    permission = "experiences.write"

    def next_url(self):
        return reverse("journey_experiences", args=[self.journey.pk])


class ElsewhereAddPage(OfExperiences):
    form_class = forms.ElsewhereOfPersonForm
    title = gettext_lazy("Ajouter ce que la personne a fait ailleurs")
    lead = gettext_lazy("Un travail, du bénévolat, un coup de main : tout ce qui compte pour elle.")
    submit = gettext_lazy("Ajouter cette expérience")
    done = gettext_lazy("L’expérience est notée.")

    def act(self, form, seen):
        return add_elsewhere(
            journey=self.journey, by=self.request.user, seen=seen, **form.cleaned_data
        )

    def after(self, row):
        url = reverse("reflection_write", args=[self.journey.pk, row.pk])
        return {"next_url": url, "next_word": _("Écrire ce qu’en dit la personne")}


class OfOneExperience(OfExperiences):
    def find(self, request, pk, experience):
        journey = super().find(request, pk)
        rows = Experience.objects.visible_to(request.user).filter(journey=journey)
        self.experience = get_object_or_404(self.narrowed(rows), pk=experience)
        self.experience.journey = journey
        return journey

    def narrowed(self, rows):
        return rows


class ElsewhereChangePage(OfOneExperience):
    form_class = forms.ElsewhereOfPersonForm
    title = gettext_lazy("Corriger cette expérience")
    submit = gettext_lazy("Enregistrer la correction")
    done = gettext_lazy("L’expérience est corrigée.")

    def narrowed(self, rows):
        return rows.filter(is_elsewhere=True)

    def initial(self):
        return forms.elsewhere_initial(self.experience)

    def act(self, form, seen):
        change_elsewhere(
            experience=self.experience, by=self.request.user, seen=seen, **form.cleaned_data
        )


@method_decorator(HEARS, name="dispatch")
class PenPage(OfOneExperience):
    """The person says, a colleague writes: said so on the page, and kept."""

    template_name = "journeys/experiences/write.html"
    form_class = forms.PenForm
    submit = gettext_lazy("Garder ce récit")
    done = gettext_lazy("Le récit est gardé.")

    @property
    def title(self):
        return self.experience.title

    @property
    def lead(self):
        words = {"writer": self.request.user.first_name, "name": self.journey.participant.nickname}
        return _("Écrit par %(writer)s, avec %(name)s. Avec ses mots, relus ensemble.") % words

    def find(self, request, pk, experience):
        journey = super().find(request, pk, experience)
        self.readers = pen_readers(request.user, journey)
        return journey

    def form_options(self):
        return {"readers": self.readers}

    def act(self, form, seen):
        return tell_reflection(
            experience=self.experience,
            by=self.request.user,
            said=form.said(),
            reader=form.cleaned_data["reader"],
            client_uuid=form.cleaned_data["client_uuid"],
            seen=seen,
        )

    def after(self, row):
        url = reverse("reflection_discuss", args=[self.journey.pk, row.pk])
        return {"next_url": url, "next_word": _("En parler maintenant")}


@method_decorator(HEARS, name="dispatch")
class DiscussPage(OfExperiences):
    template_name = "journeys/experiences/discuss.html"
    form_class = forms.DiscussForm
    submit = gettext_lazy("Nous en avons parlé")
    done = gettext_lazy("C’est noté : vous en avez parlé ensemble.")

    def find(self, request, pk, reflection):
        journey = super().find(request, pk)
        rows = Reflection.objects.visible_to(request.user).filter(journey=journey)
        rows = rows.select_related("experience", "written_by", "discussed_with")
        self.reflection = get_object_or_404(rows, pk=reflection)
        return journey

    @property
    def title(self):
        return _("Parler de : %(title)s") % {"title": self.reflection.experience.title}

    def act(self, form, seen):
        return discuss(
            reflection=self.reflection, by=self.request.user, seen=seen, **form.cleaned_data
        )

    def after(self, row):
        steps = following_steps(self.request.user, self.journey)
        return {"next_url": steps[0].url, "next_word": steps[0].label} if steps else {}

    def extra(self):
        return {"told": self.reflection}


def voice(request, pk, reflection):
    found = _heard(request, pk, reflection, "voice")
    if asks_for_the_start(request):
        _note(request, found)
    return played(request, found.voice, MP3)


def photo(request, pk, reflection):
    found = _heard(request, pk, reflection, "photo")
    _note(request, found)
    return shown(found.photo, JPEG)


def _heard(request, pk: int, reflection: int, column: str) -> Reflection:
    rows = Reflection.objects.visible_to(request.user).exclude(**{column: ""})
    return get_object_or_404(rows, journey=pk, pk=reflection)


def _note(request, found: Reflection) -> None:
    record(
        Act.REFLECTION_OPENED,
        by=request.user,
        territory_id=found.territory_id,
        participant_id=found.journey.participant_id,
        about=found,
    )
