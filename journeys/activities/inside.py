"""Who is in a session: a nickname and a number, for everyone alike; and who may be put there."""

from types import SimpleNamespace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities import listing, saying
from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import Activity, Enrolment, Session
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from rtr.lib import french, tongue
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User


def people_in(session: Session, user: User) -> SimpleNamespace:
    """Those of its rows that the user may read, in order of arrival; two queries."""
    rows = Enrolment.objects.visible_to(user).filter(session=session).standing()
    rows = list(rows.order_by("number"))
    managed = Enrolment.objects.managed_by(user).filter(session=session)
    managed = set(managed.values_list("pk", flat=True)) if rows else set()
    dressed = [SimpleNamespace(it=row, may_withdraw=row.pk in managed) for row in rows]
    waiting = [one for one in dressed if one.it.status == EnrolmentStatus.WAITING]
    waiting.sort(key=lambda one: (one.it.asked_at, one.it.number))
    return SimpleNamespace(
        enrolled=[one for one in dressed if one.it.status == EnrolmentStatus.ENROLLED],
        waiting=waiting,
        reads_all=Session.objects.registered_by(user).filter(pk=session.pk).exists(),
    )


def takes_register(user: User, session: Session) -> bool:
    """Whether its register is the user's to take."""
    if not user.may("registers.take", session.territory_id):
        return False
    return Session.objects.registered_by(user).filter(pk=session.pk).exists()


def badged_by(user: User) -> QuerySet[Session]:
    """Sessions whose register the user may open, and those of their own house: there, where they
    may, they give badges to those present."""
    own = Activity.objects.filter(user.houses_where("badges.award"))
    seen = Session.objects.registered_by(user) | Session.objects.filter(activity__in=own)
    return seen.filter(territory_id__in=user.territories_where("badges.award"))


def gives_badges(user: User, session: Session) -> bool:
    if not user.may("badges.award", session.territory_id):
        return False
    return badged_by(user).filter(pk=session.pk).exists()


def colleagues_in(territory_id: int) -> QuerySet[User]:
    """Who works or volunteers there today."""
    roles = Membership.objects.active().filter(
        user=OuterRef("pk"), territories=territory_id, role__in=set(Role) - {Role.PRESCRIBER}
    )
    there = User.objects.filter(Exists(roles), is_active=True, territory=None)
    return there.order_by("first_name", "last_name", "pk")


def people_to_enrol(user: User, session: Session) -> QuerySet[Participant]:
    """Those of the territory whose file the user may open, and may enrol."""
    territories = user.territories_where("enrolments.manage") & {session.territory_id}
    followed = Journey.objects.visible_to(user).not_left().filter(territory__in=territories)
    return Participant.objects.visible_to(user).filter(journey__in=followed)


def coming(territory_id: int) -> QuerySet[Session]:
    """Sessions one may still come to, the next first."""
    rows = Session.objects.held().filter(
        territory=territory_id, ends_at__gt=timezone.now(), activity__closed_on=None
    )
    return rows.select_related("activity__organisation", "place").order_by("starts_at", "pk")


def enrolments_of(participant: Participant) -> dict[int, Enrolment]:
    """Session → the person's row in it, for sessions not over yet; `before`: how many wait for a
    place in it since longer."""
    rows = Enrolment.objects.filter(
        participant=participant, session__ends_at__gt=timezone.now()
    ).standing()
    earlier = Q(asked_at__lt=OuterRef("asked_at")) | Q(
        asked_at=OuterRef("asked_at"), number__lt=OuterRef("number")
    )
    ahead = Enrolment.objects.filter(earlier, session=OuterRef("session")).waiting().order_by()
    ahead = ahead.values("session").annotate(count=Count("pk")).values("count")
    rows = rows.annotate(before=Coalesce(Subquery(ahead), 0))
    rows = rows.select_related("session__activity", "session__place")
    return {row.session_id: row for row in rows.order_by("session__starts_at", "pk")}


def clash(session: Session, theirs: dict[int, Enrolment]) -> str:
    """In words, where the person is expected at the same time; nothing when nowhere."""
    for other in theirs.values():
        there = other.session
        if there.pk == session.pk or there.cancelled_at:
            continue
        if there.starts_at < session.ends_at and session.starts_at < there.ends_at:
            return _("En même temps : « %(title)s », %(hours)s.") % {
                "title": tongue.own(there.activity.title),
                "hours": saying.hours(there),
            }
    return ""


def told(enrolment: Enrolment) -> str:
    """« Kiwi a une place. », « Kiwi attend une place : deux personnes attendent avant. »"""
    name = {"name": enrolment.nickname}
    if enrolment.status == EnrolmentStatus.ENROLLED:
        return _("%(name)s a une place.") % name
    before = rank(enrolment) - 1
    if not before:
        return _("%(name)s attend : la prochaine place libre sera pour cette personne.") % name
    verb = french.plural(before, _("attend"), _("attendent"))
    words = name | {"people": saying.people(before).lower(), "verb": verb}
    return _("%(name)s attend une place : %(people)s %(verb)s avant.") % words


def rank(enrolment: Enrolment) -> int:
    """First come, first served: 1 for the next to have a place."""
    waiting = Enrolment.objects.filter(session=enrolment.session_id).waiting()
    order = list(waiting.order_by("asked_at", "number").values_list("pk", flat=True))
    return order.index(enrolment.pk) + 1


# -- Choosing a session for somebody ---------------------------------------------------------------


def matching(sessions: QuerySet[Session], text: str) -> list[Session]:
    """Those whose activity answers to what is looked for."""
    rows = list(sessions)
    known = {row.activity_id: row.activity for row in rows}
    answering = {one.pk for one in listing.matching(list(known.values()), text)}
    return [row for row in rows if row.activity_id in answering]


def choice(session: Session, theirs: dict[int, Enrolment]) -> SimpleNamespace:
    """A line for one person: where they stand in it, and what is at the same time."""
    row = theirs.get(session.pk)
    return SimpleNamespace(
        it=session,
        moment=french.capitalised(saying.moment(session)),
        hours=saying.hours(session),
        free=saying.free(session),
        is_full=not saying.left(session),
        row=row,
        is_waiting=bool(row) and row.status == EnrolmentStatus.WAITING,
        clash="" if row else clash(session, theirs),
    )
