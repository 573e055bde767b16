"""The participant's own pages, on a phone that may be somebody else's."""

from functools import wraps
from types import SimpleNamespace

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.contracts.reading import objectives_of
from journeys.experiences.reading import glance_of
from journeys.frames.reading import own_frames
from journeys.participants.actions import ask_call_back, cancel_call_back
from journeys.pathway.actions.people import object_to
from journeys.pathway.models import Journey, TeamMember
from journeys.pathway.story import story_of
from journeys.pathway.team import team_of
from journeys.portal.badges.reading import HEAVY, held_by
from journeys.portal.forms import CallMeForm
from journeys.portal.helper import helper_of, with_helper
from journeys.portal.reading import openings_by_person, openings_of_person, path_of
from rtr.lib import tongue
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.told import tell

LIVED, HELD = 3, 4  # experiences and badges on « Mon parcours », the last ones

MENU = [
    ("portal", gettext_lazy("Accueil"), "house"),
    ("portal_activities", gettext_lazy("Activités"), "calendar3"),
    ("portal_path", gettext_lazy("Mon parcours"), "signpost-split"),
    ("portal_badges", gettext_lazy("Mes badges"), "award"),
    ("portal_team", gettext_lazy("Mon équipe"), "people"),
]


def own_page(view):
    """Gives the view the person's own journey; idle minutes, or days, are counted from now."""

    @wraps(view)
    def page(request, *args, **kwargs):
        request.session.modified = True
        journeys = with_helper(Journey.objects.visible_to(request.user).with_status())
        journeys = journeys.select_related("participant", "territory__programme")
        journey = get_object_or_404(journeys, participant__user=request.user)
        return view(request, journey, *args, **kwargs)

    return page


def menu_for(request, words=None) -> list[SimpleNamespace]:
    """The words at the foot; `words`, a language of journeys.contracts.spoken."""
    return [
        SimpleNamespace(
            url=reverse(name),
            label=words.words["frame"][name] if words else label,
            icon=icon,
            current=reverse(name) == request.path,
        )
        for name, label, icon in MENU
    ]


def show(request, template: str, journey: Journey, *, status: int = 200, **context):
    context |= around(request, journey)
    return render(request, f"journeys/portal/{template}.html", context, status=status)


def around(request, journey: Journey, words=None) -> dict:
    """What the frame of every page shows; `words`, as in `menu_for`."""
    return {
        "journey": journey,
        "participant": journey.participant,
        "portal_menu": menu_for(request, words),
        "to_ask": helper_of(journey),
        "can_call": can_call(journey.participant),
    }


def _team(journey: Journey) -> list[TeamMember]:
    return list(journey.team.active().select_related("user", "organisation"))


@own_page
def path(request, journey):
    lived = glance_of(journey, request.user)
    return show(
        request,
        "path",
        journey,
        steps=path_of(journey, story_of(journey), [one.row.from_on for one in lived]),
        objectives=objectives_of(journey),
        contract=own_contract(journey.contracts.order_by("-number")),
        immersions=own_frames(journey),
        lived=lived[:LIVED],
        badges=held_by(request.user).defer(*HEAVY)[:HELD],
    )


def own_contract(versions):
    """The one in force, or the frozen one that waits; a draft is read with the team."""
    frozen = [one for one in versions if one.is_frozen and not one.cancelled_on]
    return next(iter(frozen), None)


@own_page
def team(request, journey):
    return show(
        request,
        "team",
        journey,
        members=team_of(journey).present,
        openings=openings_by_person(journey),
    )


@own_page
def object_page(request, journey, member):
    """Two taps: the link that leads here, and the button. The way back is the same page.

    The button says which of the two it asks, so that tapping it twice never gives access back.
    """
    member = get_object_or_404(journey.team.active().select_related("user"), pk=member)
    given_back = member.suspended_on is not None
    if request.method == "POST":
        standing = request.POST.get("standing") == "yes"
        object_to(member=member, by=request.user, standing=standing)
        name = {"name": tongue.own(member.user.first_name)}
        if standing:
            text = _("%(name)s peut lire votre dossier de nouveau.") % name
        else:
            text = _("%(name)s ne lit plus votre dossier.") % name
        tell(request, text)
        return redirect("portal_team")
    others = [m for m in _team(journey) if m.pk != member.pk and not m.suspended_on]
    return show(request, "object", journey, member=member, given_back=given_back, others=others)


@own_page
def openings(request, journey, person):
    """The days somebody opened the file, the last one first, twenty at a time."""
    page = request.GET.get("page", "1")
    found = openings_of_person(journey, person, int(page) if page.isdecimal() else 1)
    if found is None:
        raise Http404
    return show(request, "openings", journey, found=found)


@post_only
@own_page
def call_me(request, journey):
    """In one tap, at the number known; who left none says it first."""
    if not can_call(journey.participant):
        return redirect("portal_call_me_when")
    asked = request.POST.get("member", "")
    members = journey.team.standing().select_related("user")
    member = members.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    with_whom = member.user if member else None
    ask_call_back(participant=journey.participant, by=request.user, with_whom=with_whom)
    _tell_asked(request)
    return redirect("portal")


@own_page
def call_me_when(request, journey):
    """The moment of the day, and the number."""
    participant = journey.participant
    initial = {"moment": participant.call_back_moment}
    form = bound(CallMeForm, request, known=can_call(participant), initial=initial)
    if request.method == "POST" and form.is_valid():
        ask_call_back(participant=participant, by=request.user, **form.cleaned_data)
        _tell_asked(request)
        return redirect("portal")
    status = 422 if request.method == "POST" else 200
    return show(request, "call_me", journey, status=status, form=form)


def can_call(participant) -> bool:
    return bool(participant.contact or participant.phone)


def _tell_asked(request) -> None:
    tell(
        request,
        _("C’est demandé. Nous allons vous appeler."),
        undo_url=reverse("portal_call_me_not"),
    )


@post_only
@own_page
def call_me_not(request, journey):
    cancel_call_back(participant=journey.participant)
    tell(request, _("C’est annulé. Nous n’appelons pas."))
    return redirect("portal")
