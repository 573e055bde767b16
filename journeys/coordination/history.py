"""The history of a file in sentences: who did what, day by day, with what the path says of it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.models import Journey
from journeys.pathway.reading import Reading
from journeys.pathway.story import Moment, Story, What
from rtr.lib import french
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

SHOWN = 100
# Openings are told on the page of the team.
LEFT_OUT = [Act.OPENED, Act.DOWNLOADED, Act.EXPORTED, Act.PRINTED, Act.SIGNED_IN, Act.ROLE_CHANGED]
# What a reference of activity reads of a file.
OF_PATH = [
    Act.WELCOMED,
    Act.CONTACT_RECORDED,
    Act.CONTRACT_IN_FORCE,
    Act.PHASE_CHANGED,
    Act.PAUSED,
    Act.RESUMED,
    Act.OUTCOME_RECORDED,
    Act.OUTCOME_ENDED,
    Act.EXITED,
    Act.RETURNED,
    Act.EXTENDED,
    Act.TEAM_CHANGED,
    Act.UNDONE,
]
# The row of the path that a line of the journal is about.
TOLD = {
    What.PHASE: Act.PHASE_CHANGED,
    What.PAUSE: Act.PAUSED,
    What.EXIT: Act.EXITED,
    What.OUTCOME: Act.OUTCOME_RECORDED,
    What.EXTENSION: Act.EXTENDED,
}
MODELS = {
    What.PHASE: "phasechange",
    What.PAUSE: "absence",
    What.EXIT: "absence",
    What.OUTCOME: "outcome",
    What.EXTENSION: "extension",
}


@dataclass(frozen=True)
class Line:
    """One sentence: « Nadia » « a changé la phase », then what and why."""

    on: datetime.date
    at: datetime.datetime | None
    actor: str
    did: str
    said: str = ""


def lines_of(journey: Journey, story: Story, reading: Reading, before: str | None) -> dict:
    """Days of lines, the last first, and the key of the page before. Rows of the path that the
    journal does not tell (taken over from elsewhere) are told by their own day."""
    entries = _entries(journey, reading, before)
    more = len(entries) > SHOWN
    entries = entries[:SHOWN]
    about = [_moment(entry, story) for entry in entries]
    lines = [_line(entry, it, reading) for entry, it in zip(entries, about, strict=True)]
    if not more and not before:
        untold = [moment for moment in story.of(*TOLD) if moment not in about]
        lines += [_own_line(moment, reading) for moment in untold]
    lines.sort(key=lambda line: (line.on, line.at is not None, line.at or line.on), reverse=True)
    days = [(on, _once(group)) for on, group in groupby(lines, key=lambda line: line.on)]
    return {"days": days, "older": entries[-1].pk if more else None}


def _once(lines: Iterable[Line]) -> list[Line]:
    """The same act several times in a row is one line, at its last hour."""
    return [next(same) for _key, same in groupby(lines, key=lambda it: (it.actor, it.did, it.said))]


def _entries(journey: Journey, reading: Reading, before: str | None) -> list[JournalEntry]:
    entries = JournalEntry.objects.about(journey.participant_id).exclude(act__in=LEFT_OUT)
    if not reading.answers:
        entries = entries.filter(act__in=OF_PATH)
    if before and before.isdigit():
        entries = entries.filter(pk__lt=int(before[:18]))
    return list(entries[: SHOWN + 1])


def _moment(entry: JournalEntry, story: Story) -> Moment | None:
    """The row an act made, by its key; by its day where the journal does not name the row."""
    on = timezone.localtime(entry.at).date()
    for moment in story.of(*TOLD):
        if TOLD[moment.what] != entry.act:
            continue
        named = entry.object_type == MODELS[moment.what]
        if entry.object_id == moment.pk if named else moment.from_on == on:
            return moment
    return None


def _line(entry: JournalEntry, moment: Moment | None, reading: Reading) -> Line:
    at = timezone.localtime(entry.at)
    actor = str(entry.actor) if entry.actor else _("La plateforme")
    said = _said(moment, reading) if moment else ""
    return Line(at.date(), at, actor, entry.get_act_display(), said)


def _own_line(moment: Moment, reading: Reading) -> Line:
    names = {
        What.PHASE: _("Phase"),
        What.PAUSE: _("Pause"),
        What.EXIT: _("Sortie"),
        What.OUTCOME: _("Étape gagnée"),
        What.EXTENSION: _("Prolongation"),
    }
    return Line(moment.from_on, None, names[moment.what], "", _said(moment, reading))


def _said(moment: Moment, reading: Reading) -> str:
    """« Mobilisation, depuis le 21 avr. 2026 (raison) »."""
    since = french.day(moment.from_on, weekday=False)
    if moment.what == What.EXTENSION:
        return _with_reason(
            _("jusqu’au %(day)s") % {"day": french.day(moment.until_on, weekday=False)},
            moment.reason,
            reading,
        )
    if moment.what == What.PAUSE and not reading.answers:
        return _("depuis le %(day)s") % {"day": since}
    word = moment.label
    if moment.what in (What.PHASE, What.OUTCOME) and moment.step:
        word = f"{word}, {moment.step}"
    said = _("%(word)s, depuis le %(day)s") % {"word": word, "day": since}
    if moment.what == What.EXIT:
        said = _("%(word)s, le %(day)s") % {"word": word, "day": since}
    return _with_reason(said, moment.reason, reading)


def _with_reason(said: str, reason: str, reading: Reading) -> str:
    if reason and reading.answers:
        return _("%(said)s. Raison : %(reason)s") % {"said": said, "reason": reason}
    return said
