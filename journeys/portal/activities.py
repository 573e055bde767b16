"""« Activités »: what comes next in the territory, coming or not in one tap, one's own sessions."""

import datetime
from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities import inside, saying
from journeys.activities.actions.enrolling import enrol, restore, withdraw
from journeys.activities.actions.feeds import make_feed, revoke_feeds
from journeys.activities.enums import EnrolmentStatus, Source
from journeys.activities.models import CalendarFeed, Enrolment, Session
from journeys.pathway.enums import Status
from journeys.pathway.models import Journey
from journeys.portal.ideas import kept_idea
from journeys.portal.portal import own_page, show
from rtr.lib import french, tongue
from rtr.lib.http import post_only
from rtr.lib.told import tell

HALVES = [
    ("", gettext_lazy("Toute la journée")),
    ("matin", gettext_lazy("Le matin")),
    ("apres-midi", gettext_lazy("L’après-midi")),
]
NOON = 12
SHOWN, MOST = 8, 100  # sessions after which no other day begins; of one page whatever the day
CAME = "came"  # in the session: whose, and the session that they said they come to
MINE = 5  # of one's own, before « voir les suivantes »


@own_page
def activities(request, journey):
    """One's own sessions first, then an idea, then the next ones that are offered, day by day."""
    theirs = inside.enrolments_of(journey.participant)
    mine = [_mine(row) for row in theirs.values()]
    # One of ours or none: the page writes it again (docs/decisions/0017-light-portal.md).
    half = next((slug for slug, _word in HALVES if slug == request.GET.get("quand")), "")
    start = _start(request.GET.get("depuis", ""))
    days, following = _offered(request.user, theirs, start, half)
    return show(
        request,
        "activities",
        journey,
        mine=mine[:MINE],
        mine_later=mine[MINE:],
        idea=kept_idea(request, journey),
        halves=[(slug, word, slug == half) for slug, word in HALVES],
        half=half,
        days=[(on, _said(on), sessions) for on, sessions in days.items()],
        following=following,
        can_come=journey.status != Status.LEFT,
    )


def _start(day: str) -> datetime.datetime:
    """Midnight of that day, or now."""
    now = timezone.now()
    try:
        midnight = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time())
        return max(now, timezone.make_aware(midnight))
    except (ValueError, OverflowError):
        return now


def _offered(user, theirs: dict[int, Enrolment], start: datetime.datetime, half: str):
    """Some days of sessions, each with all of its own, and the first day after them; one query."""
    rows = Session.objects.visible_to(user).held().exclude(pk__in=theirs)
    rows = rows.filter(starts_at__gt=start).select_related("activity", "place")
    if half == "matin":
        rows = rows.filter(starts_at__hour__lt=NOON)
    if half == "apres-midi":
        rows = rows.filter(starts_at__hour__gte=NOON)
    days: dict[datetime.date, list] = {}
    for session in rows.order_by("starts_at", "pk")[:MOST]:
        on = timezone.localdate(session.starts_at)
        if on not in days and sum(map(len, days.values())) >= SHOWN:
            return days, on
        days.setdefault(on, []).append(inside.choice(session, theirs))
    return days, None


def _said(on: datetime.date) -> str:
    """« Vendredi 27 novembre », with the year when it is another one."""
    year = on.year != timezone.localdate().year
    return french.capitalised(tongue.day_in_full(on, year=year))


def _mine(row: Enrolment) -> SimpleNamespace:
    waits = row.status == EnrolmentStatus.WAITING
    before = saying.people(row.before).lower() if waits and row.before else ""
    return SimpleNamespace(
        it=row,
        session=row.session,
        moment=french.capitalised(saying.moment(row.session)),
        waits=waits,
        before=before,
    )


@post_only
@own_page
def come(request, journey, pk):
    """« Je viens »: a place, or the next one that is free. Tapped twice, it is once."""
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    theirs = inside.enrolments_of(journey.participant)
    try:
        row = enrol(
            session=session,
            by=request.user,
            participant=journey.participant,
            source=Source.PORTAL,
        )
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
        return redirect(_back(request))
    waits = row.status == EnrolmentStatus.WAITING
    text = (
        _("C’est complet. Vous attendez une place.") if waits else _("C’est noté. On vous attend.")
    )
    if clash := inside.clash(session, theirs):
        text += " " + _("Attention, deux séances à la même heure. %(clash)s") % {"clash": clash}
    if session.pk in theirs:  # the place was theirs already: there is nothing to take back
        request.session[CAME] = [journey.pk, session.pk]
        tell(request, text)
    else:
        tell(request, text, undo_url=_with_back(request, "portal_withdraw", row.pk))
    return redirect(_back(request))


def came(request, journey: Journey) -> int:
    """The session to which the person last said « Je viens » with a place already theirs, or 0."""
    whose, session = request.session.get(CAME, (0, 0))
    return session if whose == journey.pk else 0


def _back(request) -> str:
    """The page whose button it was: the first one, or that of activities."""
    back = request.POST.get("back") or request.GET.get("back")
    return "portal" if back == "portal" else "portal_activities"


def _with_back(request, name: str, pk: int) -> str:
    """The address of an undo, that leads back to the same page."""
    query = "?back=portal" if _back(request) == "portal" else ""
    return reverse(name, args=[pk]) + query


def _own(request, pk: int) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.user).select_related("session__activity")
    return get_object_or_404(rows, pk=pk)


@post_only
@own_page
def come_not(request, journey, pk):
    row = _own(request, pk)
    try:
        withdraw(enrolment=row, by=request.user)
    except ValidationError:
        tell(request, _("Cette séance est passée."), level=messages.WARNING)
    else:
        request.session.pop(CAME, None)
        undo_url = _with_back(request, "portal_enrol_again", row.pk)
        tell(request, _("C’est noté. Vous ne venez pas."), undo_url=undo_url)
    return redirect(_back(request))


@post_only
@own_page
def come_again(request, journey, pk):
    try:
        row = restore(enrolment=_own(request, pk), by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
        return redirect(_back(request))
    if row.status == EnrolmentStatus.WAITING:
        tell(request, _("La place est prise. Vous attendez la prochaine."))
    else:
        tell(request, _("C’est noté. On vous attend."))
    return redirect(_back(request))


# -- In one's own phone's agenda -------------------------------------------------------------------


@own_page
def calendar(request, journey):
    """GET says what it is; POST makes an address, shown this once."""
    link = ""
    if request.method == "POST":
        _feed, token = make_feed(by=request.user)
        link = settings.SITE_URL + reverse("calendar", args=[token])
    feed = CalendarFeed.objects.visible_to(request.user).standing().first()
    return show(request, "calendar", journey, feed=feed, link=link)


@post_only
@own_page
def calendar_revoke(request, journey):
    revoke_feeds(by=request.user)
    tell(request, _("Cette adresse ne marche plus."))
    return redirect("portal_calendar")
