"""« Proposer un badge »: a house asks, the steward answers."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.achievements import actions
from badges.achievements.coordination.doors import READ, STEWARD, CatalogueAct, programme_for
from badges.achievements.coordination.doors import is_steward as is_steward_of
from badges.achievements.forms import AnswerForm, ProposalForm
from badges.achievements.models import Proposal
from territories.organisations.models import Organisation


def proposals(request):
    rows = Proposal.objects.visible_to(request.user)
    rows = rows.select_related("organisation", "achievement", "asked_by")
    context = {
        "open": list(rows.open().order_by("asked_at")),
        "answered": list(rows.exclude(answered_at=None).order_by("-answered_at")[:50]),
        "stewarded": request.user.programmes_where(STEWARD),
    }
    return render(request, "badges/achievements/proposals.html", context)


class Propose(CatalogueAct):
    form_class = ProposalForm
    title = gettext_lazy("Proposer un badge")
    lead = gettext_lazy("Le référent badges l’étudie, puis vous répond ici.")
    submit = gettext_lazy("Envoyer la proposition")
    done = gettext_lazy("La proposition est envoyée.")

    def find(self):
        self.programme = programme_for(self.request, READ)

    def back(self):
        return reverse("proposals"), _("Propositions")

    def form_options(self):
        ids = {r.organisation_id for r in self.request.user.roles if self._counts(r)}
        houses = Organisation.objects.visible_to(self.request.user).filter(pk__in=ids)
        return {"houses": houses.order_by("name")}

    def _counts(self, role) -> bool:
        return role.programme_id == self.programme.pk

    def act(self, form):
        actions.propose(programme=self.programme, by=self.request.user, **form.cleaned_data)


class Answer(CatalogueAct):
    """Its words for whoever asked, its answer by the steward."""

    template_name = "badges/achievements/proposal.html"
    form_class = AnswerForm
    submit = gettext_lazy("Répondre")
    done = gettext_lazy("La réponse est enregistrée.")

    def find(self, pk):
        rows = Proposal.objects.visible_to(self.request.user)
        rows = rows.select_related("organisation", "achievement", "asked_by", "programme")
        self.proposal = get_object_or_404(rows, pk=pk)
        self.title = self.proposal.name
        self.may_answer = is_steward_of(self.request.user, self.proposal.programme_id)

    def back(self):
        return reverse("proposals"), _("Propositions")

    def post(self, request, **kwargs):
        if not self.may_answer:
            raise PermissionDenied
        return super().post(request, **kwargs)

    def extra(self):
        return {"proposal": self.proposal, "may_answer": self.may_answer}

    def act(self, form):
        said = {"proposal": self.proposal, "by": self.request.user}
        said["answer"] = form.cleaned_data["answer"]
        self.badge = None
        if form.cleaned_data["decision"] == AnswerForm.YES:
            self.badge = actions.accept(**said)
        else:
            actions.decline(**said)

    def next_url(self):
        if self.badge:
            return reverse("achievement", args=[self.badge.pk])
        return super().next_url()
