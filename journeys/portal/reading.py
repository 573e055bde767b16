"""What a participant reads of their own journey: what comes next, the path, who opened the file.

One idea a sentence, twelve words at most, « vous »; never a word that files somebody away.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.pathway.enums import Phase, Status
from journeys.pathway.models import Journey
from journeys.pathway.story import Moment, Story, What
from rtr.lib import tongue
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

# -- The path, as it is told to the person ---------------------------------------------------------

SIDES = {Phase.REPERAGE: "l", Phase.MOBILISATION: "r", Phase.INSERTION: "l"}
ACROSS = {"l": 20, "r": 36, "s": 28}  # where a mark stands, in a trace 56 wide


@dataclass(frozen=True)
class PathStep:
    """A line of the path; `trace` draws the way to the next one."""

    kind: str
    title: str
    when: str = ""
    said: str = ""
    phase: str = ""
    side: str = "s"
    is_ahead: bool = False
    trace: str = ""


def path_of(journey: Journey, story: Story, lived: list[datetime.date]) -> list[PathStep]:
    """Everything that was lived, in order, then today and what is open. `lived`: the days of what
    the person did, told under the phase they were in."""
    dated = [*_lived(story, lived)]
    if journey.entry_on:
        said = _("Vous avez signé votre contrat.")
        dated.append((journey.entry_on, 1, PathStep("contract", said, _full(journey.entry_on))))
    steps = [step for _on, _rank, step in sorted(dated, key=lambda one: one[:2])]
    if journey.status == Status.LEFT:
        steps.append(PathStep("open", _("Vous pouvez revenir."), is_ahead=True))
    else:
        steps.append(PathStep("today", _("Vous êtes ici"), _full(timezone.localdate())))
        steps.append(PathStep("open", _("La suite se décide avec vous."), is_ahead=True))
    return [_traced(step, then) for step, then in zip(steps, [*steps[1:], None], strict=True)]


def _lived(story: Story, lived: list[datetime.date]):
    turns = story.turns
    for moment, then in zip(turns, [*turns[1:], None], strict=True):
        title = str(Phase(moment.code).for_participant)
        side = SIDES[moment.code]
        last = then.from_on if then else datetime.date.max
        said = _counted(sum(moment.from_on <= day < last for day in lived))
        step = PathStep("phase", title, tongue.month(moment.from_on), said, moment.code, side)
        yield moment.from_on, 0, step
    for moment in story.of(What.OUTCOME):
        if moment.from_on <= timezone.localdate():
            yield moment.from_on, 2, PathStep("outcome", moment.label, _full(moment.from_on))
    for moment in story.of(What.PAUSE):
        yield moment.from_on, 3, PathStep("pause", _("Une pause"), _month_span(moment))
    for moment in story.of(What.EXIT):
        yield moment.from_on, 4, PathStep("exit", _("Fin du parcours"), _full(moment.from_on))
        if moment.until_on and moment.until_on <= timezone.localdate():
            yield moment.until_on, 5, PathStep("return", _("Le retour"), _full(moment.until_on))


def _counted(count: int) -> str:
    if not count:
        return ""
    words = {"count": tongue.spelled(count, feminine=True)}
    text = ngettext(
        "Vous avez vécu %(count)s expérience.", "Vous avez vécu %(count)s expériences.", count
    )
    return text % words


def _full(on: datetime.date) -> str:
    return tongue.day_in_full(on)


def _month_span(moment: Moment) -> str:
    first = tongue.month(moment.from_on)
    last = tongue.month(moment.until_on) if moment.until_on else ""
    months = {"first": first, "last": last}
    return _("%(first)s à %(last)s") % months if last and last != first else first


def _traced(step: PathStep, then: PathStep | None) -> PathStep:
    """A line that winds from this mark to the next."""
    start, stop = ACROSS[step.side], ACROSS[then.side if then else "s"]
    return PathStep(**step.__dict__ | {"trace": f"M{start} 0C{start} 40 {stop} 60 {stop} 100"})


# -- Who opened the file ---------------------------------------------------------------------------

SHOWN, MOST_PAGES = 20, 500  # a year of days, and more


def _openings(journey: Journey):
    """Times somebody read, printed or took something of the file, or saw the person's pages."""
    return JournalEntry.objects.filter(
        participant_id=journey.participant_id,
        act__in=[Act.OPENED, Act.DOWNLOADED, Act.PRINTED, Act.HELP_STARTED],
        actor__isnull=False,
        actor__territory__isnull=True,  # the person's own visits are nobody's business
    )


def openings_by_person(journey: Journey) -> list[dict]:
    """Who did: how many times, the last one first."""
    rows = _openings(journey).values("actor", "actor__first_name", "actor__last_name")
    rows = rows.annotate(times=Count("pk"), last=Max("at"))
    return [
        {"name": f"{row['actor__first_name']} {row['actor__last_name']}".strip(), **row}
        for row in rows.order_by("-last")[:SHOWN]
    ]


@dataclass(frozen=True)
class Openings:
    """A page of the days of one person; `previous` and `next` are numbers of pages, or 0."""

    name: str
    days: list[dict]
    previous: int
    next: int


def openings_of_person(journey: Journey, person: int, page: int) -> Openings | None:
    """None for somebody who never opened this file."""
    entries = _openings(journey).filter(actor=person)
    last = entries.select_related("actor").order_by("-pk").first()
    if last is None:
        return None
    page = min(max(page, 1), MOST_PAGES)
    start = (page - 1) * SHOWN
    days = entries.annotate(day=TruncDate("at")).values("day").annotate(times=Count("pk"))
    found = list(days.order_by("-day")[start : start + SHOWN + 1])
    following = page + 1 if len(found) > SHOWN else 0
    return Openings(str(last.actor), found[:SHOWN], page - 1, following)
