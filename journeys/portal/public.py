"""The door: a link that works once. Nobody's name is shown before it is used."""

from django.conf import settings
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journeys.portal.actions import is_usable, use_link
from journeys.portal.portal import IDLE_SECONDS


@never_cache
def enter_help(request):
    """Somebody without a link: how to get one. Never the team's sign-in."""
    return render(request, "journeys/portal/help.html", {"is_leaving": "au-revoir" in request.GET})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, token):
    """GET asks to press a button (programs that preview links press none); POST enters, once."""
    if request.user.is_authenticated and not request.user.territory_id:
        return render(request, "journeys/portal/not_you.html", status=403)
    if request.method == "POST":
        if user := use_link(token):
            return _let_in(request, user)
        if request.user.is_authenticated:  # a second tap on the link that let them in
            return redirect("portal")
    elif is_usable(token):
        return render(request, "journeys/portal/enter.html")
    return render(request, "journeys/portal/used.html", status=404)


def _let_in(request, user):
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.cycle_key()
    request.session.set_expiry(IDLE_SECONDS)
    return redirect("portal")
