"""Two pages of somebody's file that compose every chapter: the essential, and the history."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.achievements.models import ICONS
from journeys.appointments.enums import Side
from journeys.appointments.reading import shown
from journeys.contracts.reading import agreement_of
from journeys.coordination.history import lines_of
from journeys.coordination.messages import of_journey
from journeys.experiences.reading import Lived, Told, glance_of, skills_of, states_of
from journeys.frames.reading import going_on
from journeys.pathway import drawing as drawn
from journeys.pathway.coming import Coming, coming, limit_label, warnings_of
from journeys.pathway.contacts import contacts_of
from journeys.pathway.drawing import Away, Drawing, timeline
from journeys.pathway.enums import Status, StrengthKind
from journeys.pathway.file import file_context
from journeys.pathway.models import Journey
from journeys.pathway.pages import journey_for
from journeys.pathway.reading import Reading
from journeys.pathway.story import Moment, Story, What
from journeys.pathway.team import team_of

SHOWN = 4  # experiences and skills on the first page; the others have their own

APPOINTMENTS = 5  # shown among what comes


def essential(request, pk):
    """A person understood in ten seconds."""
    journey = journey_for(request, pk, "participants.list")
    context = file_context(request, journey, "essential")
    lived = glance_of(journey, request.user)
    drawing = drawing_of(journey, context["story"], context["reading"], lived)
    context |= {
        "timeline": timeline(drawing),
        "states": states_of(lived),
        "brings": _brings(journey, lived),
        "coming": with_appointments(coming(journey, context["story"]), journey),
        "contacts": contacts_of(journey),
        "team": team_of(journey, with_objections=context["reading"].answers),
        "days": (timezone.localdate() - journey.first_contact_on).days,
        "outcomes": _going_on(journey, context["story"]),
        "frames": going_on(context["story"]),
    }
    if context["reading"].answers:
        context |= agreement_of(journey)
    return render(request, "journeys/coordination/journey.html", context)


def with_appointments(found: list[Coming], journey: Journey) -> list[Coming]:
    """What comes on a journey, its appointments among the rest."""
    rows = journey.appointments.ahead().select_related("with_user", "place")
    for one in shown(rows.order_by("starts_at", "pk")[:APPOINTMENTS], Side.TEAM):
        words = {"name": one.row.with_user.first_name, "hour": one.hour}
        said = _("%(hour)s, avec %(name)s") % words
        found.append(Coming(one.row.on, _("Rendez-vous"), f"{said}, {one.state}"))
    return sorted(found, key=lambda each: each.on)


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


def drawing_of(
    journey: Journey, story: Story, reading: Reading, lived: list[Lived] = ()
) -> Drawing:
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
        experiences=tuple(_mark(one) for one in lived),
        badges=tuple(_medal(moment) for moment in story.of(What.BADGE)),
        limit_on=journey.limit_on,
        limit_label=limit_label(journey) if journey.limit_on else "",
        warnings_on=tuple(warnings_of(journey)),
    )


def _label(moment: Moment, reading: Reading) -> str:
    return moment.label if reading.answers or moment.what == What.EXIT else ""


def _mark(one: Lived) -> drawn.Lived:
    """A period is a thick line; an activity that came back, a thin one."""
    return drawn.Lived(
        from_on=one.row.from_on,
        until_on=one.row.until_on,
        icon=one.icon,
        is_told=one.told != Told.NOT_YET,
        is_discussed=one.told == Told.DISCUSSED,
        is_long=one.row.activity_id is None,
    )


def _medal(moment: Moment) -> drawn.Medal:
    return drawn.Medal(moment.from_on, moment.label, ICONS.get(moment.reason, "award"))


def _brings(journey: Journey, lived: list[Lived]) -> dict[str, list]:
    """Strengths, what was lived, the dream: strengths first (rule 13)."""
    rows = list(journey.strengths.all())
    return {
        "strengths": [r for r in rows if r.kind in (StrengthKind.STRENGTH, StrengthKind.TALENT)],
        "lived": [row for row in rows if row.kind == StrengthKind.LIVED],
        "experiences": lived[:SHOWN],
        "skills": [word for word, _times in skills_of(lived)[:SHOWN]],
        "dreams": [row for row in rows if row.kind == StrengthKind.DREAM],
    }
