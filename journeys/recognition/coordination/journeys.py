"""Badges of somebody's file: those held, those asked for; proposing one, taking one back."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.credentials.models import Credential
from journeys.experiences.models import Experience
from journeys.pathway.file import file_context
from journeys.pathway.models import Journey
from journeys.pathway.pages import ActPage, journey_for
from journeys.recognition import forms
from journeys.recognition.actions.asking import propose
from journeys.recognition.actions.taking_back import take_back
from journeys.recognition.issuing import choice_for
from journeys.recognition.reading import held_of, waiting_of
from territories.accounts.doors import require


def badges(request, pk):
    journey = journey_for(request, pk, "participants.list")
    may = request.user.may
    context = file_context(request, journey, "badges") | {
        "held": held_of(journey),
        "asked": waiting_of(journey, request.user),
        "may_propose": may("experiences.write", journey.territory_id),
        "may_answer": may("badges.answer", journey.territory_id),
        "may_revoke": may("badges.revoke", journey.territory_id),
        "may_support": may("endorsements.ask", journey.territory_id),
    }
    return render(request, "journeys/recognition/journey.html", context)


class OfBadges(ActPage):
    def next_url(self):
        return reverse("journey_badges", args=[self.journey.pk])


class ProposePage(OfBadges):
    permission = "experiences.write"
    form_class = forms.ProposeForm
    title = gettext_lazy("Proposer un badge")
    lead = gettext_lazy("La structure qui reconnaît répond. La personne voit la proposition.")
    submit = gettext_lazy("Proposer ce badge")
    done = gettext_lazy("Le badge est proposé.")

    def form_options(self):
        programme = self.journey.territory.programme_id
        lived = Experience.objects.visible_to(self.request.user).filter(journey=self.journey)
        return {
            "badges": choice_for(self.request.user, programme),
            "lived": lived,
            "initial": {"experience": self.request.GET.get("experience", "")},
        }

    def act(self, form, seen):
        return propose(journey=self.journey, by=self.request.user, seen=seen, **form.cleaned_data)

    def after(self, row):
        if not self.request.user.may("badges.answer", self.journey.territory_id):
            return {}
        url = reverse("recognition", args=[row.pk])
        return {"next_url": url, "next_word": _("Voir la demande")}


class RevokePage(ActPage):
    """Also for who looks after badges and may not open the file."""

    template_name = "journeys/recognition/revoke.html"
    form_class = forms.RevokeForm
    title = gettext_lazy("Annuler ce badge")
    submit = gettext_lazy("Annuler ce badge")
    done = gettext_lazy("Le badge est annulé. Qui le vérifie le voit dès maintenant.")
    danger = True

    def find(self, request, pk):
        held = Credential.objects.visible_to(request.user)
        self.badge = get_object_or_404(held.select_related("version__achievement"), pk=pk)
        require(request.user, "badges.revoke", self.badge.territory_id)
        whose = Journey.objects.select_related("participant")
        return get_object_or_404(whose, participant__holder__recipient=self.badge.recipient_id)

    def next_url(self):
        if Journey.objects.visible_to(self.request.user).filter(pk=self.journey.pk).exists():
            return reverse("journey_badges", args=[self.journey.pk])
        return reverse("recognitions")

    def act(self, form, seen):
        return take_back(
            credential=self.badge,
            journey=self.journey,
            by=self.request.user,
            seen=None,
            **form.cleaned_data,
        )

    def extra(self):
        return {
            "badge": self.badge,
            "effects": [
                _("Qui le vérifie lit qu’il est annulé, pour toujours."),
                _("Les liens qui le montrent disent qu’il ne vaut plus."),
                _("Un objectif qu’il avait atteint est de nouveau en cours."),
                _("La personne le voit sur ses pages."),
            ],
        }
