"""Sending us somebody without an account: the least data, and nothing told of anybody."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from journeys.participants.actions import receive_from_outside
from journeys.participants.enums import CameBy
from journeys.participants.forms import PublicReferralForm
from journeys.participants.models import Referral
from rtr import scope
from rtr.lib import limits
from rtr.lib.http import keeps_words
from territories.places.models import Territory

HOUR = 3600
SENT = "sent_referrals"  # in the session: what this browser sent, by number and days
SHOWN = 20


def refer(request):
    """The territories, by programme; those that take nobody now are said so."""
    territories = _territories().order_by("programme__name", "name")
    return render(request, "journeys/participants/refer.html", {"territories": territories})


@keeps_words
@never_cache
def refer_to(request, programme_slug, territory_slug):
    found = _territory(programme_slug, territory_slug)
    if not found.takes_referrals:
        return render(request, "journeys/participants/refer_closed.html", {"territory": found})
    form, status = PublicReferralForm(initial={"agreed_on": timezone.localdate()}), 200
    if request.method == "POST":
        form, status = PublicReferralForm(request.POST), 422
        if getattr(request, "is_csrf_expired", False):
            form.add_error(None, _expired())
            status = 403
        elif form.is_valid() and _flood(request, form):
            form.add_error(None, _too_many())
            status = 429
        elif form.is_valid():
            _keep(request, found, form)
            return redirect("refer_sent", programme_slug, territory_slug)
    context = {"territory": found, "form": form}
    return render(request, "journeys/participants/refer_to.html", context, status=status)


def _flood(request: HttpRequest, form: PublicReferralForm) -> bool:
    """An office sends a few people an hour; the address on the network is never kept."""
    caller = get_adapter().get_client_ip(request)
    email = form.cleaned_data["prescriber_email"].lower()
    return not (
        limits.passes("referral", caller, most=30, seconds=HOUR)
        and limits.passes("referral_mail", email, most=20, seconds=24 * HOUR)
    )


def _expired() -> str:
    return _(
        "Cette page a attendu longtemps, ou les cookies sont refusés. Vos mots sont là : relisez,"
        " puis envoyez de nouveau."
    )


def _too_many() -> str:
    return _(
        "Beaucoup de demandes viennent d’être envoyées d’ici. Réessayez dans une heure : rien"
        " n’est enregistré pour l’instant."
    )


def _keep(request: HttpRequest, territory: Territory, form: PublicReferralForm) -> None:
    """Whether this person was sent already is said to the browser that sent them, and by mail to
    the address that did; anybody else could have typed that address here."""
    with scope.over([territory.pk]):
        referral, is_known = receive_from_outside(
            referral=Referral(territory=territory, came_by=CameBy.PUBLIC, **form.answers)
        )
    sent = request.session.get(SENT, [])
    mine = [one["number"] for one in sent]
    told = {
        "number": referral.pk,
        "received_on": referral.received_on.isoformat(),
        "answer_before": referral.answer_before.isoformat(),
        "is_known": is_known and referral.pk in mine,
    }
    request.session[SENT] = [*sent[-SHOWN:], told]


@never_cache
def refer_sent(request, programme_slug, territory_slug):
    """What happens next; a browser that sent nothing is shown the form."""
    found = _territory(programme_slug, territory_slug)
    if not (sent := request.session.get(SENT)):
        return redirect("refer_to", programme_slug, territory_slug)
    context = {
        "territory": found,
        "number": sent[-1]["number"],
        "is_known": sent[-1]["is_known"],
        "received_on": parse_date(sent[-1]["received_on"]),
        "answer_before": parse_date(sent[-1]["answer_before"]),
    }
    return render(request, "journeys/participants/refer_sent.html", context)


def _territories():
    return Territory.objects.select_related("programme")


def _territory(programme_slug: str, slug: str) -> Territory:
    return get_object_or_404(_territories(), programme__slug=programme_slug, slug=slug)
