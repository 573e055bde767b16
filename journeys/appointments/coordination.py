"""The team's pages: the appointments of a journey, one's own, and what is done of each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.appointments import conflicts, reading
from journeys.appointments.actions import keeping
from journeys.appointments.enums import Mode, Side
from journeys.appointments.forms import CancelForm, MoveForm, ProposeForm, initial_of
from journeys.appointments.models import Appointment
from journeys.appointments.moments import said
from journeys.pathway.enums import Status
from journeys.pathway.file import file_context
from journeys.pathway.pages import ActPage, journey_for
from rtr.lib.http import post_only
from rtr.lib.told import tell


def my_appointments(request):
    """What waits for me, then today, the week, later."""
    groups = reading.mine(request.user, request.place_ids)
    return render(request, "journeys/appointments/mine.html", {"groups": groups})


def journey_appointments(request, pk):
    journey = journey_for(request, pk, "participants.list")
    may_act = request.user.may("appointments.keep", journey.territory_id)
    context = file_context(request, journey, "appointments")
    context |= {
        "appointments": reading.of_journey(journey, Side.TEAM, may_act),
        "may_act": may_act and not context["story"].is_dead,
    }
    return render(request, "journeys/appointments/journey.html", context)


# -- Acts that ask something -----------------------------------------------------------------------


class AppointmentPage(ActPage):
    permission = "appointments.keep"

    def find(self, request, pk, appointment=None):
        journey = super().find(request, pk)
        self.appointment = None
        if appointment is not None:
            self.appointment = _row(request, journey, appointment)
        return journey

    def next_url(self):
        return reverse("journey_appointments", args=[self.journey.pk])

    def after(self, row):
        """The way back, and what else happens at that moment: a warning, never a refusal."""
        for warning in conflicts.of_appointment(row) if row.is_live else ():
            tell(self.request, warning, level=messages.WARNING)
        return _undo_of(row)


class ProposePage(AppointmentPage):
    form_class = ProposeForm
    title = gettext_lazy("Proposer un rendez-vous")
    submit = gettext_lazy("Proposer ce moment")
    done = gettext_lazy("Le rendez-vous est proposé.")

    @property
    def lead(self):
        if self.journey.status in (Status.LEFT, Status.PAUSED):
            status = Status(self.journey.status).label.lower()
            return _("Le parcours est « %(status)s » : le rendez-vous reste possible.") % {
                "status": status
            }
        return _("La personne l’apprend par un message, si elle a laissé un contact.")

    def form_options(self):
        colleagues = _colleagues(self.journey, self.request.user)
        return {"initial": self.initial(), "colleagues": colleagues, "journey": self.journey}

    def initial(self):
        return {"with_user": self.request.user.pk, "minutes": 45, "mode": Mode.MEET}

    def act(self, form, seen):
        return keeping.propose(
            journey=self.journey, by=self.request.user, seen=seen, **form.moment()
        )


class MovePage(AppointmentPage):
    form_class = MoveForm
    title = gettext_lazy("Proposer un autre moment")
    submit = gettext_lazy("Proposer ce moment")
    done = gettext_lazy("L’autre moment est proposé.")

    @property
    def lead(self):
        return _("Aujourd’hui prévu %(moment)s, avec %(name)s.") % {
            "moment": said(self.appointment.starts_at),
            "name": self.appointment.with_user.first_name,
        }

    def form_options(self):
        return {"initial": initial_of(self.appointment), "journey": self.journey}

    def act(self, form, seen):
        return keeping.move(
            appointment=self.appointment,
            by=self.request.user,
            seen_journey=seen,
            **form.moment(),
        )


class CancelPage(AppointmentPage):
    form_class = CancelForm
    template_name = "journeys/pathway/confirm.html"
    title = gettext_lazy("Annuler ce rendez-vous")
    submit = gettext_lazy("Annuler le rendez-vous")
    done = gettext_lazy("Le rendez-vous est annulé.")

    @property
    def effects(self):
        return [
            _("Le rendez-vous du %(moment)s n’a pas lieu.")
            % {"moment": said(self.appointment.starts_at)},
            _("La personne l’apprend par un message, si elle a laissé un contact."),
        ]

    def act(self, form, seen):
        return keeping.cancel(
            appointment=self.appointment,
            by=self.request.user,
            reason=form.cleaned_data["reason"],
            seen_journey=seen,
        )


# -- In one tap ------------------------------------------------------------------------------------


@post_only
def appointment_accept(request, pk, appointment):
    row = _mine(request, pk, appointment)
    seen = request.POST.get("seen", "")
    seen = int(seen) if seen.isdigit() else None
    return _done(request, row, _("Le rendez-vous est accepté."), keeping.accept, seen=seen)


@post_only
def appointment_came(request, pk, appointment):
    row = _mine(request, pk, appointment)
    return _done(request, row, _("C’est noté : il a eu lieu, et le contact aussi."), keeping.came)


@post_only
def appointment_missed(request, pk, appointment):
    """No word of blame, and the next moment beside."""
    row = _mine(request, pk, appointment)
    said_so = _("C’est noté. Proposez un autre moment quand vous voulez.")
    return _done(request, row, said_so, keeping.missed)


@post_only
def appointment_again(request, pk, appointment):
    row = _mine(request, pk, appointment)
    return _done(request, row, _("Un nouveau moment est proposé : %(moment)s."), keeping.again)


@post_only
def appointment_undo(request, pk, appointment):
    row = _mine(request, pk, appointment)
    try:
        keeping.undo(appointment=row, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("C’est annulé."))
    return redirect("journey_appointments", pk)


def _mine(request: HttpRequest, pk: int, appointment: int) -> Appointment:
    journey = journey_for(request, pk, "appointments.keep")
    return _row(request, journey, appointment)


def _row(request, journey, appointment: int) -> Appointment:
    rows = Appointment.objects.visible_to(request.user).filter(journey=journey)
    rows = rows.select_related("with_user", "place", "journey__participant")
    return get_object_or_404(rows, pk=appointment)


def _done(request, row: Appointment, text: str, action, **options):
    """Act, say so with the way back, and return to the page that the button was on."""
    try:
        row = action(appointment=row, by=request.user, **options)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, text % {"moment": said(row.starts_at)}, **_undo_of(row))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("journey_appointments", row.journey_id)


def _undo_of(row: Appointment) -> dict:
    if not row.was and row.version:
        return {}
    return {"undo_url": reverse("appointment_undo", args=[row.journey_id, row.pk])}


def _colleagues(journey, user) -> list:
    """The team, and whoever proposes."""
    members = journey.team.standing().select_related("user").order_by("from_on", "pk")
    found = {user.pk: user} | {member.user_id: member.user for member in members}
    return list(found.values())
