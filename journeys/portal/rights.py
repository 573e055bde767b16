"""« Mes droits »: a copy, a correction, stopping, forgetting; each in two taps."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from journeys.participants.actions import correct_details
from journeys.participants.actions import tell as note
from journeys.portal.portal import own_page, show
from journeys.rights.actions import asking
from journeys.rights.actions.erasing import erasable, erase_own, forget_me
from journeys.rights.copying import copy_of, page_context
from journeys.rights.enums import Asked
from journeys.rights.forms import CorrectForm, NicknameForm
from journeys.rights.gathering import rows_of
from journeys.rights.models import DataRequest
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.journal.enums import Act

SHOWN = 10  # requests


@own_page
def rights(request, journey):
    asked = DataRequest.objects.visible_to(request.user).filter(journey=journey)
    return show(
        request,
        "rights",
        journey,
        asked=asked.filter(taken_back_on__isnull=True).select_related("answered_by")[:SHOWN],
    )


# -- A copy ----------------------------------------------------------------------------------------


@own_page
def copy(request, journey):
    return show(request, "rights/copy", journey)


@own_page
def copy_read(request, journey):
    person = journey.participant
    with translation.override("fr"):  # as it was written
        file = page_context(person, rows_of(person))
    return show(request, "rights/copy_read", journey, **file)


@post_only
@own_page
def copy_take(request, journey):
    """Everything, at once: to ask for it is a right, nobody checks it first (docs, rule 20)."""
    person = journey.participant
    note(Act.DATA_TAKEN, participant=person, by=request.user)
    with translation.override("fr"):  # as it was written
        pieces = copy_of(person, rows_of(person))
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"mon-dossier-{timezone.localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


# -- A correction ----------------------------------------------------------------------------------


@own_page
def correct(request, journey):
    has_identity = journey.participant.identified_on is not None
    form = bound(CorrectForm, request, has_identity=has_identity)
    if request.method == "POST" and form.is_valid():
        asking.ask(journey=journey, by=request.user, kind=Asked.CORRECT, **form.cleaned_data)
        tell(request, _("C’est demandé. L’équipe répond avant un mois."))
        return redirect("portal_rights")
    status = 422 if request.method == "POST" else 200
    return show(request, "rights/correct", journey, status=status, form=form)


@own_page
def nickname(request, journey):
    """The person's own: changed at once, and only by what they type."""
    person = journey.participant
    form = bound(NicknameForm, request, initial={"nickname": person.nickname})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["nickname"]
        of = {"participant": person, "by": request.user, "contact": person.contact}
        correct_details(**of, nickname=wanted)
        tell(request, _("C’est changé. Votre surnom est %(name)s.") % {"name": wanted})
        return redirect("portal_rights")
    status = 422 if request.method == "POST" else 200
    return show(request, "rights/nickname", journey, status=status, form=form)


@post_only
@own_page
def take_back(request, journey, asked):
    rows = DataRequest.objects.visible_to(request.user).filter(journey=journey)
    try:
        asking.take_back(request=get_object_or_404(rows, pk=asked), by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("C’est annulé. Vous ne demandez plus rien."))
    return redirect("portal_rights")


# -- Stopping --------------------------------------------------------------------------------------


@own_page
def stop(request, journey):
    """A pause or an end: with a contract the team does it, after talking; before, it is at once."""
    if request.method == "POST":
        wanted = request.POST.get("wanted")
        if wanted == Asked.STOP and not journey.entry_on:
            asking.stop_now(journey=journey, by=request.user)
            tell(request, _("C’est fait. Plus rien n’est prévu. Vous pouvez revenir."))
            return redirect("portal")
        if wanted in (Asked.PAUSE, Asked.STOP):
            asking.ask(journey=journey, by=request.user, kind=wanted)
            tell(request, _("C’est demandé. L’équipe en parle avec vous."))
            return redirect("portal_rights")
    status = 422 if request.method == "POST" else 200
    return show(request, "rights/stop", journey, status=status)


# -- Forgetting ------------------------------------------------------------------------------------


@own_page
def erase(request, journey):
    """Before a contract: now, after this one page. After: asked, and what may go goes at once."""
    if request.method == "POST":
        if journey.entry_on:
            asking.ask(journey=journey, by=request.user, kind=Asked.ERASE)
            tell(request, _("C’est demandé. L’équipe répond avant un mois."))
            return redirect("portal_rights")
        return _forgotten(request, journey)
    found = erasable(journey) if journey.entry_on else None
    return show(request, "rights/erase", journey, own=found.count if found else 0)


def _forgotten(request, journey):
    """The session first: the account goes with the file."""
    try:
        forget_me(journey=journey)
    except ValidationError as error:  # signed meanwhile
        tell(request, " ".join(error.messages), level=messages.WARNING)
        return redirect("portal_erase")
    logout(request)
    response = redirect("portal_erased")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@never_cache
def erased(request):
    return render(request, "journeys/portal/rights/erased.html")


@post_only
@own_page
def erase_mine(request, journey):
    count = erase_own(journey=journey, by=request.user)
    if count:
        tell(request, _("C’est effacé."))
    else:
        tell(request, _("Il n’y avait rien à effacer."), level=messages.INFO)
    return redirect("portal_rights")
