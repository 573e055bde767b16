"""A register as its pages read it: numbers and nicknames, for everyone alike (rule 14).

Whatever shows, sends or prints a register takes its rows from `rows_of`: nothing of a row leaves
it but what is written there, so that nothing can tell who is in the programme.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.enums import Attendance, EnrolmentStatus, Part
from journeys.activities.models import Session
from journeys.activities.saying import hours as hours_said
from journeys.registers import hours
from journeys.registers.actions.syncing import token
from journeys.registers.enums import MarkKind
from journeys.registers.models import AttendanceMark
from rtr.lib import french
from territories.accounts.models import User

LATE = datetime.timedelta(days=60)  # registers not taken are asked for during this time
AFTERWARDS = datetime.timedelta(days=2)  # a volunteer's phone may find the network again


def registers_of(user: User) -> QuerySet:
    """Sessions whose register the user may take."""
    there = user.territories_where("registers.take")
    rows = Session.objects.registered_by(user).filter(territory_id__in=there)
    return rows.select_related("activity", "place")


def register_for(request: HttpRequest, pk: int) -> Session:
    return get_object_or_404(registers_of(request.user), pk=pk)


def sent_for(request: HttpRequest, pk: int) -> tuple[Session, bool]:
    """The session that a phone sends gestures of, and whether its rows may be answered: who helped
    there yesterday may still send what they tapped, and reads nothing more."""
    found = registers_of(request.user).filter(pk=pk).first()
    if found is not None:
        return found, True
    since = timezone.now() - AFTERWARDS
    helped = Session.objects.filter(
        territory_id__in=request.user.territories_where("registers.take"),
        staff__user=request.user,
        starts_at__range=(since, timezone.now()),
    )
    return get_object_or_404(helped.select_related("activity", "place"), pk=pk), False


def rows_of(session: Session) -> list[dict]:
    """n: number, name: nickname, a: attendance, m: minutes, s: when it was noted, w: waits for a
    place. In the order of numbers."""
    rows = session.enrolments.standing().order_by("number")
    return [
        {
            "n": row.number,
            "name": row.nickname,
            "a": row.attendance,
            "m": row.minutes,
            "s": token(row),
            "w": row.status == EnrolmentStatus.WAITING,
        }
        for row in rows.only(
            "session", "number", "nickname", "attendance", "minutes", "recorded_at", "status"
        )
    ]


def sheet_of(session: Session) -> dict:
    """What a phone keeps of a register."""
    return {
        "pk": session.pk,
        "title": session.activity.title,
        "when": when(session),
        "on": timezone.localdate(session.starts_at).isoformat(),
        "place": session.place.name if session.place else "",
        "planned": hours.planned(session),
        "places": session.places,
        "full": session.enrolments.enrolled().filter(part=Part.TAKES_PART).count()
        >= session.places,
        "rows": rows_of(session),
        "at": timezone.now().isoformat(),
    }


def when(session: Session) -> str:
    day = french.day(timezone.localdate(session.starts_at))
    return f"{day}, {hours_said(session)}"


@dataclass(frozen=True)
class Presence:
    present: int
    there: int
    places: int

    @property
    def beyond(self) -> int:
        return max(0, self.present - self.places)


def counted(sheet: dict) -> Presence:
    rows = [row for row in sheet["rows"] if not row["w"]]
    present = sum(row["a"] == Attendance.PRESENT for row in rows)
    return Presence(present, len(rows), sheet["places"])


def is_of_past_month(session: Session) -> bool:
    """Corrected now, the hours of that month change: said on its page, whoever is in it."""
    return hours.month_of(session) < timezone.localdate().replace(day=1)


# -- Which registers ---------------------------------------------------------------------------


def with_counts(sessions: QuerySet) -> QuerySet:
    there = Q(enrolments__status=EnrolmentStatus.ENROLLED)
    return sessions.annotate(
        there=Count("enrolments", filter=there),
        present=Count("enrolments", filter=there & Q(enrolments__attendance=Attendance.PRESENT)),
        not_noted=Count(
            "enrolments", filter=there & Q(enrolments__attendance=Attendance.REGISTERED)
        ),
    )


def listed(user: User, place_ids: set[int]) -> dict[str, list[Session]]:
    """Today's sessions, those whose register is not taken, and those taken this week."""
    today = timezone.localdate()
    start = timezone.make_aware(datetime.datetime.combine(today, datetime.time()))
    rows = registers_of(user).held().filter(territory_id__in=place_ids)
    rows = with_counts(
        rows.filter(starts_at__gte=start - LATE, starts_at__lt=start + datetime.timedelta(days=1))
    )
    found = list(rows.order_by("starts_at", "pk"))
    for session in found:
        session.said = when(session)
    past = [session for session in reversed(found) if session.starts_at < start]
    week = start - datetime.timedelta(days=7)
    return {
        "today": [session for session in found if session.starts_at >= start],
        "waiting": [session for session in past if session.not_noted],
        "taken": [s for s in past if not s.not_noted and s.there and s.starts_at >= week],
    }


