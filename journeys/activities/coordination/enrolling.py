"""Putting people in a session, and taking them out: from its page, or from somebody's file."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities import inside, saying
from journeys.activities.actions.enrolling import enrol, restore, withdraw
from journeys.activities.coordination.pages import OfferAct, session_for
from journeys.activities.enums import Part
from journeys.activities.forms import GuestForm, SessionChoiceForm
from journeys.activities.models import Enrolment, Session
from journeys.activities.tabs import part
from journeys.pathway.pages import ActPage
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.told import tell
from territories.accounts.doors import require

MANAGE = "enrolments.manage"
PEOPLE, SESSIONS = 20, 60  # shown at once


def enrol_person(request, pk):
    """Look for one of the people one follows, by nickname or code; put them in."""
    found = session_for(request, pk)
    require(request.user, MANAGE, found.territory_id)
    people = inside.people_to_enrol(request.user, found)
    if request.method == "POST":
        return _put_in(request, found, people)
    text = request.GET.get("q", "").strip()
    shown = people.search(text, identity=False).order_by("search_name", "pk") if text else ()
    shown = list(shown[: PEOPLE + 1])
    context = {
        "session": found,
        "activity": found.activity,
        "moment": saying.moment(found),
        "q": text,
        "people": shown[:PEOPLE],
        "is_cut": len(shown) > PEOPLE,
        "inside": set(found.enrolments.standing().values_list("participant_id", flat=True)),
        "free": saying.free(found),
        "takes_guests": inside.takes_register(request.user, found),
    }
    return part(request, "journeys/activities/enrol.html", context)


def _put_in(request, found: Session, people):
    chosen = request.POST.get("participant", "")
    person = get_object_or_404(people, pk=chosen if chosen.isdecimal() else None)
    said = enrolled(request, found, person)
    here = reverse("session", args=[found.pk])
    return redirect(here if said else reverse("enrol_person", args=[found.pk]))


def enrolled(request, found: Session, person) -> Enrolment | None:
    """Enrol, and say what came of it, with the way back; or why it cannot be."""
    theirs = inside.enrolments_of(person)
    try:
        row = enrol(session=found, by=request.user, participant=person)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
        return None
    text = " ".join(filter(None, [inside.told(row), inside.clash(found, theirs)]))
    tell(request, text, undo_url=reverse("enrolment_withdraw", args=[row.pk]))
    return row


class GuestPage(OfferAct):
    """Somebody from outside, or who says no more: a nickname. Sent twice, it is one person."""

    form_class = GuestForm
    template_name = "journeys/activities/guest.html"
    title = gettext_lazy("Inscrire quelqu’un par son surnom")
    submit = gettext_lazy("Inscrire")

    def find(self, pk):
        self.session = session_for(self.request, pk)
        if not inside.takes_register(self.request.user, self.session):
            raise PermissionDenied

    @property
    def lead(self):
        return f"{self.session.activity.title}, {saying.moment(self.session)}."

    def back(self):
        return reverse("session", args=[self.session.pk]), self.session.activity.title

    def extra(self):
        return {"once": self.once}

    @property
    def once(self) -> uuid.UUID:
        """What makes a second tap the same act."""
        try:
            return uuid.UUID(self.request.POST.get("once", ""))
        except ValueError:
            return uuid.uuid4()

    def act(self, form):
        self.row = enrol(
            session=self.session,
            by=self.request.user,
            nickname=form.cleaned_data["nickname"],
            part=Part(form.cleaned_data["part"]),
            client_uuid=self.once,
        )
        return self.row

    @property
    def done(self):
        return inside.told(self.row)

    def after(self, row):
        return {"undo_url": reverse("enrolment_withdraw", args=[row.pk])}


# -- Taking out, and back --------------------------------------------------------------------------


def _row(request, pk: int) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.user).select_related("session__activity")
    row = get_object_or_404(rows, pk=pk)
    if not Enrolment.objects.visible_to(request.user).managed_by(request.user).filter(pk=pk):
        raise PermissionDenied
    return row


@post_only
def enrolment_withdraw(request, pk):
    row = _row(request, pk)
    try:
        following = withdraw(enrolment=row, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        text = _("%(name)s n’est plus dans cette séance.") % {"name": row.nickname}
        if following:
            text += " " + _("%(name)s a la place.") % {"name": following.nickname}
        tell(request, text, undo_url=reverse("enrolment_restore", args=[row.pk]))
    return redirect("session", row.session_id)


@post_only
def enrolment_restore(request, pk):
    row = _row(request, pk)
    try:
        row = restore(enrolment=row, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, inside.told(row))
    return redirect("session", row.session_id)


# -- From somebody’s file --------------------------------------------------------------------------


class JourneyEnrolPage(ActPage):
    """« Inscrire à une séance »: the next ones, those at the same hour as another said so."""

    permission = MANAGE
    template_name = "journeys/activities/choose.html"
    form_class = SessionChoiceForm
    submit = gettext_lazy("Inscrire")

    @property
    def title(self):
        return _("Inscrire %(name)s à une séance") % {"name": self.journey.participant.nickname}

    def form_options(self):
        return {"sessions": inside.coming(self.journey.territory_id)}

    def act(self, form, seen):
        person = self.journey.participant
        self.clash = inside.clash(form.cleaned_data["session"], inside.enrolments_of(person))
        self.row = enrol(
            session=form.cleaned_data["session"], by=self.request.user, participant=person
        )
        return self.row

    @property
    def done(self):
        return " ".join(filter(None, [inside.told(self.row), self.clash]))

    def after(self, row):
        return {
            "undo_url": reverse("enrolment_withdraw", args=[row.pk]),
            "next_url": reverse("journey_enrol", args=[self.journey.pk]),
            "next_word": _("Inscrire à une autre séance"),
        }

    def extra(self):
        text = self.request.GET.get("q", "").strip()
        theirs = inside.enrolments_of(self.journey.participant)
        rows = inside.matching(inside.coming(self.journey.territory_id), text)
        shown = [inside.choice(one, theirs) for one in rows[:SESSIONS]]
        count = french.capitalised(french.spelled(len(rows), feminine=True))
        return {
            "q": text,
            "choices": shown,
            "is_cut": len(rows) > SESSIONS,
            "said": f"{count} {french.plural(len(rows), _('séance'))}",
        }
