"""Where a signed-in person lands, and the programme and territory switch."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from journeys.portal.languages import is_for_a_person, language_of


def home(request):
    if url := home_of(request.user):
        return redirect(url)
    return render(request, "rtr/home/nothing.html")


def home_of(user) -> str:
    """The first page of the person's main role; nothing for who has none, or none with a page."""
    if user.territory_id:
        return reverse("portal")
    if user.may("programme.manage"):
        return reverse("programme")
    if user.may("participants.list"):
        return reverse("today")
    if user.may("outreach.record"):
        return reverse("outreach")
    if user.may("registers.take"):
        return reverse("registers")
    if user.may("evaluation.read"):
        return reverse("evaluation")
    if user.may("badges.steward"):
        return reverse("our_badges")
    if user.may("referrals.send"):
        return reverse("my_referrals")
    return ""


def switch_place(request):
    """Keep in the session which of one's territories the pages show."""
    wanted = request.GET.get("place", "")
    allowed = {str(pk) for pk in request.user.territory_ids}
    request.session["place"] = wanted if wanted in allowed else ""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("home")
    return redirect(back)


def csrf_failure(request, reason=""):
    """A form whose token is too old. Public ones keep the words: nobody is there to remember."""
    match = request.resolver_match
    if getattr(match.func, "keeps_words", False):
        request.is_csrf_expired = True
        return match.func(request, *match.args, **match.kwargs)
    if is_for_a_person(request):
        translation.activate(language_of(request))
        # Acts have no page of their own: home again.
        back = reverse("portal") if getattr(match.func, "post_only", False) else request.path
        context = {"back": back, "has_no_cookies": not request.COOKIES}
        return render(request, "journeys/portal/late.html", context, status=403)
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """The database away is not an accident to hide: a page that says so and needs nothing."""
    error = sys.exc_info()[1]
    away = isinstance(error, OperationalError | InterfaceError)
    status, name = (503, "503.html") if away else (500, "500.html")
    response = HttpResponse(loader.get_template(name).render(), status=status)
    if away:
        response["Retry-After"] = "30"
    return response
