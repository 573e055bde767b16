"""« Des idées pour moi »: why each is shown, yes or no in one tap, and how it works."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.activities.models import Activity
from journeys.activities.saying import moment
from journeys.pathway.enums import Status
from journeys.portal.portal import menu_for, own_page, show
from journeys.suggestions.actions import put_aside, take_back
from journeys.suggestions.models import NotForMe
from journeys.suggestions.saying import because
from journeys.suggestions.suggesting import ideas_for
from rtr.lib import french
from rtr.lib.http import post_only, posted
from rtr.lib.told import tell


@own_page
def ideas(request, journey):
    refused = NotForMe.objects.visible_to(request.user).filter(journey=journey)
    refused = list(refused.select_related("activity"))
    found = ideas_for(journey, reader=request.user, refused={row.activity_id for row in refused})
    return show(
        request,
        "ideas",
        journey,
        ideas=[
            (idea, french.capitalised(moment(idea.session)), because(idea.parts))
            for idea in found.ideas
        ],
        is_blank=found.is_blank,
        refused=refused,
        can_come=journey.status != Status.LEFT,
    )


@post_only
@own_page
def refuse(request, journey):
    activity = posted(request, Activity.objects.visible_to(request.user))
    row = put_aside(journey=journey, by=request.user, activity=activity)
    tell(
        request,
        _("C’est noté. Nous ne la proposons plus."),
        undo_url=f"{reverse('portal_idea_restore')}?pk={row.pk}",
    )
    return redirect("portal_ideas")


@post_only
@own_page
def restore(request, journey):
    """Also of an activity that is in the catalogue no more: what was put aside is one's own."""
    aside = NotForMe.objects.visible_to(request.user).select_related("activity")
    take_back(journey=journey, by=request.user, activity=posted(request, aside).activity)
    tell(request, _("C’est noté. Nous pouvons la proposer."))
    return redirect("portal_ideas")


def about(request):
    """What it reads, what it never reads, who decides: in the frame of whoever asks."""
    is_team = request.user.territory_id is None
    context = {
        "is_team": is_team,
        "layout": "layouts/staff.html" if is_team else "journeys/portal/page.html",
        "portal_menu": menu_for(request),
    }
    return render(request, "journeys/suggestions/about.html", context)
