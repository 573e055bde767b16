"""The doors every request passes: the scope of its user, then what its address needs."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rtr import scope
from rtr.access import ACCESS, PARTICIPANT, PUBLIC, SIGNED_IN, STAFF
from rtr.lib import here, kept
from territories.accounts import second_factor


class BoundedRequestMiddleware:
    """Refuses a request far too big before a byte of it is read; smaller excesses are said by the
    form itself, which keeps the other words (rtr/lib/uploads.py)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.REQUEST_MOST_BYTES:
            return render(request, "413.html", status=413)
        return self.get_response(request)


class ScopeMiddleware:
    """Opens the second wall on the user's territories, streamed answers included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ids = request.user.territory_ids if request.user.is_authenticated else set()
        place = request.session.get("place", "")
        request.place_ids = {int(place)} & ids if place.isdigit() else set()
        # What the pages show: the territory chosen in the top bar, or all of one's own.
        request.place_ids = request.place_ids or ids
        with scope.over(ids):
            response = self.get_response(request)
            if response.streaming:
                response.streaming_content = scope.streamed(response.streaming_content)
        return response


class AccessMiddleware:
    """Denies by default: an address not listed in rtr/access.py answers 403."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        # A participant's phone may be somebody else's.
        if request.user.is_authenticated and not request.user.territory_id:
            kept.remember_who(request, response)
            here.say(request, response)
        elif was_in or request.user.is_authenticated:
            here.forget(request, response)
        if request.user.is_authenticated and request.user.territory_id:
            kept.remember_who(request, response, seconds=kept.SHARED_SECONDS)
        if was_in or request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request, view, args, kwargs):
        need = ACCESS.get(request.resolver_match.view_name)
        if need is None:
            raise PermissionDenied
        if need == PUBLIC:
            return None
        if not request.user.is_authenticated:
            if need == PARTICIPANT:
                return self._to_door(request)
            return self._sign_in(request, view)
        if not self._allowed(request.user, need):
            raise PermissionDenied
        if request.resolver_match.view_name not in second_factor.OPEN:
            if second_factor.is_missing(request):
                return self._lead(request, reverse("mfa_index"))
        return None

    def _allowed(self, user, need) -> bool:
        if need == SIGNED_IN:
            return True
        if need == STAFF:
            return user.is_staff_member
        if need == PARTICIPANT:
            return user.territory_id is not None
        return user.may(need)

    def _to_door(self, request):
        """A person's session that ended is said, and the words being written are kept."""
        if not kept.who_was(request):
            return redirect("portal_enter_help")
        kept.keep(request)
        return redirect(reverse("portal_enter_help") + "?fin=1")

    def _sign_in(self, request, view):
        kept.keep(request)
        back = request.get_full_path()
        if getattr(view, "post_only", False) or request.headers.get("HX-Request"):
            back = request.headers.get("HX-Current-URL", "") or "/"
        return self._lead(request, redirect_to_login(back, settings.LOGIN_URL).url)

    def _lead(self, request, url: str):
        """To another page, whole, even from a part of one that htmx asked for."""
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": url})
        return redirect(url)
