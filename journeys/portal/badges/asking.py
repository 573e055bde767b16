"""« J'aimerais faire reconnaître… »: from what was lived; more if the team asks; on the spot."""

import time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journeys.experiences.models import Experience
from journeys.experiences.reading import glance_of
from journeys.portal.badges import reading
from journeys.portal.badges.forms import AskForm, CompleteForm
from journeys.portal.portal import own_page, show
from journeys.recognition import scanning
from journeys.recognition.actions import asking
from journeys.recognition.enums import State
from journeys.recognition.models import Recognition
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


def _asked(request, journey, pk) -> Recognition:
    rows = Recognition.objects.visible_to(request.user).select_related("journey", "achievement")
    return get_object_or_404(rows, pk=pk, journey=journey)


def _went(request, form, act) -> bool:
    """Whether the form was sent and the act went through; what was refused is beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as error:
            say_refusal(form, error)
    return request.method == "POST" and form.is_valid()


@own_page
def choose(request, journey):
    """Which experience?"""
    lived = glance_of(journey, request.user)
    return show(request, "badges/choose", journey, lived=lived)


@own_page
def ask(request, journey, experience):
    rows = Experience.objects.visible_to(request.user).select_related("activity__organisation")
    lived = get_object_or_404(rows.defer("draft"), pk=experience, journey=journey)
    told = reading.readable(request.user, lived.pk)
    form = bound(AskForm, request, badges=reading.badges_to_ask(journey), reflections=told)
    if _went(request, form, lambda: _ask(request, journey, lived, form)):
        tell(request, _("C’est demandé. Votre équipe vous répond."))
        return redirect("portal_badges")
    status = 422 if request.method == "POST" else 200
    return show(request, "badges/ask", journey, status=status, form=form, lived=lived, told=told)


def _ask(request, journey, lived: Experience, form: AskForm) -> None:
    asked = form.asked()
    asked["achievement"] = reading.offered(journey, asked["achievement"])
    asking.ask(journey=journey, by=request.user, experience=lived, **asked)


@own_page
def complete(request, journey, asked):
    """The team asks for more: words, or a story."""
    found = _asked(request, journey, asked)
    if found.state != State.MORE:
        return redirect("portal_badges")
    told = reading.readable(request.user, found.experience_id)
    form = bound(CompleteForm, request, reflections=told)
    of = {"recognition": found, "by": request.user}
    if _went(request, form, lambda: asking.complete(**of, **form.added())):
        tell(request, _("C’est envoyé. Votre équipe vous répond."))
        return redirect("portal_badges")
    status = 422 if request.method == "POST" else 200
    return show(request, "badges/complete", journey, status=status, form=form, asked=found)


@post_only
@own_page
def withdraw(request, journey, asked):
    found = _asked(request, journey, asked)
    try:
        asking.withdraw(recognition=found, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("C’est retiré. Vous pouvez demander de nouveau."))
    return redirect("portal_badges")


# -- On the spot -----------------------------------------------------------------------------------

SCANNED, SECONDS = "scanned", 30 * 60  # what waits in the session while the person comes in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request, token):
    """The code of a session, read with a phone; whoever is not in comes in first."""
    if not request.user.is_authenticated:
        request.session[SCANNED] = {"token": token[:100], "at": time.time()}
        return redirect("portal_enter_help")
    if not request.user.territory_id:
        return render(request, "journeys/portal/not_you.html", status=403)
    return _scan(request, token)


@own_page
def _scan(request, journey, token):
    session, achievement = scanning.read(token) or (None, None)
    if not session or achievement.programme_id != journey.territory.programme_id:
        return show(request, "badges/scan_over", journey, status=404)
    if request.method == "POST":
        of = {"journey": journey, "by": request.user}
        try:
            asking.ask_by_scan(**of, session=session, achievement=achievement)
        except ValidationError as error:  # two taps at once
            tell(request, " ".join(error.messages), level=messages.WARNING)
        else:
            tell(request, _("C’est demandé. Votre équipe vous répond."))
        return redirect("portal_badges")
    return show(request, "badges/scan", journey, session=session, achievement=achievement)


def waits(request) -> str:
    """The code that led the person in; nothing if there is none. Given once."""
    found = request.session.pop(SCANNED, None)
    if not found or time.time() - found["at"] > SECONDS:
        return ""
    return reverse("portal_scan", args=[found["token"]])
