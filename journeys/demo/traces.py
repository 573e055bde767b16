"""The journal of the last twelve months: who did what, who opened the file."""

import datetime

from journeys.demo.chance import Chance, days
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

KEPT = 365  # days that the journal of accesses is kept
COORDINATED = {Act.EXITED, Act.EXTENDED, Act.TEAM_CHANGED}


def collect(person: Talent) -> None:
    """Puts the acts of a journey in order, the welcome first."""
    person.acts.insert(0, (person.life.first_contact_on, Act.WELCOMED))
    person.acts.sort(key=lambda act: act[0])


def write_journal(person: Talent, rows: Rows, chance: Chance, today: datetime.date) -> None:
    """One line an act, with the journey's version after it; openings between them have none."""
    since = days(today, -KEPT)
    lines = [(on, act, version) for version, (on, act) in enumerate(person.acts, start=1)]
    for _opening in range(chance.randint(0, 3)):
        first = max(since, person.life.first_contact_on)
        lines.append((chance.day(first, max(first, person.life.ends_on)), Act.OPENED, None))
    lines.sort(key=lambda line: line[0])
    last = None
    for on, act, version in lines:
        if on < since:
            continue
        last = _after(last, chance.hour(on), chance)
        rows.add(
            JournalEntry,
            **person.ground.of,
            at=last,
            actor_id=_actor(person, act),
            act=act,
            participant_id=person.participant_id,
            object_type="journey" if version else "participant",
            object_id=person.journey_id if version else person.participant_id,
            fields=[],
            version=version,
        )


def _after(last: datetime.datetime | None, at: datetime.datetime, chance: Chance):
    """Two acts of one day follow each other."""
    if last is None or at > last:
        return at
    return last + datetime.timedelta(minutes=chance.randint(1, 9))


def _actor(person: Talent, act: str) -> int:
    if act == Act.OBJECTED and person.user_id:
        return person.user_id
    return (person.coordinator if act in COORDINATED else person.helper).user.pk