# -- Who noted, and what was corrected ----------------------------------------------------------


def corrections_of(session: Session) -> list[dict]:
    """Rows noted one way, then another: by whom, when. The same words for everyone."""
    marks = (
        AttendanceMark.objects.filter(enrolment__session=session, kind=MarkKind.NOTED)
        .exclude(was_attendance=Attendance.REGISTERED)
        .select_related("enrolment", "by")
        .order_by("-received_at", "-pk")[:20]
    )
    return [
        {
            "number": mark.enrolment.number,
            "nickname": mark.enrolment.nickname,
            "before": _said(mark.was_attendance, mark.was_minutes),
            "after": _said(mark.attendance, mark.minutes),
            "by": mark.by.first_name,
            "at": mark.at,
        }
        for mark in marks
    ]


def _said(attendance: str, minutes: int | None) -> str:
    label = str(Attendance(attendance).label)
    return f"{label}, {hours.said(minutes)}" if minutes else label


def words() -> dict[str, str]:
    """What the page says without asking the server; {n}, {name}… are filled in there."""
    return {
        "saved": _("Tout est enregistré"),
        "sending": _("Envoi en cours"),
        "offline_0": _("Hors ligne : vos gestes seront gardés sur ce téléphone"),
        "offline_1": _("Hors ligne : 1 geste gardé sur ce téléphone"),
        "offline_n": _("Hors ligne : {n} gestes gardés sur ce téléphone"),
        "waiting_1": _("1 geste gardé sur ce téléphone, à envoyer"),
        "waiting_n": _("{n} gestes gardés sur ce téléphone, à envoyer"),
        "signed_out": _("Reconnectez-vous pour envoyer : rien n’est perdu sur ce téléphone"),
        "closed": _("Cette feuille n’est plus ouverte pour vous : montrez-la à l’équipe"),
        "choose": _("Une présence a été notée autrement : choisissez"),
        "count_1": _("{p} présent sur {t}"),
        "count_n": _("{p} présents sur {t}"),
        "beyond": _("dont {n} au-delà des {places} places"),
        "done": _("{name} : {state}."),
        "everybody": _("Tout le monde est noté présent."),
        "added": _("{name} est là."),
        "removed": _("C’est annulé."),
        "new": _("nouveau"),
        "theirs": _("{by} a noté : {theirs}. Vous : {mine}."),
        "full": _("La séance est complète ({places} places). La personne est-elle bien là ?"),
        "empty": _("Écrivez le surnom de la personne."),
        "card": _("Carte {code}"),
        "no_camera": _("L’appareil photo ne répond pas : écrivez le code de la carte."),
        "not_here": _("Cette feuille n’est pas sur ce téléphone. Ouvrez-la avec du réseau."),
        "registered": str(Attendance.REGISTERED.label),
        "present": str(Attendance.PRESENT.label),
        "absent_excused": str(Attendance.ABSENT_EXCUSED.label),
        "absent": str(Attendance.ABSENT.label),
    }
