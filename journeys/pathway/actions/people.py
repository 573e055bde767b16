"""The team and what each may read (rules 19 and 20)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.actions.acting import begin, save_new, tell
from journeys.pathway.enums import Category, TeamRole
from journeys.pathway.models import Journey, Share, TeamMember
from rtr.lib import french
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User
from territories.journal.enums import Act
from territories.organisations.models import Organisation

# What a role in an organisation allows one to be in a team.
FITTING = {
    Role.COORDINATOR: {TeamRole.COORDINATOR, TeamRole.REFERENT, TeamRole.ACTIVITY_REFERENT},
    Role.REFERENT: {TeamRole.REFERENT, TeamRole.ACTIVITY_REFERENT},
    Role.ACTIVITY_REFERENT: {TeamRole.ACTIVITY_REFERENT},
}


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
    _refuse_member(journey, user, organisation, role)
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


def possible_members(journey: Journey):
    """Memberships of the territory from which the team can be made."""
    return (
        Membership.objects.active()
        .filter(territories=journey.territory_id, role__in=FITTING, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__first_name", "user__last_name", "pk")
    )


def _refuse_member(journey: Journey, user: User, organisation: Organisation, role: str) -> None:
    """Raises ValidationError: a stranger, a role that does not fit, someone objected to."""
    roles = possible_members(journey).filter(user=user, organisation=organisation)
    fitting = {fit for held in roles.values_list("role", flat=True) for fit in FITTING[held]}
    if not fitting:
        raise ValidationError({"member": _("Choisissez une personne de ce territoire.")})
    if role not in fitting:
        raise ValidationError({"role": _("Le rôle de cette personne ne permet pas cette place.")})
    if journey.team.suspended().filter(user=user).exists():
        text = _("L’opposition %(of_name)s tient toujours : rendez d’abord l’accès, à sa demande.")
        raise ValidationError(
            {"member": text % {"of_name": french.elide("de", journey.participant.nickname)}}
        )
    if journey.team.active().filter(user=user).exists():
        raise ValidationError({"member": _("Cette personne est déjà dans l’équipe.")})


def _end_role(journey: Journey, role: str) -> None:
    """One coordinator at a time: the former one leaves as the new one comes."""
    for former in journey.team.active().filter(role=role):
        former.until_on = timezone.localdate()
        former.save(update_fields=["until_on"])


@transaction.atomic
def end_member(*, member: TeamMember, by: User, seen: int | None) -> None:
    journey = begin(member.journey, seen=seen)
    if member.until_on:
        raise ValidationError(_("Cette personne a déjà quitté l’équipe."))
    member.until_on = timezone.localdate()
    member.save(update_fields=["until_on"])
    tell(Act.TEAM_CHANGED, journey=journey, by=by, about=member)


@transaction.atomic
def share(*, member: TeamMember, by: User, seen: int | None, categories: list[str]) -> None:
    """Set the categories the person agrees this member reads; each change is dated.

    Nobody opens a reading for themselves: another member, or the person, notes the agreement.
    """
    journey = begin(member.journey, seen=seen)
    if member.user_id == by.pk and not by.may("categories.read_all", journey.territory_id):
        raise ValidationError(
            _("On n’ouvre pas une lecture pour soi : demandez à la coordination.")
        )
    if member.role == TeamRole.ACTIVITY_REFERENT and categories:
        raise ValidationError(
            {"categories": _("Une référence d’activité lit le parcours et les contacts seulement.")}
        )
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
    since = member.suspended_on or timezone.localdate()
    member.suspended_on = None if standing else since
    member.save(update_fields=["suspended_on"])
    tell(Act.OBJECTED, journey=journey, by=by, about=member)


@transaction.atomic
def assign_referent(
    *, journeys, by: User, user: User, organisation: Organisation
) -> tuple[int, int]:
    """Make one person the referent of several journeys; a reference of activity becomes it.

    Returns (assigned, left as they were: already referent or coordinator, or objected to).
    """
    assigned = already = 0
    for journey in journeys.order_by("pk"):
        held = journey.team.filter(user=user)
        of_activity = held.active().filter(role=TeamRole.ACTIVITY_REFERENT)
        if held.suspended().exists() or held.active().exclude(pk__in=of_activity).exists():
            already += 1
            continue
        of_activity.update(until_on=timezone.localdate())
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
