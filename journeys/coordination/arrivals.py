"""Somebody arrives: a nickname, a code, a card; or an orientation that is answered."""

import datetime
import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from journeys.duplicates.reading import lookalikes
from journeys.participants.actions import answer_referral
from journeys.participants.coordination import territories_for
from journeys.participants.enums import ReferralAnswer
from journeys.participants.forms import AcceptForm, DeclineForm, WelcomeForm
from journeys.participants.models import Participant, Referral
from journeys.pathway.actions import arrivals
from journeys.pathway.models import Journey
from rtr.lib import qr
from rtr.lib.http import post_only
from rtr.lib.kept import bound, typed
from rtr.lib.refusals import words_of
from rtr.lib.told import tell
from territories.accounts.doors import require

LATELY = datetime.timedelta(days=14)
FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)+")


def welcome(request):
    """Three fields; the kind of meeting and the territory of the last welcome are proposed."""
    form = bound(
        WelcomeForm,
        request,
        territories=territories_for(request, "participants.welcome"),
        territory=request.session.get("welcome_territory"),
        initial={"channel": request.session.get("welcome_channel", "presence")},
    )
    if request.htmx:
        return render(request, "journeys/coordination/_hints.html", _hints(request))
    if request.method == "POST" and form.is_valid() and (journey := _welcomed(request, form)):
        request.session["welcome_channel"] = journey.participant.channel
        request.session["welcome_territory"] = journey.territory_id
        _tell_welcomed(request, journey)
        return redirect("card", journey.participant_id)
    status = 422 if form.is_bound and request.method == "POST" else 200
    return render(request, "journeys/coordination/welcome.html", {"form": form}, status=status)


def _welcomed(request, form: WelcomeForm) -> Journey | None:
    territory = form.chosen_territory
    fields = {name: form.cleaned_data[name] for name in ("nickname", "channel", "contact")}
    organisation = request.user.organisation_where("participants.welcome", territory.pk)
    try:
        return arrivals.welcome(
            by=request.user, territory=territory, organisation=organisation, **fields
        )
    except IntegrityError as error:
        form.add_error(None, words_of(error))
        return None


def _tell_welcomed(request, journey: Journey) -> None:
    """A file that may be the same person's is not named here: the person reads this page too."""
    near = lookalikes(request.user, journey.participant)
    tell(
        request,
        _("%(name)s est dans vos participants.") % {"name": journey.participant.nickname},
        undo_url=reverse("welcome_undo", args=[journey.participant_id]),
        undo=_("Annuler cet accueil"),
        next_url=reverse("contract", args=[journey.pk]) if near else "",
        next_word=_("Un point à regarder") if near else "",
    )


def _hints(request) -> dict:
    """What the nickname brings to mind: the same one lately, or a whole name."""
    nickname = request.GET.get("nickname", "").strip()
    return {"same": _same_lately(request, nickname), "full_name": _is_full_name(nickname)}


def _same_lately(request, nickname: str, but: int = 0) -> Participant | None:
    if not nickname:
        return None
    lately = Participant.objects.visible_to(request.user).nicknamed(nickname)
    lately = lately.filter(welcomed_on__gte=timezone.localdate() - LATELY).exclude(pk=but)
    return lately.order_by("-pk").first()


def _is_full_name(nickname: str) -> bool:
    return bool(FULL_NAME.fullmatch(nickname))


def card(request, pk):
    """The code, in big, as a card to print; it says nothing but the code and the nickname."""
    participant = get_object_or_404(Participant.objects.visible_to(request.user), pk=pk)
    is_new = participant.welcomed_on == timezone.localdate()
    journeys = Journey.objects.visible_to(request.user).filter(participant=participant)
    context = {
        "participant": participant,
        "is_new": is_new,
        "journey": journeys.first(),
        "qr": qr.svg(participant.code, _("Le code %(code)s") % {"code": participant.code}),
        "same": _same_lately(request, participant.nickname, but=pk) if is_new else None,
        "full_name": is_new and _is_full_name(participant.nickname),
    }
    return render(request, "journeys/coordination/card.html", context)


