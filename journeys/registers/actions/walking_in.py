"""Somebody is at the door: by nickname, or by their card; counted, even past the last place."""

import re
import unicodedata
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.activities.actions.enrolling import count, enrol
from journeys.activities.enums import Attendance, EnrolmentStatus, Part, Source
from journeys.activities.models import Enrolment, Session
from journeys.participants.models import Participant
from journeys.registers.actions.marking import Gesture, open_register, write
from journeys.registers.enums import MarkKind
from journeys.registers.models import AttendanceMark
from rtr.lib.forms import refuse_numbers
from rtr.lib.limits import passes

CODE = re.compile(r"([^\W\d_]{2,16})[\s-]+(\d{4})(?!\d)")
UNKNOWN_PER_HOUR = 30


class Full(ValidationError):
    """No place left: the person is in the room, and somebody says so before they are counted."""


class UnknownCard(ValidationError):
    """Nobody has this code here."""


def code_in(text: str) -> str:
    """The code that a card carries, as it is kept; nothing for a nickname.

    >>> code_in("loutre 4821")
    'LOUTRE-4821'
    """
    found = CODE.fullmatch(unicodedata.normalize("NFC", text.strip()))
    return f"{found[1].upper()}-{found[2]}" if found else ""


@transaction.atomic
def walk_in(
    *, session: Session, gesture: Gesture, who: str, beyond: bool = False
) -> AttendanceMark:
    """Note somebody who came without a place: `who`, a nickname or the code of a card.

    Parameters: `beyond`, it was confirmed that they are there although no place is left.
    Raises Full, UnknownCard, and ValidationError for what no register takes.
    """
    person = _holder(session, who, gesture) if code_in(who) else None
    session = open_register(session)
    enrolment = _there(session, person, gesture)
    if enrolment is None:
        enrolment = _add(session, person, who, gesture, beyond)
        gesture = replace(gesture, kind=MarkKind.ADDED)
    elif done := enrolment.marks.filter(uuid=gesture.uuid).first():
        return done
    elif enrolment.attendance == Attendance.PRESENT:
        return enrolment.marks.last() or write(session, enrolment, gesture)
    return write(session, enrolment, gesture)


def _holder(session: Session, who: str, gesture: Gesture) -> Participant:
    """Whose card it is, in the session's territory only. A file that was merged leads to the other.

    Guessing codes is slowed down: so many unknown ones an hour.
    """
    found = (
        Participant.everyone.filter(territory_id=session.territory_id, code=code_in(who))
        .select_related("merged_into")
        .first()
    )
    if found is not None:
        return found.merged_into or found
    if not passes("card", str(gesture.by.pk), most=UNKNOWN_PER_HOUR, seconds=3600):
        raise UnknownCard(_("Trop de cartes inconnues. Notez la personne par son surnom."))
    raise UnknownCard(_("Cette carte n’est pas connue ici. Notez la personne par son surnom."))


def _there(session: Session, person: Participant | None, gesture: Gesture) -> Enrolment | None:
    """Their row, if there is one: this very gesture sent again, or somebody enrolled already."""
    rows = session.enrolments.select_for_update(of=("self",))
    found = rows.filter(client_uuid=gesture.uuid).first()
    if found is None and person is not None:
        found = rows.standing().filter(participant=person).first()
    if found is not None:
        found.session = session
    return found


def _add(session, person, who: str, gesture: Gesture, beyond: bool) -> Enrolment:
    nickname = " ".join(who.split())
    if person is None:
        if not nickname:
            raise ValidationError({"who": _("Écrivez le surnom de la personne.")})
        refuse_numbers(nickname)
    taken = session.enrolments.enrolled().filter(part=Part.TAKES_PART).count()
    if taken >= session.places and not beyond:
        text = _("La séance est complète (%(places)s places). La personne est-elle bien là ?")
        raise Full(text % {"places": session.places})
    enrolment = enrol(
        session=session,
        by=gesture.by,
        participant=person,
        nickname=nickname,
        source=Source.CARD if person else Source.WALK_IN,
        client_uuid=gesture.uuid,
    )
    if enrolment.status == EnrolmentStatus.WAITING:  # no place left, but in the room
        enrolment.status = EnrolmentStatus.ENROLLED
        enrolment.save(update_fields=["status"])
        session.last_number = enrolment.number
        count(session)
    enrolment.session = session
    return enrolment
