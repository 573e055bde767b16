"""« Des idées pour moi »: why each is shown, yes or no in one tap, and how it works."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.activities.actions.enrolling import enrol
from journeys.activities.enums import Source
from journeys.activities.models import Activity, Session
from journeys.portal.portal import menu_for, own_page, show
from journeys.suggestions.actions import put_aside, take_back
from journeys.suggestions.models import NotForMe
from journeys.suggestions.saying import because, enrolled
from journeys.suggestions.suggesting import ideas_for
from rtr.lib.http import post_only
from rtr.lib.told import tell


@own_page
def ideas(request, journey):
    found = ideas_for(journey, reader=request.user)
    refused = NotForMe.objects.visible_to(request.user).filter(journey=journey)
    return show(
        request,
        "ideas",
        journey,
        ideas=[(idea, because(idea.parts)) for idea in found.ideas],
        is_blank=found.is_blank,
        refused=refused.select_related("activity"),
    )


@post_only
@own_page
def refuse(request, journey, activity):
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=activity)
    put_aside(journey=journey, by=request.user, activity=activity)
    tell(
        request,
        _("C’est noté. Nous ne la proposons plus."),
        undo_url=reverse("portal_idea_restore", args=[activity.pk]),
    )
    return redirect("portal_ideas")


@post_only
@own_page
def restore(request, journey, activity):
    """Also of an activity that is in the catalogue no more: what was put aside is one's own."""
    row = get_object_or_404(
        NotForMe.objects.visible_to(request.user).select_related("activity"), activity=activity
    )
    take_back(journey=journey, by=request.user, activity=row.activity)
    tell(request, _("C’est noté. Nous pouvons la proposer."))
    return redirect("portal_ideas")


@post_only
@own_page
def join(request, journey, session):
    sessions = Session.objects.visible_to(request.user).select_related("activity")
    session = get_object_or_404(sessions, pk=session)
    try:
        row = enrol(
            session=session,
            by=request.user,
            participant=journey.participant,
            source=Source.PORTAL,
        )
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.ERROR)
    else:
        tell(request, enrolled(row, session))
    return redirect("portal_ideas")


def about(request):
    """What it reads, what it never reads, who decides: in the frame of whoever asks."""
    if not request.user.territory_id:
        return render(request, "journeys/suggestions/about.html", {"layout": "layouts/staff.html"})
    context = {"layout": "journeys/portal/page.html", "portal_menu": menu_for(request)}
    return render(request, "journeys/suggestions/about.html", context)
