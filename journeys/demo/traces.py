"""The journal of the last twelve months: who did what, who opened the file."""

import datetime

from journeys.demo.chance import Chance, days
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

KEPT = 365  # days that the journal of accesses is kept


def collect(person: Talent) -> None:
    """Puts the acts of a journey in order, the welcome first."""
    person.acts.insert(0, (person.life.first_contact_on, Act.WELCOMED))
    person.acts.sort(key=lambda act: act[0])


def write_journal(person: Talent, rows: Rows, chance: Chance, today: datetime.date) -> None:
    """One line an act, with the journey's version after it; openings have none."""
    since = days(today, -KEPT)
    for version, (on, act) in enumerate(person.acts, start=1):
        if on >= since:
            _line(person, rows, chance, act, on, version)
    for _opening in range(chance.randint(0, 3)):
        on = chance.day(max(since, person.life.first_contact_on), person.life.ends_on)
        if on >= since:
            _line(person, rows, chance, Act.OPENED, on, None)


def _line(person: Talent, rows: Rows, chance: Chance, act: str, on, version) -> None:
    by = person.coordinator if chance.happens(0.3) else person.helper
    rows.add(
        JournalEntry,
        **person.ground.of,
        at=chance.hour(on),
        actor_id=by.user.pk,
        act=act,
        participant_id=person.participant_id,
        object_type="journey" if version else "participant",
        object_id=person.journey_id if version else person.participant_id,
        fields=[],
        version=version,
    )
