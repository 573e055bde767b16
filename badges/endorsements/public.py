"""Endorsing without an account, from a link; and the signed document, for verifiers.

GET changes nothing: programs that preview links press no button. Unknown, too old or used: the
same sentence.
"""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from badges import hosted
from badges.credentials.reading import Gone, shown_badge
from badges.endorsements import identity
from badges.endorsements.actions import behind, decline, give, withdraw
from badges.endorsements.enums import State
from badges.endorsements.forms import EndorseForm
from badges.endorsements.models import Endorsement
from rtr import scope
from rtr.lib import limits
from rtr.lib.http import keeps_words
from rtr.lib.refusals import say_refusal

HOUR = 3600
TRIES = 120  # an hour, from one address on the network


def door(state: str):
    """A page behind a link in this state, in the scope of its territory alone."""

    def decorate(view):
        def page(request, token):
            where = get_adapter().get_client_ip(request)
            if not limits.passes("endorse", where, most=TRIES, seconds=HOUR):
                return _closed(request, 429)
            found = behind(token)
            if found and found.state == State.GIVEN != state and request.method == "GET":
                return redirect("endorse_given", token)
            if found is None or found.state != state:
                return _closed(request, 404)
            with scope.over([found.territory_id]):
                try:
                    return view(request, found, token)
                except ValidationError:  # answered from elsewhere since it was found
                    return _closed(request, 404)

        return keeps_words(never_cache(require_http_methods(["GET", "HEAD", "POST"])(page)))

    return decorate


@door(State.INVITED)
def endorse(request, found: Endorsement, token):
    body = identity.body_of(found)
    form, status = EndorseForm(initial={"name": found.invited_name}, body=body), 200
    if request.method == "POST":
        form, status = EndorseForm(request.POST, body=body), 422
        if getattr(request, "is_csrf_expired", False):
            form.add_error(None, _("La page a attendu longtemps. Relisez, puis envoyez."))
            status = 403
        elif form.is_valid():
            by = request.user if request.user.is_authenticated else None
            try:
                _row, new = give(endorsement=found, by=by, **form.cleaned_data)
                return _to(request, "endorse_given", new)
            except ValidationError as error:
                say_refusal(form, error)
    return _page(request, "ask", found, token, form=form, body=body, status=status)


@door(State.INVITED)
def endorse_decline(request, found: Endorsement, token):
    if request.method == "POST":
        decline(endorsement=found)
        return _page(request, "declined", found, token)
    return _page(request, "decline", found, token)


@door(State.GIVEN)
def endorse_given(request, found: Endorsement, token):
    """Thanks; the address of this page is the one that takes the endorsement back."""
    return _page(request, "given", found, token)


@door(State.GIVEN)
def endorse_take_back(request, found: Endorsement, token):
    if request.method == "POST":
        withdraw(endorsement=found)
        return _page(request, "taken_back", found, token)
    return _page(request, "take_back", found, token)


@require_safe
def support(request, uuid):
    """The EndorsementCredential at its `id`. About a badge, it is shown when the badge is."""
    with scope.everything("public documents: whose they are is known from their address alone"):
        rows = Endorsement.objects.select_related(
            "credential__version", "version", "issuer", "endorser"
        )
        found = rows.filter(uuid=uuid).exclude(state__in=[State.INVITED, State.DECLINED]).first()
    if found is None:
        raise Http404
    if found.state == State.WITHDRAWN or not _is_shown(found):
        return _gone(request)
    if hosted.wants_page(request):
        return hosted.opened(render(request, "badges/endorsements/support.html", {"found": found}))
    return hosted.served(request, found.document, hosted.prefers(request), seconds=0)


def _is_shown(found: Endorsement) -> bool:
    """Raises Http404 for a badge that was never shown."""
    if not found.credential_id:
        return True
    try:
        badge = shown_badge(found.credential.uuid)
    except Gone:
        return False
    if badge is None:
        raise Http404
    return True


def _gone(request):
    if hosted.wants_page(request):
        return hosted.opened(render(request, "badges/endorsements/gone.html", status=410))
    response = HttpResponse('{"error":"gone"}', content_type=hosted.JSON, status=410)
    return hosted.opened(response)


def _to(request, name: str, token: str):
    language = request.GET.get("langue", "")
    return redirect(reverse(name, args=[token]) + (f"?langue={language}" if language else ""))


def _page(request, name: str, found: Endorsement, token: str, *, status: int = 200, **more):
    context = {"found": found, "token": token} | more
    return _render(request, name, context, status)


def _closed(request, status: int):
    return _render(request, "closed", {"is_flood": status == 429}, status)


def _render(request, name: str, context: dict, status: int):
    response = render(request, f"badges/endorsements/door/{name}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
