"""Orientations received, and presences on site."""

import datetime
from itertools import groupby
from types import SimpleNamespace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from journeys.participants import lists
from journeys.participants.actions import receive_referral, record_outreach, remove_outreach
from journeys.participants.forms import OutreachForm, ReferralForm
from journeys.participants.models import Outreach, Referral
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.places.models import Place, Territory

MONTHS = 3  # shown at a time
ANSWERED_SHOWN = 20


def territories_for(request, permission: str):
    """Where the person may do this: within the place chosen in the top bar, if it allows it."""
    allowed = request.user.territories_where(permission)
    chosen = allowed & request.place_ids or allowed
    territories = Territory.objects.visible_to(request.user).select_related("programme")
    return territories.filter(pk__in=chosen)


def arrival_tabs(request) -> list[SimpleNamespace]:
    """How people arrive: sent by somebody, or met on site; for who does both."""
    tabs = [
        ("referrals", _("Orientations"), "referrals.answer"),
        ("outreach", _("Présences"), "outreach.record"),
    ]
    here = [
        SimpleNamespace(label=label, url=reverse(name), current=request.path == reverse(name))
        for name, label, permission in tabs
        if request.user.may(permission)
    ]
    return here if len(here) > 1 else []


# -- Orientations --------------------------------------------------------------------------------


def referrals(request):
    """Those that wait, oldest first, with the time left; then those answered lately."""
    mine = request.user.territories_where("referrals.answer") & request.place_ids
    here = Referral.objects.visible_to(request.user).filter(territory__in=mine)
    here = here.select_related("territory__programme")
    lately = timezone.localdate() - datetime.timedelta(days=30)
    answered = here.filter(answered_on__gte=lately).select_related("answered_by")
    context = {
        "waiting": [_waiting(referral) for referral in here.open().order_by("received_on", "pk")],
        "answered": answered.order_by("-answered_on", "-pk")[:ANSWERED_SHOWN],
        "tabs": arrival_tabs(request),
        "public_url": _public_page(request),
    }
    return render(request, "journeys/participants/referrals.html", context)


def _public_page(request) -> str:
    """The one to give to partners: the territory's, or the list where there are several."""
    territories = territories_for(request, "referrals.answer")
    if len(territories) != 1:
        return reverse("refer")
    return reverse("refer_to", args=[territories[0].programme.slug, territories[0].slug])


def _waiting(referral: Referral) -> dict:
    before = referral.answer_before
    left = (before - timezone.localdate()).days
    return {"referral": referral, "before": before, "is_pressing": left <= 1}


def referral_add(request):
    """One received by phone or by hand, with the person's agreement."""
    form = bound(
        ReferralForm,
        request,
        territories=territories_for(request, "referrals.answer"),
        initial={"agreed_on": timezone.localdate(), "received_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        form.instance.territory = form.chosen_territory
        try:
            referral = receive_referral(referral=form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            name = {"of_name": french.elide("de", referral.first_name)}
            tell(
                request,
                _("L’orientation %(of_name)s attend votre réponse.") % name,
                next_url=reverse("referral_answer", args=[referral.pk]),
                next_word=_("Répondre"),
            )
            return redirect("referrals")
    status = 422 if request.method == "POST" else 200
    return render(request, "journeys/participants/referral_add.html", {"form": form}, status=status)


# -- Presences on site -----------------------------------------------------------------------------


def outreach(request):
    """Where the team went and how many people it met, month by month; and its places."""
    here = Outreach.objects.visible_to(request.user).filter(territory__in=request.place_ids)
    until = parse_date(f"{request.GET.get('mois', '')}-01") or timezone.localdate()
    first = _months_before(until, MONTHS - 1)
    shown = here.filter(on__gte=first, on__lt=_months_before(until, -1))
    older = here.filter(on__lt=first).order_by("-on").values_list("on", flat=True).first()
    context = {
        "months": _by_month(shown),
        "older": f"{older:%Y-%m}" if older else "",
        "is_past": "mois" in request.GET,
        "places": _own_places(request),
        "tabs": arrival_tabs(request),
    }
    return render(request, "journeys/participants/outreach.html", context)


def _by_month(shown) -> list[dict]:
    totals = (
        shown.annotate(month=TruncMonth("on"))
        .order_by()
        .values("month")
        .annotate(times=Count("pk"), people=Sum("people_met"))
    )
    totals = {row["month"]: row for row in totals}
    rows = shown.select_related("organisation", "recorded_by").order_by("-on", "-pk")
    months = groupby(rows, key=lambda row: row.on.replace(day=1))
    return [totals[month] | {"rows": list(rows)} for month, rows in months]


def _months_before(day: datetime.date, months: int) -> datetime.date:
    """The first day of the month so many months earlier."""
    count = day.year * 12 + day.month - 1 - months
    return datetime.date(count // 12, count % 12 + 1, 1)


def _own_places(request):
    places = Place.objects.visible_to(request.user).select_related("commune", "organisation")
    own = places.filter(organisation__in=request.user.organisation_ids)
    return own.filter(territory__in=request.place_ids).order_by("organisation__name", "name")


def outreach_add(request):
    territories = territories_for(request, "outreach.record")
    places = Place.objects.visible_to(request.user).open().filter(territory__in=territories)
    form = bound(
        OutreachForm,
        request,
        territories=territories,
        known_places=places.order_by("name"),
        initial={"on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        form.instance.territory = form.chosen_territory
        form.instance.organisation = request.user.organisation_where(
            "outreach.record", form.chosen_territory.pk
        )
        try:
            row = record_outreach(by=request.user, outreach=form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell(
                request,
                _("La présence est notée."),
                undo_url=reverse("outreach_undo", args=[row.pk]),
            )
            return redirect("outreach")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "natures": lists.PRESENCES}
    return render(request, "journeys/participants/outreach_add.html", context, status=status)


@post_only
def outreach_undo(request, pk):
    row = get_object_or_404(Outreach.objects.visible_to(request.user), pk=pk)
    try:
        remove_outreach(by=request.user, outreach=row)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("La présence est retirée."))
    return redirect("outreach")
