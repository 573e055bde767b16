"""Ideas on somebody's file: enrol in a tap, or put aside what is not for them."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.activities.coordination.enrolling import enrolled
from journeys.activities.models import Activity, Session
from journeys.pathway.enums import Status
from journeys.pathway.file import file_context
from journeys.pathway.pages import journey_for
from journeys.suggestions.actions import put_aside, take_back
from journeys.suggestions.models import NotForMe
from journeys.suggestions.saying import because_of
from journeys.suggestions.suggesting import ideas_for
from rtr.lib.http import post_only, posted
from rtr.lib.told import tell


def ideas(request, pk):
    journey = journey_for(request, pk, "suggestions.read")
    context = file_context(request, journey, "ideas")
    name = journey.participant.nickname
    refused = NotForMe.objects.visible_to(request.user).filter(journey=journey)
    refused = list(refused.select_related("activity"))
    found = ideas_for(journey, reader=request.user, refused={row.activity_id for row in refused})
    context |= {
        "ideas": [(idea, because_of(idea.parts, name)) for idea in found.ideas],
        "is_blank": found.is_blank,
        "refused": refused,
        "can_enrol": journey.status != Status.LEFT
        and request.user.may("enrolments.manage", journey.territory_id),
    }
    return render(request, "journeys/suggestions/ideas.html", context)


@post_only
def refuse(request, pk):
    journey = journey_for(request, pk, "suggestions.read")
    activity = posted(request, _activities(request, journey))
    put_aside(journey=journey, by=request.user, activity=activity)
    tell(
        request,
        _("« %(activity)s » ne sera plus proposée.") % {"activity": activity},
        undo_url=f"{reverse('idea_restore', args=[pk])}?pk={activity.pk}",
    )
    return redirect("ideas", pk)


@post_only
def restore(request, pk):
    journey = journey_for(request, pk, "suggestions.read")
    activity = posted(request, _activities(request, journey))
    take_back(journey=journey, by=request.user, activity=activity)
    tell(request, _("« %(activity)s » peut de nouveau être proposée.") % {"activity": activity})
    return redirect("ideas", pk)


def _activities(request, journey):
    return Activity.objects.visible_to(request.user).filter(territory=journey.territory_id)


@post_only
def join(request, pk):
    """One tap: the session that was shown, or the next place in its waiting list."""
    journey = journey_for(request, pk, "enrolments.manage")
    sessions = Session.objects.visible_to(request.user).filter(territory=journey.territory_id)
    session = posted(request, sessions.select_related("activity"))
    enrolled(request, session, journey.participant)
    return redirect("ideas", pk)
