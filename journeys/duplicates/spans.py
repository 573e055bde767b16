"""Pauses and exits of two files read as one life: what closes, what clashes."""

import datetime
from itertools import product

from django.utils.translation import gettext as _

from journeys.pathway.enums import AbsenceKind
from journeys.pathway.models import Absence, Journey
from rtr.lib import french


def returns(kept: Journey, absorbed: Journey) -> dict[int, datetime.date]:
    """Absences without a return that began before the other file did: the person came back on
    the day the other file was opened. Absence → that day."""
    found = {}
    for mine, other in ((kept, absorbed), (absorbed, kept)):
        for absence in mine.absences.filter(until_on=None, from_on__lt=other.first_contact_on):
            found[absence.pk] = other.first_contact_on
    return found


def clashes(kept: Journey, absorbed: Journey) -> list[str]:
    """What must be corrected first: absences of the two files that overlap, or one without a
    return while the other file says that the person was seen since."""
    back = returns(kept, absorbed)
    pairs = product(kept.absences.all(), absorbed.absences.all())
    said = [_overlap(kept, one, absorbed, other) for one, other in pairs if _meet(one, other, back)]
    for mine, other in ((kept, absorbed), (absorbed, kept)):
        for absence in mine.absences.filter(until_on=None).exclude(pk__in=back):
            if other.last_contact_on and other.last_contact_on > absence.from_on:
                said.append(_seen_since(mine, absence, other))
    return said


def _meet(one: Absence, other: Absence, back: dict[int, datetime.date]) -> bool:
    ends = [absence.until_on or back.get(absence.pk) for absence in (one, other)]
    return (ends[1] is None or one.from_on < ends[1]) and (
        ends[0] is None or other.from_on < ends[0]
    )


def _overlap(kept: Journey, one: Absence, absorbed: Journey, other: Absence) -> str:
    text = _(
        "%(one)s (%(code)s) et %(other)s (%(other_code)s) se recouvrent : "
        "corrigez d’abord l’une des deux."
    )
    return text % {
        "one": french.capitalised(in_words(one)),
        "code": kept.participant.code,
        "other": in_words(other),
        "other_code": absorbed.participant.code,
    }


def _seen_since(mine: Journey, absence: Absence, other: Journey) -> str:
    text = _(
        "%(code)s est en absence depuis le %(day)s, mais %(other)s a été vu le %(seen)s : "
        "notez d’abord le retour."
    )
    return text % {
        "code": mine.participant.code,
        "day": french.day(absence.from_on, weekday=False),
        "other": other.participant.code,
        "seen": french.day(other.last_contact_on, weekday=False),
    }


def in_words(absence: Absence) -> str:
    """« la pause du 3 mars 2026 », « la sortie du 5 mai 2026 »."""
    is_exit = absence.kind == AbsenceKind.EXIT
    text = _("la sortie du %(day)s") if is_exit else _("la pause du %(day)s")
    return text % {"day": french.day(absence.from_on, weekday=False)}
