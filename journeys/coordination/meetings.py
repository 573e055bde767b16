"""Lines of today about seeing and helping people: somebody to call back, an appointment that waits
for an answer or for its outcome, an aid asked for."""

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, ExtractIsoWeekDay, NullIf, TruncDate
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journeys.aids.enums import AidKind
from journeys.aids.models import AidRequest
from journeys.appointments.enums import AppointmentStatus
from journeys.appointments.models import Appointment
from journeys.coordination.needs import Line, Looking, Need, lines, plus
from journeys.coordination.reasons import NOTHING, OF_JOURNEY, OF_ROW, journeys
from journeys.coordination.sentences import closed
from journeys.participants.enums import DayPart
from rtr.lib import french
from rtr.templatetags.rtr import ago, dial

BAR = Value("|")
MINE = "*"


def _told(line: Line, sentence: str, **words) -> SafeString:
    """The sentence, with a full stop where it is no question."""
    who = format_html(
        '<a href="{}"><b>{}</b></a>', reverse("journey", args=[line.file]), line.nickname
    )
    told = format_html(sentence, who=who, **words)
    return told if told.endswith("?") else closed(told)


# -- Somebody to call back -------------------------------------------------------------------------


def to_call_back(looking: Looking) -> QuerySet:
    """The referent's until two working days passed, and the coordination's all along: nobody's
    call is lost while a colleague is away. Working days here are Monday to Friday.

    `detail`: whose it is, the part of the day, the number.
    """
    asked = "participant__call_back_asked_on"
    number = Coalesce(
        *(
            NullIf(Cast(f"participant__{name}", CharField()), NOTHING)
            for name in ("call_back_phone", "contact")
        ),
        Case(When(entry_on__isnull=False, then=F("participant__phone")), default=NOTHING),
        output_field=CharField(),
    )
    rows = journeys(looking).with_referent().filter(**{f"{asked}__isnull": False})
    # Whom the person asked for, else their referent.
    rows = rows.annotate(
        caller_id=Coalesce(
            "participant__call_back_with", "referent_id", output_field=BigIntegerField()
        ),
        caller=Coalesce("participant__call_back_with__first_name", "referent_name"),
    )
    whose = Case(
        When(Q(caller_id=looking.user.pk) | Q(caller_id__isnull=True), then=Value(MINE)),
        default=F("caller"),
        output_field=CharField(),
    )
    # Two working days after: a weekend between counts for nothing.
    wait = Case(
        When(weekday__in=[4, 5], then=Value(4)),
        When(weekday=6, then=Value(3)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = rows.annotate(weekday=ExtractIsoWeekDay(asked)).annotate(wait=wait)
    return lines(
        rows,
        **OF_JOURNEY,
        since=F(asked),
        due=plus(asked, "wait"),
        detail=Concat(whose, BAR, "participant__call_back_moment", BAR, number),
        is_now=Q(due__lte=looking.today)
        | Q(**{f"{asked}__lt": looking.today}, detail__startswith=MINE),
    )


def _call_back_sentence(line: Line) -> SafeString:
    whose = line.detail.split("|")[0]
    if whose == MINE:
        return _told(line, _("{who} attend votre appel"))
    if line.is_now:
        return _told(line, _("{who} attend toujours un appel, {name} n’a pas pu"), name=whose)
    return _told(line, _("{who} attend un appel de {name}"), name=whose)


def _call_back_notes(line: Line) -> list:
    """« demandé hier », « plutôt le matin », the number, « avant mardi »."""
    _whose, moment, number = line.detail.split("|", 2)
    notes = [format_html("{} {}", _("demandé"), ago(line.since))]
    if moment:
        notes.append(_("plutôt %(part)s") % {"part": DayPart(moment).label})
    if dial(number):
        link = '<bdi><a class="nowrap" href="tel:{}">{}</a></bdi>'
        notes.append(format_html(link, dial(number), french.phone(number)))
    elif number:
        notes.append(format_html("<bdi>{}</bdi>", number))
    if not line.is_now:
        notes.append(_("au plus tard %(day)s") % {"day": french.day(line.due, year=False)})
    return notes


CALL_BACK = Need(
    slug="call_back",
    icon="telephone-inbound",
    permission="journeys.act",
    rows=to_call_back,
    sentence=_call_back_sentence,
    notes=_call_back_notes,
    # To the number and « Rappel fait », on the file: one calls before one says so.
    act=lambda line: (_("Rappeler"), f"{reverse('journey', args=[line.file])}#rappel"),
)

# -- Appointments ----------------------------------------------------------------------------------


def _appointments(looking: Looking) -> QuerySet:
    """One's own; and those of a colleague who left, for the coordination."""
    mine = Q(with_user=looking.user.pk)
    if looking.user.may("journeys.read_all"):
        mine |= Q(with_user__is_active=False)
    rows = Appointment.objects.visible_to(looking.user).filter(mine, journey=OuterRef("pk"))
    return rows.order_by("starts_at", "pk")


def _first(rows: QuerySet, looking: Looking) -> QuerySet:
    """Journeys with such an appointment, each told by its first one."""
    day, asked = rows.values(day=TruncDate("starts_at")), rows.values(day=TruncDate("changed_at"))
    return lines(
        journeys(looking).filter(Exists(rows)),
        **OF_JOURNEY,
        since=Subquery(asked[:1]),
        due=Subquery(day[:1]),
        detail=Subquery(rows.values("status")[:1]),
        is_now=Q(due=looking.today),
    )


def to_answer(looking: Looking) -> QuerySet:
    return _first(_appointments(looking).to_answer_by_team(), looking)


def to_mark(looking: Looking) -> QuerySet:
    return _first(_appointments(looking).to_mark(), looking)


def _answer_sentence(line: Line) -> SafeString:
    day = french.day(line.due, year=False)
    if line.detail == AppointmentStatus.TO_CHANGE:
        return _told(line, _("{who} ne peut pas venir {day} : proposez un autre moment"), day=day)
    return _told(line, _("{who} propose un rendez-vous {day}"), day=day)


def _appointments_of(line: Line) -> str:
    return reverse("journey_appointments", args=[line.file])


ANSWER_APPOINTMENT = Need(
    slug="appointment",
    icon="calendar-event",
    permission="appointments.keep",
    rows=to_answer,
    sentence=_answer_sentence,
    notes=lambda line: [ago(line.since)],
    act=lambda line: (_("Répondre"), _appointments_of(line)),
)
MARK_APPOINTMENT = Need(
    slug="appointment_mark",
    icon="calendar-check",
    permission="appointments.keep",
    rows=to_mark,
    sentence=lambda line: _told(line, _("Le rendez-vous avec {who} a-t-il eu lieu ?")),
    notes=lambda line: [ago(line.due)],
    act=lambda line: (_("Noter"), _appointments_of(line)),
)

# -- Aids ------------------------------------------------------------------------------------------


def aids_asked(looking: Looking) -> QuerySet:
    rows = AidRequest.objects.visible_to(looking.user).filter(territory__in=looking.places)
    return lines(
        rows.waiting(),
        **OF_ROW,
        since=F("asked_on"),
        due=plus("asked_on", 7),
        detail=F("kind"),
        is_now=Q(due__lte=looking.today),
    )


def _aid_sentence(line: Line) -> SafeString:
    kind = AidKind(line.detail).label
    return _told(line, _("{who} a demandé un coup de pouce : {kind}"), kind=kind)


AID = Need(
    slug="aid",
    icon="cash-coin",
    permission="aids.decide",
    rows=aids_asked,
    sentence=_aid_sentence,
    notes=lambda line: [ago(line.since)],
    act=lambda line: (_("Répondre"), reverse("aid_decide", args=[line.file, line.about])),
)
