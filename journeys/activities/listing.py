"""Activities as a list says them, with their next session; in a number of queries that is fixed."""

import datetime
from types import SimpleNamespace

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities import saying
from journeys.activities.models import Activity, Session
from rtr.lib import french
from rtr.lib.words import plain, search_words

NEXT_SHOWN = 3


def with_next(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Adds `next_at`: when the next session that is held begins."""
    coming = Session.objects.held().filter(activity=OuterRef("pk"), starts_at__gt=timezone.now())
    first = coming.order_by("starts_at").values("starts_at")[:1]
    return activities.annotate(next_at=Subquery(first)).select_related("organisation", "place")


def matching(activities: list[Activity], text: str) -> list[Activity]:
    """Each word looked for begins one of the activity's."""
    starts = search_words(text)
    return [one for one in activities if _answers(one, starts)]


def _answers(activity: Activity, starts: list[str]) -> bool:
    said = [activity.title, activity.pitch, activity.organisation, activity.place or ""]
    own = plain(" ".join(str(one) for one in said)).replace("’", " ").split()
    return all(any(one.startswith(word) for one in own) for word in starts)


def by_next(activities: list[Activity]) -> list[Activity]:
    far = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(activities, key=lambda one: (one.next_at or far, one.title, one.pk))


def row(activity: Activity) -> SimpleNamespace:
    where = [str(one) for one in (activity.organisation, activity.place) if one]
    return SimpleNamespace(
        it=activity,
        where=", ".join(dict.fromkeys(where)),
        next=_next(activity.next_at),
        state=state(activity),
    )


def _next(at: datetime.datetime | None) -> str:
    if at is None:
        return _("Aucune séance prévue")
    local = timezone.localtime(at)
    day = french.day(local.date(), year=False)
    return _("%(day)s à %(hour)s") % {"day": french.capitalised(day), "hour": french.hour(local)}


def state(activity: Activity) -> SimpleNamespace:
    """A pill: stopped, in the catalogue, or not yet."""
    if activity.closed_on:
        return SimpleNamespace(tone="", icon="archive", word=_("Arrêtée"))
    if not activity.published_on:
        return SimpleNamespace(tone="warn", icon="eye-slash", word=_("Hors du catalogue"))
    return SimpleNamespace(tone="ok", icon="check-circle", word=_("Au catalogue"))


def next_sessions(activities: list[Activity]) -> dict[int, list[Session]]:
    """The three next sessions of each, in one query; nothing is read of anybody."""
    rows = Session.objects.filter(activity__in=activities, starts_at__gt=timezone.now())
    found: dict[int, list[Session]] = {}
    for session in rows.select_related("place").order_by("starts_at", "pk"):
        theirs = found.setdefault(session.activity_id, [])
        if len(theirs) < NEXT_SHOWN:
            theirs.append(session)
    return found


def counts(activity: Activity) -> SimpleNamespace:
    """How much there was of it: sessions held and people, in sums of counters alone."""
    now = timezone.now()
    past = Q(ends_at__lte=now, cancelled_at__isnull=True)
    found = activity.sessions.aggregate(
        held=Count("pk", filter=past),
        coming=Count("pk", filter=Q(ends_at__gt=now, cancelled_at__isnull=True)),
        cancelled=Count("pk", filter=Q(cancelled_at__isnull=False)),
        first=Min("starts_at"),
    )
    return SimpleNamespace(**found)


def said(session: Session) -> SimpleNamespace:
    """A line for anybody: when, where, how many places are left."""
    return SimpleNamespace(
        it=session,
        moment=french.capitalised(saying.moment(session)),
        free=saying.free(session),
        is_full=not saying.left(session),
    )
