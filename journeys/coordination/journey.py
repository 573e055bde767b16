"""Two pages of somebody's file that compose every chapter: the essential, and the history."""

from django.shortcuts import render
from django.utils import timezone

from journeys.contracts.reading import agreement_of
from journeys.coordination.history import lines_of
from journeys.coordination.messages import of_journey
from journeys.pathway.coming import coming, limit_label, warnings_of
from journeys.pathway.contacts import contacts_of
from journeys.pathway.drawing import Away, Drawing, timeline
from journeys.pathway.enums import Status, StrengthKind
from journeys.pathway.file import file_context
from journeys.pathway.models import Journey
from journeys.pathway.pages import journey_for
from journeys.pathway.reading import Reading
from journeys.pathway.story import Moment, Story, What
from journeys.pathway.team import team_of


def essential(request, pk):
    """A person understood in ten seconds."""
    journey = journey_for(request, pk, "participants.list")
    context = file_context(request, journey, "essential")
    drawing = drawing_of(journey, context["story"], context["reading"])
    context |= {
        "timeline": timeline(drawing),
        "brings": _brings(journey),
        "coming": coming(journey, context["story"]),
        "contacts": contacts_of(journey),
        "team": team_of(journey, with_objections=context["reading"].answers),
        "days": (timezone.localdate() - journey.first_contact_on).days,
        "outcomes": _going_on(journey, context["story"]),
    }
    if context["reading"].answers:
        context |= agreement_of(journey)
    return render(request, "journeys/coordination/journey.html", context)


def history(request, pk):
    journey = journey_for(request, pk, "participants.list")
    context = file_context(request, journey, "history")
    context |= lines_of(journey, context["story"], context["reading"], request.GET.get("avant"))
    if context["reading"].answers:
        context |= of_journey(journey)
    return render(request, "journeys/coordination/history.html", context)


def _going_on(journey: Journey, story: Story) -> list[Moment]:
    if journey.status == Status.LEFT:
        return []
    return [outcome for outcome in story.of(What.OUTCOME) if outcome.until_on is None]


def drawing_of(journey: Journey, story: Story, reading: Reading) -> Drawing:
    """What the reader may see of the path: why a pause was taken is not for everyone."""
    return Drawing(
        name=journey.participant.nickname,
        first_contact_on=journey.first_contact_on,
        today=timezone.localdate(),
        entry_on=journey.entry_on,
        phases=tuple((moment.code, moment.from_on) for moment in story.turns),
        absences=tuple(
            Away(moment.what, moment.from_on, moment.until_on, _label(moment, reading))
            for moment in story.of(What.PAUSE, What.EXIT)
        ),
        outcomes=tuple((moment.label, moment.from_on) for moment in story.of(What.OUTCOME)),
        limit_on=journey.limit_on,
        limit_label=limit_label(journey) if journey.limit_on else "",
        warnings_on=tuple(warnings_of(journey)),
    )


def _label(moment: Moment, reading: Reading) -> str:
    return moment.label if reading.answers or moment.what == What.EXIT else ""


def _brings(journey: Journey) -> dict[str, list]:
    """Strengths, what was lived, the dream: strengths first (rule 13)."""
    rows = list(journey.strengths.all())
    return {
        "strengths": [r for r in rows if r.kind in (StrengthKind.STRENGTH, StrengthKind.TALENT)],
        "lived": [row for row in rows if row.kind == StrengthKind.LIVED],
        "dreams": [row for row in rows if row.kind == StrengthKind.DREAM],
    }
