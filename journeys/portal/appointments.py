"""« Mes rendez-vous », on the person’s phone: yes, no, another moment, or a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.appointments import conflicts, reading
from journeys.appointments.actions import keeping
from journeys.appointments.enums import Side
from journeys.appointments.forms import AskForm, CancelForm, PersonMomentForm
from journeys.appointments.models import Appointment
from journeys.appointments.moments import said
from journeys.appointments.saying import Shown
from journeys.portal.portal import own_page, show
from rtr.lib import tongue
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


@own_page
def appointments(request, journey):
    found = reading.of_journey(journey, Side.PERSON)
    return show(request, "appointments", journey, ahead=found.ahead, behind=found.behind)


@own_page
def appointment_ask(request, journey):
    """A moment the person proposes, to somebody of their team."""
    colleagues = [one.user for one in journey.team.standing().select_related("user")]
    if not colleagues:
        tell(request, _("Personne ne vous suit encore. Demandez à être rappelé."), level=30)
        return redirect("portal")
    initial = {"with_user": str(colleagues[0].pk), "mode": "meet"}
    form = bound(AskForm, request, colleagues=colleagues, initial=initial)
    if request.method == "POST" and form.is_valid():
        options = {"journey": journey, "by": request.user, "seen": None}
        if _acted(request, form, keeping.propose, **options, **form.moment()):
            return redirect("portal_appointments")
    status = 422 if request.method == "POST" else 200
    return show(request, "appointment_ask", journey, status=status, form=form)


@own_page
def appointment_move(request, journey, pk):
    row = _own(request, journey, pk)
    form = bound(PersonMomentForm, request)
    if request.method == "POST" and form.is_valid():
        options = {"appointment": row, "by": request.user}
        if _acted(request, form, keeping.move, **options, **form.moment()):
            return redirect("portal_appointments")
    status = 422 if request.method == "POST" else 200
    one = Shown(row, Side.PERSON)
    return show(request, "appointment_move", journey, status=status, form=form, one=one)


@own_page
def appointment_cancel(request, journey, pk):
    """Two taps: the link that leads here, and the button."""
    row = _own(request, journey, pk)
    form = bound(CancelForm, request)
    if request.method == "POST" and form.is_valid():
        options = {"appointment": row, "by": request.user}
        if _acted(request, form, keeping.cancel, **options, reason=form.cleaned_data["reason"]):
            return redirect("portal_appointments")
    status = 422 if request.method == "POST" else 200
    one = Shown(row, Side.PERSON)
    return show(request, "appointment_cancel", journey, status=status, form=form, one=one)


@post_only
@own_page
def appointment_yes(request, journey, pk):
    return _answered(request, journey, pk, keeping.accept, _("C’est noté. Vous venez."))


@post_only
@own_page
def appointment_no(request, journey, pk):
    text = _("C’est noté. L’équipe vous propose un autre moment.")
    return _answered(request, journey, pk, keeping.decline, text)


@post_only
@own_page
def appointment_undo(request, journey, pk):
    try:
        keeping.undo(appointment=_own(request, journey, pk), by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("C’est annulé."))
    return redirect("portal_appointments")


def _own(request, journey, pk) -> Appointment:
    rows = Appointment.objects.visible_to(request.user).filter(journey=journey)
    rows = rows.select_related("with_user", "place", "journey__participant")
    return get_object_or_404(rows, pk=pk)


def _answered(request, journey, pk, action, text: str):
    """« Je viens », « Je ne peux pas »: to the moment that the page showed."""
    seen = request.POST.get("seen", "")
    seen = int(seen) if seen.isdigit() else None
    try:
        row = action(appointment=_own(request, journey, pk), by=request.user, seen=seen)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, text, undo_url=_undo(row))
    return redirect("portal" if request.POST.get("back") == "portal" else "portal_appointments")


def _acted(request, form, action, **options) -> bool:
    """Do it, say it with the way back, and what else the person has at that moment."""
    try:
        row = action(**options)
    except ValidationError as error:
        say_refusal(form, error)
        return False
    if row.is_live:
        words = {"when": said(row.starts_at), "name": tongue.own(row.with_user.first_name)}
        tell(
            request,
            _("C’est demandé : %(when)s. %(name)s vous répond.") % words,
            undo_url=_undo(row),
        )
        span = (row.starts_at, row.ends_at)
        for warning in conflicts.of_person(row.journey, *span, but=row.pk, to_person=True):
            tell(request, warning, level=messages.WARNING)
    else:
        tell(request, _("Le rendez-vous est annulé."), undo_url=_undo(row))
    return True


def _undo(row: Appointment) -> str:
    if not row.was and row.version:
        return ""
    return reverse("portal_appointment_undo", args=[row.pk])
