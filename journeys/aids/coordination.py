"""The team's pages of aids: those of a journey, the answer to one, and all of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.aids import actions, totals
from journeys.aids.filters import AidFilters
from journeys.aids.forms import AskForm, DecideForm, SendForm
from journeys.aids.models import AidRequest
from journeys.aids.saying import Shown
from journeys.pathway.file import file_context
from journeys.pathway.pages import ActPage, journey_for
from rtr.lib.http import post_only
from rtr.lib.told import tell

PAGE = 50


def journey_aids(request, pk):
    """What was asked for, what it became, and how much that makes."""
    journey = journey_for(request, pk, "aids.request")
    rows = journey.aids.select_related("decided_by", "given_by", "asked_by")
    context = file_context(request, journey, "aids")
    context |= {
        "aids": [Shown(row) for row in rows],
        "total": totals.of(journey.aids.all()),
        "may_decide": request.user.may("aids.decide", journey.territory_id),
    }
    return render(request, "journeys/aids/journey.html", context)


def aids(request):
    """Those of the territories, with their filters, per month and per person."""
    rows = AidRequest.objects.visible_to(request.user).filter(territory__in=_places(request))
    filters = AidFilters(request.GET, rows, request=request)
    number = request.GET.get("page", "")
    start = (int(number) - 1) * PAGE if number.isdigit() and 0 < int(number) < 1000 else 0
    found = list(filters.qs.select_related("journey__participant")[start : start + PAGE + 1])
    context = {
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": request.path,
        "beside": [],
        "aids": [Shown(row) for row in found[:PAGE]],
        "total": totals.of(filters.qs),
        "months": totals.by_month(filters.qs),
        "people": totals.by_person(filters.qs),
        "export_url": _export_url(request),
        "next_url": f"{filters.url_without()}&page={start // PAGE + 2}" if found[PAGE:] else "",
        "previous_url": filters.url_without() if start else "",
    }
    return render(request, "journeys/aids/aids.html", context)


def _places(request) -> set[int]:
    return request.place_ids & request.user.territories_where("aids.decide")


def _export_url(request) -> str:
    if not request.user.may("participants.export"):
        return ""
    query = request.GET.urlencode()
    return reverse("aids_csv") + (f"?{query}" if query else "")


# -- Acts ------------------------------------------------------------------------------------------


class AidPage(ActPage):
    permission = "aids.request"

    def find(self, request, pk, aid=None):
        journey = super().find(request, pk)
        self.aid = _row(request, journey, aid) if aid is not None else None
        return journey

    def next_url(self):
        return reverse("journey_aids", args=[self.journey.pk])

    def after(self, row):
        return _undo_of(row)


class RequestPage(AidPage):
    form_class = AskForm
    title = gettext_lazy("Demander une aide")
    lead = gettext_lazy("Sans numéro de compte : qui paie le demande à la personne.")
    submit = gettext_lazy("Demander cette aide")
    done = gettext_lazy("L’aide est demandée.")

    def form_options(self):
        return {"journey": self.journey}

    def act(self, form, seen):
        return actions.request(
            journey=self.journey, by=self.request.user, seen=seen, **form.asked()
        )


class SendPage(AidPage):
    form_class = SendForm
    title = gettext_lazy("Envoyer la demande à qui paie")
    lead = gettext_lazy("Notez à qui la demande est partie, et quand.")
    submit = gettext_lazy("Noter l’envoi")
    done = gettext_lazy("L’envoi est noté.")

    def initial(self):
        return {"on": timezone.localdate(), "payer": self.aid.payer}

    def act(self, form, seen):
        return actions.send(aid=self.aid, by=self.request.user, seen=seen, **form.cleaned_data)


class DecidePage(AidPage):
    permission = "aids.decide"
    form_class = DecideForm
    title = gettext_lazy("Répondre à une demande d’aide")
    submit = gettext_lazy("Enregistrer la réponse")
    done = gettext_lazy("La réponse est enregistrée.")

    @property
    def lead(self):
        one = Shown(self.aid)
        words = {"what": one.what, "why": self.aid.purpose, "amount": one.amount}
        if one.amount:
            return _("%(what)s : %(why)s, %(amount)s demandés.") % words
        return _("%(what)s : %(why)s.") % words

    def initial(self):
        aid = self.aid
        return {"on": timezone.localdate(), "amount": aid.amount_asked, "payer": aid.payer}

    def act(self, form, seen):
        data = form.cleaned_data
        answer = {"aid": self.aid, "by": self.request.user, "seen": seen, "on": data["on"]}
        if data["answer"] == "no":
            return actions.refuse(**answer, reason=data["reason"])
        return actions.grant(**answer, amount=data["amount"], payer=data["payer"])


@post_only
def aid_give(request, pk, aid):
    return _done(request, pk, aid, actions.give, _("C’est noté : l’aide est remise."))


@post_only
def aid_cancel(request, pk, aid):
    return _done(request, pk, aid, actions.cancel, _("La demande est annulée."))


@post_only
def aid_undo(request, pk, aid):
    row = _row(request, journey_for(request, pk, "aids.request"), aid)
    try:
        actions.undo(aid=row, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("C’est annulé."))
    return redirect("journey_aids", pk)


def _done(request, pk: int, aid: int, action, text: str):
    row = _row(request, journey_for(request, pk, "aids.request"), aid)
    try:
        row = action(aid=row, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, text, **_undo_of(row))
    return redirect("journey_aids", pk)


def _row(request, journey, aid: int) -> AidRequest:
    rows = AidRequest.objects.visible_to(request.user).filter(journey=journey)
    return get_object_or_404(rows.select_related("journey__participant"), pk=aid)


def _undo_of(row: AidRequest) -> dict:
    if row.sent_on and not row.was:
        return {}
    return {"undo_url": reverse("aid_undo", args=[row.journey_id, row.pk])}
