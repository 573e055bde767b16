"""Requests for badges: those to answer, one of them, the three answers."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from journeys.pathway.models import Journey
from journeys.pathway.pages import ActPage
from journeys.recognition import forms
from journeys.recognition.actions import answering
from journeys.recognition.enums import State
from journeys.recognition.filters import RequestFilters
from journeys.recognition.issuing import choice_for
from journeys.recognition.models import Recognition
from journeys.recognition.reading import RELATED, Asked, in_order, told_of
from territories.accounts.doors import require

PAGE = 50


def requests(request):
    """Those this reader may answer: first those that wait."""
    data = request.GET.copy()
    if not data:
        data["state"] = State.ASKED
    rows = Recognition.objects.answered_by(request.user).filter(territory__in=request.place_ids)
    filters = RequestFilters(data, rows, request=request)
    number = request.GET.get("page", "")
    start = (int(number) - 1) * PAGE if number.isdecimal() and 0 < int(number) < 1000 else 0
    found = list(in_order(filters.qs)[start : start + PAGE + 1])
    context = {
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": request.path + "?state=",
        "asked": [Asked(row) for row in found[:PAGE]],
        "is_first": not request.GET,
        "next_url": f"{filters.url_without()}&page={start // PAGE + 2}" if found[PAGE:] else "",
        "previous_url": filters.url_without() if start else "",
    }
    return render(request, "journeys/recognition/requests.html", context)


class AnswerPage(ActPage):
    """The file itself stays closed to who may not open it: a nickname, and what is asked."""

    template_name = "journeys/recognition/request.html"
    waits = True

    def find(self, request, pk):
        rows = Recognition.objects.visible_to(request.user).select_related(*RELATED)
        self.row = get_object_or_404(rows, pk=pk)
        require(request.user, "badges.answer", self.row.territory_id)
        related = ("participant", "territory")
        return Journey.objects.select_related(*related).get(pk=self.row.journey_id)

    def get(self, request, *args, **kwargs):
        if self.waits and not self.row.is_waiting:
            return redirect("recognition", self.row.pk)
        return super().get(request, *args, **kwargs)

    def next_url(self):
        return reverse("recognitions")

    def extra(self):
        opened = Journey.objects.visible_to(self.request.user).filter(pk=self.journey.pk)
        return {
            "one": Asked(self.row),
            "told": told_of(self.row, self.request.user),
            "has_told": answering.has_reason(self.row),
            "opens": opened.exists(),
        }

    @property
    def answer(self) -> dict:
        return {"recognition": self.row, "by": self.request.user, "seen": None}


class RequestPage(AnswerPage):
    """What is asked, what was told of it, and the badge to give."""

    form_class = forms.AcceptForm
    submit = gettext_lazy("Décerner ce badge")
    done = gettext_lazy("Le badge est décerné. La personne le trouve sur ses pages.")
    waits = False

    @property
    def title(self):
        return self.row.title

    def form_options(self):
        programme = self.journey.territory.programme_id
        reasoned = self.row.reason or answering.has_reason(self.row)
        return {
            "badges": choice_for(self.request.user, programme),
            "needs_reason": not reasoned,
            "initial": {"achievement": self.row.achievement_id, "reason": self.row.reason},
        }

    def act(self, form, seen):
        return answering.accept(**self.answer, **form.cleaned_data)


class MorePage(AnswerPage):
    template_name = "journeys/recognition/answer.html"
    form_class = forms.MoreForm
    title = gettext_lazy("Demander à compléter")
    lead = gettext_lazy("La demande reste ouverte : la personne ajoute quelques mots.")
    submit = gettext_lazy("Demander à compléter")
    done = gettext_lazy("C’est demandé. La personne le lit sur ses pages.")

    def act(self, form, seen):
        return answering.ask_more(**self.answer, **form.cleaned_data)


class DeclinePage(AnswerPage):
    template_name = "journeys/recognition/answer.html"
    form_class = forms.DeclineForm
    title = gettext_lazy("Pas cette fois")
    lead = gettext_lazy("La personne peut redemander ce badge. Elle lit vos mots.")
    submit = gettext_lazy("Répondre « pas cette fois »")
    done = gettext_lazy("La réponse est notée. La personne la lit sur ses pages.")

    def act(self, form, seen):
        return answering.decline(**self.answer, **form.cleaned_data)
