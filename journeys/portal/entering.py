"""Coming in, whatever the way; and going out, leaving nothing on the phone."""

import time
from enum import StrEnum
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from journeys.participants.models import Participant
from journeys.portal.actions import account_of
from rtr import scope
from rtr.lib import kept
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act

IDLE_SECONDS, OWN_SECONDS = 10 * 60, 30 * 24 * 3600
OWN = "own_phone"  # in the session: the person said that the phone is theirs
PEOPLE, CHOOSE_SECONDS = "entering", 5 * 60


class Way(StrEnum):
    SMS = "sms"
    LINK = "link"
    CARD = "card"
    SCREEN = "screen"


def network_of(request: HttpRequest) -> str:
    return get_adapter().get_client_ip(request)


def for_the_person(view):
    """A door that nobody of the team passes in their own session."""

    @wraps(view)
    def page(request, *args, **kwargs):
        is_team = request.user.is_authenticated and not request.user.territory_id
        if is_team and (request.method == "POST" or "token" in kwargs):
            return render(request, "journeys/portal/not_you.html", status=403)
        return view(request, *args, **kwargs)

    return page


def let_in(request: HttpRequest, user: User, way: Way):
    """The one way in: a new session, short until the person says that the phone is theirs."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.cycle_key()
    request.session.pop(PEOPLE, None)
    request.session[OWN] = False
    request.session.set_expiry(IDLE_SECONDS)
    UserSession.objects.create_from_request(request)
    with scope.over([user.territory_id]):
        record(
            Act.ENTERED,
            by=user,
            territory_id=user.territory_id,
            participant_id=user.participant.pk,
            fields=[way],
        )
    return redirect("portal_phone")


def let_in_one(request: HttpRequest, people: list[Participant], way: Way):
    """The only person there; several choose who they are; nobody is asked to begin again."""
    if len(people) > 1:
        ids = [person.pk for person in people]
        request.session[PEOPLE] = {"ids": ids, "way": way, "at": time.time()}
        return redirect("portal_choose")
    for person in people:
        with scope.over([person.territory_id]):
            user = account_of(person)
        if user:
            return let_in(request, user, way)
    return redirect("portal_enter_help")


def those_waiting(request: HttpRequest) -> tuple[list[Participant], Way] | None:
    """The people of the phone whose code was right, for five minutes."""
    waiting = request.session.get(PEOPLE)
    if not waiting or time.time() - waiting["at"] > CHOOSE_SECONDS:
        request.session.pop(PEOPLE, None)
        return None
    with scope.everything("the people of one phone may be of several territories"):
        people = Participant.objects.filter(pk__in=waiting["ids"])
        people = people.select_related("territory", "user").order_by("search_name", "pk")
        return list(people), Way(waiting["way"])


def go_out(request: HttpRequest, url: str, *, what: str):
    """Nothing stays on the phone. Parameters: `what` the browser forgets (Clear-Site-Data)."""
    logout(request)
    response = redirect(url)
    response["Clear-Site-Data"] = what
    response["Cache-Control"] = "no-store"
    return response


def leave(request: HttpRequest):
    """Session, cookies, what the browser keeps; goodbye is said in the language that was read."""
    url = f"{reverse('portal_enter_help')}?au-revoir=1&langue={get_language()}"
    response = go_out(request, url, what='"cache", "cookies", "storage"')
    kept.forget_who(response)
    return response


def close(request: HttpRequest):
    """Ten minutes without a gesture, said by the page itself: what was being written waits half
    an hour for the same person, on the server."""
    who = str(request.user.uuid) if request.user.is_authenticated else kept.who_was(request)
    url = reverse("portal_enter_help") + "?fin=1"
    response = go_out(request, url, what='"cache", "storage"')
    path = request.POST.get("rtr_path", "")
    if path.startswith(reverse("portal")):
        kept.keep(request, path=path, who=who)
    return response