@post_only
def welcome_undo(request, pk):
    journeys = Journey.objects.visible_to(request.user).select_related("participant")
    journey = get_object_or_404(journeys, participant=pk)
    try:
        arrivals.take_back_welcome(journey=journey, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
        return redirect("card", pk)
    tell(request, _("Cet accueil est annulé. Le code ne sera donné à personne d’autre."))
    return redirect("welcome")


@post_only
def call_back(request, pk):
    """« Rappelée »: the request goes from the day's work, and may come back."""
    journey = _journey_to_call(request, pk)
    asked_on = journey.participant.call_back_asked_on or timezone.localdate()
    arrivals.call_back_done(journey=journey, by=request.user)
    undo_url = reverse("call_back_undo", args=[pk])
    tell(
        request,
        _("C’est noté : vous avez rappelé %(name)s.") % {"name": journey.participant.nickname},
        undo_url=f"{undo_url}?depuis={asked_on.isoformat()}",
    )
    return redirect("today")


@post_only
def call_back_undo(request, pk):
    journey = _journey_to_call(request, pk)
    asked_on = parse_date(request.GET.get("depuis", "")) or timezone.localdate()
    arrivals.call_back_still_due(journey=journey, by=request.user, asked_on=asked_on)
    text = _("%(name)s attend toujours votre appel.") % {"name": journey.participant.nickname}
    tell(request, text)
    return redirect("today")


def _journey_to_call(request, pk) -> Journey:
    journeys = Journey.objects.visible_to(request.user).select_related("participant")
    journey = get_object_or_404(journeys, participant=pk)
    require(request.user, "journeys.act", journey.territory_id)
    return journey


def referral_answer(request, pk):
    """Accept, and the person is welcomed under their first name; or decline, with a reason."""
    referrals = Referral.objects.visible_to(request.user).select_related("territory__programme")
    referral = get_object_or_404(referrals, pk=pk)
    require(request.user, "referrals.answer", referral.territory_id)
    words = request.POST if request.method == "POST" else typed(request)
    declines = words is not None and words.get("answer") == "declined"
    accept = AcceptForm(None if declines else words, initial={"nickname": referral.first_name})
    decline = DeclineForm(words if declines else None)
    if request.method == "POST":
        answer = _declined if declines else _accepted
        if (url := answer(request, referral, decline if declines else accept)) is not None:
            return redirect(url)
    context = {"referral": referral, "accept": accept, "decline": decline}
    context["same"] = _same_contact(request, referral)
    status = 422 if request.method == "POST" else 200
    return render(request, "journeys/coordination/referral.html", context, status=status)


def _same_contact(request, referral: Referral):
    """Others of the same person, sent by somebody else or before; none once it is erased."""
    here = Referral.objects.visible_to(request.user).filter(territory=referral.territory_id)
    return here.filter(contact=referral.contact).exclude(Q(contact="") | Q(pk=referral.pk))


def _accepted(request, referral: Referral, form: AcceptForm) -> str | None:
    if not form.is_valid():
        return None
    organisation = request.user.organisation_where("participants.welcome", referral.territory_id)
    try:
        journey = arrivals.welcome(
            by=request.user,
            territory=referral.territory,
            organisation=organisation,
            nickname=form.cleaned_data["nickname"],
            channel=referral.channel,
            contact=referral.contact,
            referral=referral,
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    tell(request, _said(referral, _("L’orientation est acceptée.")))
    return reverse("card", args=[journey.participant_id])


def _declined(request, referral: Referral, form: DeclineForm) -> str | None:
    if not form.is_valid():
        return None
    try:
        answer_referral(
            referral=referral,
            by=request.user,
            answer=ReferralAnswer.DECLINED,
            reason=form.cleaned_data["decline_reason"],
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    tell(request, _said(referral, _("L’orientation est déclinée.")))
    return reverse("referrals")


def _said(referral: Referral, outcome: str) -> str:
    if not referral.prescriber_email:
        told = _("Le prescripteur n’a pas laissé d’adresse : dites-lui la réponse.")
    else:
        told = _("Le prescripteur reçoit un courriel qui dit la réponse, et rien d’autre.")
    return f"{outcome} {told}"
