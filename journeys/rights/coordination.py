"""The team answers what a person asked about their own file."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.pathway.pages import ActPage
from journeys.rights.actions import asking
from journeys.rights.enums import Asked, What
from journeys.rights.forms import AnswerForm
from journeys.rights.models import DataRequest
from rtr.lib import french
from territories.accounts.doors import require


class AnswerPage(ActPage):
    permission = "rights.answer"
    form_class = AnswerForm
    template_name = "journeys/rights/answer.html"
    submit = gettext_lazy("Répondre")
    done = gettext_lazy("La réponse est donnée, la personne la lit dans son espace.")

    def find(self, request, pk, asked):
        journey = super().find(request, pk)
        rows = DataRequest.objects.visible_to(request.user).filter(journey=journey)
        self.asked = get_object_or_404(rows, pk=asked)
        if self.asked.kind == Asked.ERASE:
            require(request.user, "rights.erase", journey.territory_id)
        if not self.asked.is_waiting:
            raise PermissionDenied
        return journey

    @property
    def title(self):
        words = {
            Asked.CORRECT: _("%(name)s demande une correction"),
            Asked.PAUSE: _("%(name)s voudrait faire une pause"),
            Asked.STOP: _("%(name)s voudrait arrêter"),
            Asked.ERASE: _("%(name)s demande l’effacement de son dossier"),
        }
        return words[Asked(self.asked.kind)] % {"name": self.journey.participant.nickname}

    @property
    def lead(self):
        day = french.day_in_full(self.asked.due_on)
        return _("La loi donne un mois : répondez avant le %(day)s.") % {"day": day}

    def extra(self):
        about = What(self.asked.subject).label if self.asked.subject else ""
        return {"asked": self.asked, "about": about, "erases": self.asked.kind == Asked.ERASE}

    def act(self, form, seen):
        return asking.answer(
            request=self.asked,
            by=self.request.user,
            seen=seen,
            is_done=form.cleaned_data["is_done"] == "yes",
            words=form.cleaned_data["answer"],
        )
