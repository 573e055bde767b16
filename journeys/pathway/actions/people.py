"""The team and what each may read (rules 19 and 20)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.actions.acting import begin, save_new, tell
from journeys.pathway.enums import Category, TeamRole
from journeys.pathway.models import Journey, Share, TeamMember
from territories.accounts.models import User
from territories.journal.enums import Act
from territories.organisations.models import Organisation


@transaction.atomic
def add_member(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    user: User,
    organisation: Organisation,
    role: str,
    reason: str,
) -> TeamMember:
    """Add somebody to the follow-up group, with a reason the participant can read."""
    journey = begin(journey, seen=seen)
    if role == TeamRole.COORDINATOR:
        _end_role(journey, TeamRole.COORDINATOR)
    member = TeamMember(
        territory_id=journey.territory_id,
        journey=journey,
        user=user,
        organisation=organisation,
        role=role,
        reason=reason,
    )
    save_new(member)
    tell(Act.TEAM_CHANGED, journey=journey, by=by, about=member)
    return member


def _end_role(journey: Journey, role: str) -> None:
    """One coordinator at a time: the former one leaves as the new one comes."""
    for former in journey.team.active().filter(role=role):
        former.until_on = timezone.localdate()
        former.save(update_fields=["until_on"])


@transaction.atomic
def end_member(*, member: TeamMember, by: User, seen: int | None) -> None:
    journey = begin(member.journey, seen=seen)
    member.until_on = timezone.localdate()
    member.save(update_fields=["until_on"])
    tell(Act.TEAM_CHANGED, journey=journey, by=by, about=member)


@transaction.atomic
def share(*, member: TeamMember, by: User, seen: int | None, categories: list[str]) -> None:
    """Set the categories the person agrees this member reads; each change is dated."""
    journey = begin(member.journey, seen=seen)
    if set(categories) - set(Category):
        raise ValidationError({"categories": _("Choisissez dans la liste.")})
    today = timezone.localdate()
    member.shares.active().exclude(category__in=categories).update(ended_on=today)
    held = set(member.shares.active().values_list("category", flat=True))
    Share.objects.bulk_create(
        Share(
            territory_id=journey.territory_id,
            journey=journey,
            member=member,
            category=category,
            agreed_on=today,
        )
        for category in categories
        if category not in held
    )
    tell(Act.SHARING_CHANGED, journey=journey, by=by, about=member, fields=categories)


@transaction.atomic
def object_to(*, member: TeamMember, by: User, standing: bool = False) -> None:
    """The participant objects to a member: access is suspended at once (or given back)."""
    journey = begin(member.journey, seen=None)
    member.suspended_on = None if standing else timezone.localdate()
    member.save(update_fields=["suspended_on"])
    tell(Act.OBJECTED, journey=journey, by=by, about=member)


@transaction.atomic
def assign_referent(
    *, journeys, by: User, user: User, organisation: Organisation
) -> tuple[int, int]:
    """Make one person the referent of several journeys. Returns (assigned, already there)."""
    assigned = already = 0
    for journey in journeys.order_by("pk"):
        if journey.team.active().filter(user=user).exists():
            already += 1
            continue
        add_member(
            journey=journey,
            by=by,
            seen=None,
            user=user,
            organisation=organisation,
            role=TeamRole.REFERENT,
            reason=_("affectation par la coordination"),
        )
        assigned += 1
    return assigned, already


def read_categories(user: User, journey: Journey) -> set[str]:
    """The protected categories this user reads on this journey.

    The coordinator of the territory: all; another member: those the person agreed to.
    """
    if user.may("categories.read_all", journey.territory_id):
        return set(Category)
    mine = journey.team.standing().filter(user=user)
    return set(Share.objects.active().filter(member__in=mine).values_list("category", flat=True))
