"""What comes next for the person: an appointment, a session, something to read and sign, a call.

The soonest first; what is to be signed waits for what is today or tomorrow, and for nothing more.
One idea a sentence, twelve words at most, « vous ».
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.enums import Source, StaffPart
from journeys.activities.models import Enrolment, SessionStaff
from journeys.appointments.enums import AppointmentStatus
from journeys.appointments.moments import in_large
from journeys.appointments.reading import next_of
from journeys.appointments.saying import Shown
from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract
from journeys.participants.models import Participant
from journeys.pathway.enums import Status
from journeys.pathway.models import Journey
from journeys.pathway.story import Story
from rtr.lib import tongue


@dataclass(frozen=True)
class Coming:
    """`title` above, `when` in large, then lines of (icon, words). `url` and `word`: where it is
    read and done; `yes_url` and `no_url`: « Je viens », « Je ne peux pas »; `seen`: the version of
    an appointment that the page shows; `state`: (icon, words) of what was answered already."""

    title: str
    when: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    word: str = ""
    icon: str = "signpost-split"
    yes_url: str = ""
    no_url: str = ""
    seen: int | None = None
    state: tuple[str, str] | None = None
    appointment: Shown | None = None


def coming_of(journey: Journey, story: Story, came: int) -> list[Coming]:
    """What there is, the soonest first; never nothing. `came`: the session to which the person has
    just said « Je viens »."""
    to_sign = _midnight_after_tomorrow()
    found: list[tuple[datetime.datetime, Coming]] = []
    if appointment := next_of(journey):
        found.append((appointment.row.starts_at, _appointment(appointment)))
    if enrolment := _next_enrolment(journey.participant):
        found.append((enrolment.session.starts_at, _session(enrolment, came)))
    pending = _pending(journey)
    if pending and pending.is_frozen:
        found.append((to_sign, _contract()))
    if journey.entry_on and _has_hours_to_sign(journey):
        found.append((to_sign, _hours()))
    coming = [one for _at, one in sorted(found, key=lambda pair: pair[0])]
    if journey.participant.call_back_asked_on:
        coming.append(_call(journey.participant))
    if pending and not pending.is_frozen:
        coming.append(_draft(journey))
    return coming or [_otherwise(journey, story)]


def _midnight_after_tomorrow() -> datetime.datetime:
    day = timezone.localdate() + datetime.timedelta(days=2)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


# -- Moments ---------------------------------------------------------------------------------------


def _appointment(one: Shown) -> Coming:
    pk, states = one.row.pk, {}
    states[AppointmentStatus.ACCEPTED] = ("check-circle", _("C’est noté : vous venez."))
    states[AppointmentStatus.TO_CHANGE] = (
        "arrow-repeat",
        _("Vous ne pouvez pas. L’équipe cherche un autre moment."),
    )
    return Coming(
        _("Prochain rendez-vous"),
        one.when,
        url=reverse("portal_appointments"),
        word=_("Mes rendez-vous"),
        icon="calendar-event",
        yes_url=reverse("portal_appointment_yes", args=[pk]) if one.can_come else "",
        no_url=reverse("portal_appointment_no", args=[pk]) if one.can_decline else "",
        seen=one.row.version,
        state=states.get(one.row.status),
        appointment=one,
    )


def _next_enrolment(participant: Participant) -> Enrolment | None:
    animator = SessionStaff.objects.filter(session=OuterRef("session"), part=StaffPart.ANIMATOR)
    rows = Enrolment.objects.enrolled().filter(
        participant=participant,
        session__starts_at__gt=timezone.now(),
        session__cancelled_at__isnull=True,
    )
    name = Subquery(animator.order_by("pk").values("user__first_name")[:1])
    rows = rows.select_related("session__activity", "session__place").annotate(animator=name)
    return rows.order_by("session__starts_at", "pk").first()


def _session(row: Enrolment, came: int) -> Coming:
    session = row.session
    lines = [(session.activity.pictogram, tongue.isolated(session.activity.title))]
    if session.place:
        lines.append(("geo-alt", tongue.isolated(session.place.name)))
    if row.animator:
        name = {"name": tongue.own(row.animator)}
        lines.append(("person", _("Avec %(name)s") % name))
    said = row.source == Source.PORTAL or came == session.pk
    return Coming(
        _("Prochaine séance"),
        in_large(session.starts_at),
        lines,
        url=reverse("portal_activities"),
        word=_("Mes séances"),
        icon="calendar3",
        yes_url="" if said else reverse("portal_enrol", args=[session.pk]),
        no_url=reverse("portal_withdraw", args=[row.pk]),
        state=("check-circle", _("C’est noté : vous venez.")) if said else None,
    )


# -- To read and sign ------------------------------------------------------------------------------


def _pending(journey: Journey) -> Contract | None:
    """The version that the person has not signed yet."""
    pending = journey.contracts.filter(signed_on=None, cancelled_on=None)
    pending = pending.exclude(signatures__signer=Signer.PARTICIPANT)
    return pending.order_by("-number").first()


def _draft(journey: Journey) -> Coming:
    lines = [("pencil", _("Vous l’écrivez à deux.")), _with_whom(journey)]
    return Coming(_("La suite"), _("Votre contrat se prépare"), lines)


def _contract() -> Coming:
    lines = [("file-text", _("Lisez-le, posez vos questions, puis signez."))]
    title, word = _("Votre contrat vous attend"), _("Lire mon contrat")
    url = reverse("portal_contract")
    return Coming(_("À signer"), title, lines, url=url, word=word, icon="pen")


def _has_hours_to_sign(journey: Journey) -> bool:
    return journey.statements.all().standing().filter(person_signed_at=None).exists()


def _hours() -> Coming:
    lines = [("clock", _("Lisez ce que vous avez fait.")), ("pen", _("Puis signez."))]
    title, word = _("Vos heures vous attendent"), _("Lire mes heures")
    url = reverse("portal_statements")
    return Coming(_("À signer"), title, lines, url=url, word=word, icon="pen")


# -- A call, or nothing yet ------------------------------------------------------------------------


def _call(participant: Participant) -> Coming:
    when = tongue.ago(participant.call_back_asked_on, timezone.localdate())
    lines = [("clock", _("Vous l’avez demandé %(when)s.") % {"when": when})]
    if participant.call_back_moment:
        part = participant.get_call_back_moment_display()
        lines.append(("sun", _("Nous appelons plutôt %(part)s.") % {"part": part}))
    lines.append(("phone", _("Gardez votre téléphone près de vous.")))
    return Coming(_("La suite"), _("Nous allons vous appeler"), lines, icon="telephone")


def _otherwise(journey: Journey, story: Story) -> Coming:
    here, talk = _("La suite"), _with_whom(journey)
    if journey.status == Status.LEFT:
        return Coming(here, _("Vous pouvez revenir"), [talk])
    if journey.status == Status.PAUSED:
        return Coming(here, _("Vous êtes en pause"), [*_return(story), talk])
    if journey.entry_on is None:
        lines = [
            ("calendar3", _("Vous venez quand vous voulez.")),
            ("hand-thumbs-up", _("Rien n’est obligatoire.")),
        ]
        return Coming(here, _("Vous découvrez"), lines)
    return Coming(here, _("Choisir la suite ensemble"), [talk])


def _return(story: Story):
    if story.away and story.away.other_on:
        day = tongue.day_in_full(story.away.other_on, year=False)
        yield "calendar-event", _("Vous pensez revenir le %(day)s.") % {"day": day}


def _with_whom(journey: Journey) -> tuple[str, str]:
    if not journey.helper:
        return "people", _("Parlez-en à l’équipe.")
    name = {"name": tongue.own(journey.helper["name"])}
    return "person", _("Parlez-en avec %(name)s.") % name
