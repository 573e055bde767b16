"""« Des idées pour moi »: why each is shown, yes or no in one tap, and how it works."""

from types import SimpleNamespace

from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.models import Activity, Session
from journeys.activities.saying import moment
from journeys.pathway.enums import Status
from journeys.pathway.models import Journey
from journeys.portal.portal import around, own_page, show
from journeys.suggestions.actions import put_aside, take_back
from journeys.suggestions.models import NotForMe
from journeys.suggestions.saying import because
from journeys.suggestions.suggesting import ideas_for
from rtr.lib import french
from rtr.lib.http import post_only, posted
from rtr.lib.told import tell

IDEA = "idea"  # in the session: whose, and the session of the first one


def keep_idea(request, journey: Journey, session: int) -> None:
    request.session[IDEA] = [journey.pk, session]


def kept_idea(request, journey: Journey) -> SimpleNamespace | None:
    """The first idea of the last time they were looked for, if one may still come: other pages show
    it at the cost of one query."""
    whose, pk = request.session.get(IDEA, (0, 0))
    if whose != journey.pk or journey.status == Status.LEFT:
        return None
    rows = Session.objects.visible_to(request.user).held().filter(pk=pk, taken__lt=F("places"))
    rows = rows.exclude(enrolments__participant=journey.participant)
    found = rows.filter(starts_at__gt=timezone.now()).select_related("activity", "place").first()
    if found is None:
        return None
    return SimpleNamespace(session=found, when=french.capitalised(moment(found)))


@own_page
def ideas(request, journey):
    refused = NotForMe.objects.visible_to(request.user).filter(journey=journey)
    refused = list(refused.select_related("activity"))
    found = ideas_for(journey, reader=request.user, refused={row.activity_id for row in refused})
    for first in found.ideas[:1]:
        keep_idea(request, journey, first.session.pk)
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
    request.session.pop(IDEA, None)
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


ABOUT = "journeys/suggestions/about.html"


def about(request):
    """What it reads, what it never reads, who decides: in the frame of whoever asks."""
    if request.user.territory_id:
        return _about_mine(request)
    return render(request, ABOUT, {"is_team": True, "layout": "layouts/staff.html"})


@own_page
def _about_mine(request, journey):
    context = {"is_team": False, "layout": "journeys/portal/page.html"}
    return render(request, ABOUT, context | around(request, journey))
