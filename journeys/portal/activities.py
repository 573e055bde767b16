"""« Activités »: what comes next in the territory, coming or not in one tap, one's own sessions."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities import inside, saying
from journeys.activities.actions.enrolling import enrol, restore, withdraw
from journeys.activities.actions.feeds import make_feed, revoke_feeds
from journeys.activities.enums import EnrolmentStatus, Source
from journeys.activities.models import CalendarFeed, Enrolment, Session
from journeys.pathway.enums import Status
from journeys.pathway.models import Journey
from journeys.portal.portal import own_page, show
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.told import tell

DATES = 4  # of one activity
MINE = 5  # of one's own, before « voir les suivantes »


@own_page
def activities(request, journey):
    """One's own sessions first, then the next ones that are offered."""
    theirs = inside.enrolments_of(journey.participant)
    mine = [_mine(row) for row in theirs.values()]
    return show(
        request,
        "activities",
        journey,
        mine=mine[:MINE],
        mine_later=mine[MINE:],
        offered=_offered(request.user, theirs),
        can_come=journey.status != Status.LEFT,
    )


def _offered(user, theirs: dict[int, Enrolment]) -> list[SimpleNamespace]:
    """Activities in the order of their next date, each with a few dates; two queries."""
    rows = Session.objects.visible_to(user).held().exclude(pk__in=theirs)
    rows = rows.filter(starts_at__gt=timezone.now()).select_related("activity", "place")
    found: dict[int, list[Session]] = {}
    for session in rows.order_by("starts_at", "pk"):
        dates = found.setdefault(session.activity_id, [])
        if len(dates) < DATES:
            dates.append(session)
    return [
        SimpleNamespace(
            activity=dates[0].activity,
            first=inside.choice(dates[0], theirs),
            others=[inside.choice(one, theirs) for one in dates[1:]],
        )
        for dates in found.values()
    ]


def _mine(row: Enrolment) -> SimpleNamespace:
    waits = row.status == EnrolmentStatus.WAITING
    return SimpleNamespace(
        it=row,
        session=row.session,
        moment=french.capitalised(saying.moment(row.session)),
        waits=waits,
        before=_before(row) if waits else "",
    )


def _before(row: Enrolment) -> str:
    """« deux personnes », or nothing for the next to have a place."""
    ahead = inside.rank(row) - 1
    return saying.people(ahead).lower() if ahead else ""


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
        return redirect("portal_activities")
    waits = row.status == EnrolmentStatus.WAITING
    text = (
        _("C’est complet. Vous attendez une place.") if waits else _("C’est noté. On vous attend.")
    )
    if clash := inside.clash(session, theirs):
        text += " " + _("Attention, deux séances à la même heure. %(clash)s") % {"clash": clash}
    tell(request, text, undo_url=reverse("portal_withdraw", args=[row.pk]))
    return redirect("portal_activities")


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
        undo_url = reverse("portal_enrol_again", args=[row.pk])
        tell(request, _("C’est noté. Vous ne venez pas."), undo_url=undo_url)
    return redirect("portal_activities")


@post_only
@own_page
def come_again(request, journey, pk):
    try:
        row = restore(enrolment=_own(request, pk), by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
        return redirect("portal_activities")
    if row.status == EnrolmentStatus.WAITING:
        tell(request, _("La place est prise. Vous attendez la prochaine."))
    else:
        tell(request, _("C’est noté. On vous attend."))
    return redirect("portal_activities")


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


def next_session(journey: Journey) -> SimpleNamespace | None:
    """The next one that the person is expected in, for the first page."""
    rows = inside.enrolments_of(journey.participant).values()
    rows = (row for row in rows if not row.session.cancelled_at)
    row = next((row for row in rows if row.status == EnrolmentStatus.ENROLLED), None)
    return _mine(row) if row else None
