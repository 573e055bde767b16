"""Transfers between territories, and the question « known elsewhere? »."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.pathway.models import Journey
from journeys.pathway.pages import ActPage
from journeys.transfers import actions
from journeys.transfers.elsewhere import A_DAY, asked_today, search_elsewhere
from journeys.transfers.forms import AcceptForm, ProposeForm, RefuseForm, SearchForm
from journeys.transfers.models import Transfer
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.kept import bound, typed
from rtr.lib.refusals import words_of
from rtr.lib.told import tell
from territories.accounts.doors import require
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

LATELY = 20


class ProposePage(ActPage):
    permission = "transfers.propose"
    form_class = ProposeForm
    template_name = "journeys/transfers/propose.html"
    title = _("Proposer un transfert")
    submit = _("Proposer le transfert")
    done = _("La proposition est partie. Rien ne bouge avant la réponse de l’autre coordination.")

    def form_options(self):
        name = {"name": self.journey.participant.nickname}
        return {
            "destinations": actions.destinations(self.journey),
            "label": _now("%(name)s est d’accord pour changer de territoire") % name,
            "initial": {"agreed_on": timezone.localdate()},
        }

    def act(self, form, seen):
        data = form.cleaned_data
        return actions.propose(
            journey=self.journey,
            by=self.request.user,
            seen=seen,
            to=data["to"],
            reason=data["reason"],
            agreed_on=data["agreed_on"],
        )

    def after(self, row):
        return {"undo_url": reverse("transfer_withdraw", args=[row.pk]), "undo": _("Retirer")}

    def extra(self):
        return {"refusal": actions.in_the_way(self.journey)}


def transfers(request):
    """Those that wait for an answer here, those proposed from here, then the answers."""
    here = Transfer.objects.visible_to(request.user).select_related(
        "from_territory", "to_territory", "proposed_by", "answered_by"
    )
    places = request.place_ids
    context = {
        "waiting": here.open().filter(to_territory__in=places).order_by("proposed_on", "pk"),
        "proposed": here.open().filter(from_territory__in=places),
        "answered": [
            transfer
            for transfer in here.exclude(answer="").order_by("-answered_on", "-pk")[: LATELY * 2]
            if {transfer.from_territory_id, transfer.to_territory_id} & places
        ][:LATELY],
    }
    return render(request, "journeys/transfers/transfers.html", context)


def transfer_answer(request, pk):
    """Accept, and say who will follow the person; or refuse, in a word."""
    found = Transfer.objects.visible_to(request.user)
    found = found.select_related("from_territory", "to_territory", "proposed_by")
    transfer = get_object_or_404(found, pk=pk)
    require(request.user, "transfers.answer", transfer.to_territory_id)
    words = request.POST if request.method == "POST" else typed(request)
    refuses = words is not None and words.get("answer") == "refused"
    members = actions.possible_members(transfer.to_territory_id)
    accept = AcceptForm(None if refuses else words, members=members)
    refuse = RefuseForm(words if refuses else None)
    if request.method == "POST" and not transfer.answer:
        answer = _refused if refuses else _accepted
        if (url := answer(request, transfer, refuse if refuses else accept)) is not None:
            return redirect(url)
    context = {"transfer": transfer, "accept": accept, "refuse": refuse}
    context["expires_on"] = transfer.proposed_on + datetime.timedelta(days=actions.ANSWER_DAYS)
    status = 422 if request.method == "POST" else 200
    return render(request, "journeys/transfers/answer.html", context, status=status)


def _accepted(request, transfer: Transfer, form: AcceptForm) -> str | None:
    if not form.is_valid():
        return None
    referent = form.cleaned_data["referent"]
    try:
        actions.accept(transfer=transfer, by=request.user, referent=referent)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    except IntegrityError as error:
        form.add_error(None, words_of(error))
        return None
    name = {"name": transfer.nickname, "place": transfer.to_territory}
    tell(request, _now("%(name)s est maintenant dans vos participants, %(place)s.") % name)
    journeys = Journey.objects.visible_to(request.user)
    return reverse("journey", args=[journeys.get(participant=transfer.participant_id).pk])


def _refused(request, transfer: Transfer, form: RefuseForm) -> str | None:
    if not form.is_valid():
        return None
    try:
        actions.refuse(transfer=transfer, by=request.user, word=form.cleaned_data["word"])
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    place = {"place": transfer.from_territory}
    tell(request, _now("C’est refusé : %(place)s lit votre mot. Rien n’a bougé.") % place)
    return reverse("transfers")


@post_only
def transfer_withdraw(request, pk):
    transfer = get_object_or_404(Transfer.objects.visible_to(request.user), pk=pk)
    require(request.user, "transfers.propose", transfer.from_territory_id)
    try:
        actions.withdraw(transfer=transfer, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        name = {"of_name": french.elide("de", transfer.nickname)}
        tell(request, _now("La proposition de transfert %(of_name)s est retirée.") % name)
    return redirect("transfers")


def elsewhere(request):
    """The question, its answer on the same page, and how many were asked."""
    form = bound(SearchForm, request)
    places = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            places = search_elsewhere(by=request.user, reason=reason, **form.words)
        except ValidationError as error:
            form.add_error(None, error.messages)
    asked = asked_today(request.user)
    context = {
        "form": form,
        "is_answered": places is not None,
        "places": places,
        "asked": asked,
        "most": A_DAY,
        "journal": _asked_lately(request.user),
    }
    status = 422 if request.method == "POST" and places is None else 200
    return render(request, "journeys/transfers/elsewhere.html", context, status=status)


def _asked_lately(user):
    """How many questions each colleague of one's territories asked within the month."""
    since = timezone.now() - datetime.timedelta(days=30)
    lines = JournalEntry.objects.visible_to(user).filter(
        act=Act.SEARCHED_ELSEWHERE, at__gt=since, participant_id__isnull=True
    )
    rows = lines.order_by().values("actor__first_name", "actor__last_name")
    return rows.annotate(times=Count("pk"), last=Max("at")).order_by("-last")
