"""The phone in hand, theirs or not; and the others where their pages are open."""

from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from journeys.portal import entering, wallets
from journeys.portal.badges import asking
from journeys.portal.portal import own_page, show
from rtr.lib import kept
from rtr.lib.http import post_only
from rtr.lib.told import tell
from territories.accounts.sessions import browser_and_system, end_sessions


@own_page
def phone(request, journey):
    """Asked on coming in; until it is answered, the phone is somebody else's."""
    answer = request.POST.get("own")
    if answer in ("yes", "no"):
        is_own = answer == "yes"
        request.session[entering.OWN] = is_own
        request.session.set_expiry(entering.OWN_SECONDS if is_own else entering.IDLE_SECONDS)
        waits = asking.waits(request) or wallets.waits(request) or kept.waits_at(request)
        response = redirect(waits or "portal")
        if not is_own:  # what an own phone kept goes
            request.session.pop("keeps_next", None)
            response["Clear-Site-Data"] = '"storage"'
        return response
    return show(request, "phone", journey, status=422 if request.method == "POST" else 200)


@own_page
def devices(request, journey):
    rows = UserSession.objects.purge_and_list(request.user)
    rows.sort(key=lambda row: (not row.is_current(), -row.created_at.timestamp()))
    found = [
        {
            "row": row,
            # Names, which every language says the same.
            "name": ", ".join(filter(None, browser_and_system(row.user_agent))),
            "is_this": row.is_current(),
        }
        for row in rows
    ]
    return show(request, "devices", journey, devices=found)


@post_only
@own_page
def device_close(request, journey):
    """One of them, or all but this one."""
    this = request.session.session_key
    if "others" in request.POST:
        end_sessions(request.user, but=this)
        tell(request, _("Les autres téléphones sont fermés."))
        return redirect("portal_devices")
    pk = request.POST.get("pk", "")
    rows = UserSession.objects.filter(user=request.user).exclude(session_key=this)
    get_object_or_404(rows, pk=pk if pk.isdecimal() and len(pk) < 19 else None).end()
    tell(request, _("Ce téléphone est fermé."))
    return redirect("portal_devices")


@own_page
def stay(request, journey):
    """A gesture on the page starts the ten minutes again."""
    return HttpResponse(status=204)


@post_only
def leave(request):
    return entering.leave(request)


@post_only
@entering.for_the_person
def close(request):
    return entering.close(request)
