"""« Demander un coup de pouce », on the person's phone; and what became of what was asked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.aids import actions
from journeys.aids.forms import PersonAskForm
from journeys.aids.models import AidRequest
from journeys.aids.saying import Shown
from journeys.portal.portal import own_page, show
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


@own_page
def aids(request, journey):
    return show(request, "aids", journey, aids=[Shown(row) for row in journey.aids.all()])


@own_page
def aid_ask(request, journey):
    form = bound(PersonAskForm, request, journey=journey)
    if request.method == "POST" and form.is_valid() and _asked(request, journey, form):
        return redirect("portal_aids")
    status = 422 if request.method == "POST" else 200
    return show(request, "aid_ask", journey, status=status, form=form)


def _asked(request, journey, form) -> bool:
    try:
        aid = actions.request(journey=journey, by=request.user, seen=None, **form.asked())
    except ValidationError as error:
        say_refusal(form, error)
        return False
    undo_url = reverse("portal_aid_undo", args=[aid.pk])
    tell(request, _("C’est demandé. L’équipe vous répond."), undo_url=undo_url)
    return True


@post_only
@own_page
def aid_cancel(request, journey, pk):
    return _done(request, journey, pk, actions.cancel, _("La demande est annulée."))


@post_only
@own_page
def aid_undo(request, journey, pk):
    return _done(request, journey, pk, actions.undo, _("C’est annulé."))


def _done(request, journey, pk, action, text: str):
    rows = AidRequest.objects.visible_to(request.user).filter(journey=journey)
    aid = get_object_or_404(rows.select_related("journey__participant"), pk=pk)
    try:
        action(aid=aid, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, text)
    return redirect("portal_aids")
