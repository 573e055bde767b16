"""A prescriber's own pages: whom their structure sent, the answer and its day, never more."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.participants.actions import receive_from_outside
from journeys.participants.coordination import territories_for
from journeys.participants.enums import CameBy
from journeys.participants.forms import AccountReferralForm
from journeys.participants.models import Referral
from rtr.lib import french
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.accounts.models import User

SEND = "referrals.send"
SHOWN = 100


def my_referrals(request):
    sent = _sent(request.user).filter(territory__in=request.place_ids)
    sent = sent.select_related("territory__programme", "sent_by").order_by("-received_on", "-pk")
    context = {
        "waiting": sent.open(),
        "answered": sent.exclude(answer="")[:SHOWN],
        "several": len(territories_for(request, SEND)) > 1,
    }
    return render(request, "journeys/participants/my_referrals.html", context)


def my_referral_send(request):
    form = bound(
        AccountReferralForm,
        request,
        territories=territories_for(request, SEND),
        channel=_channel_of(request.user),
        initial={"agreed_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        if form.chosen_territory.takes_referrals:
            return _sent_one(request, form)
        form.add_error(None, _closed(form.chosen_territory))
    status = 422 if request.method == "POST" else 200
    return render(
        request, "journeys/participants/my_referral_send.html", {"form": form}, status=status
    )


def _sent_one(request, form: AccountReferralForm):
    organisation = request.user.organisation_where(SEND, form.chosen_territory.pk)
    referral, is_known = receive_from_outside(
        referral=Referral(
            came_by=CameBy.ACCOUNT,
            organisation=organisation,
            prescriber=str(organisation),
            prescriber_email=request.user.email,
            **form.answers,
        ),
        by=request.user,
    )
    _tell_sent(request, referral, is_known)
    return redirect("my_referrals")


def _tell_sent(request, referral: Referral, is_known: bool) -> None:
    if is_known:
        day = french.day(referral.received_on)
        text = _("Votre structure a déjà orienté cette personne le %(day)s.") % {"day": day}
        tell(request, text, level=messages.INFO)
        return
    words = {"number": referral.pk, "day": french.day(referral.answer_before)}
    text = _("C’est envoyé, sous le numéro %(number)s. Réponse avant le %(day)s.") % words
    tell(request, text)


def _sent(user: User):
    """Those of one's structure, where one sends: an account that also answers sees these apart."""
    return Referral.objects.visible_to(user).filter(user.houses_where(SEND))


def _channel_of(user: User) -> str:
    """What the structure was the last time; asked when it is the first."""
    return _sent(user).order_by("-pk").values_list("channel", flat=True).first() or ""


def _closed(territory) -> str:
    return _("%(territory)s ne reçoit pas d’orientation en ce moment.") % {"territory": territory}
