"""Who is in a group: the whole path, the last place given once, then first come first served."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.actions.enrolling import enrol, withdraw
from journeys.activities.enums import EnrolmentStatus
from journeys.activities.models import Enrolment, Session
from journeys.collective.enums import Place
from journeys.collective.models import CollectiveAction, EndInterview, GroupMember
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


def _locked(action: CollectiveAction) -> CollectiveAction:
    """Held: the group's places are counted under this lock, then the sessions', in their order."""
    rows = CollectiveAction.objects.select_for_update(of=("self",)).select_related("activity")
    return rows.get(pk=action.pk)


@transaction.atomic
def join(
    *,
    action: CollectiveAction,
    by: User,
    participant: Participant | None = None,
    nickname: str = "",
    client_uuid: uuid.UUID | None = None,
) -> GroupMember:
    """Give somebody a place in all the half-days to come, or the next in the group's line.

    Asked twice, it answers the same row. Raises ValidationError when the action is over.
    """
    action = _locked(action)
    if found := _already(action, participant, client_uuid):
        return found
    if action.ended_on:
        raise ValidationError(_("Cette action est terminée : choisissez-en une autre."))
    full = action.members.inside().count() >= action.activity.places
    member = GroupMember(
        territory_id=participant.territory_id if participant else action.territory_id,
        action=action,
        participant=participant,
        nickname=_told_apart(action, participant.nickname if participant else nickname),
        place=Place.WAITING if full else Place.IN,
        added_by=by,
        client_uuid=client_uuid or uuid.uuid4(),
    )
    member.full_clean(exclude=["territory", "action", "participant"])
    member.save(force_insert=True)
    if not full:
        _enrol(member, by)
    _tell(Act.GROUP_CHANGED, member, by)
    return member


def _already(action, participant, client_uuid) -> GroupMember | None:
    if client_uuid and (found := action.members.filter(client_uuid=client_uuid).first()):
        return found
    return action.members.present().filter(participant=participant).first() if participant else None


def _told_apart(action: CollectiveAction, nickname: str) -> str:
    """The nickname; « Kiwi 2 » where the group has a Kiwi already, whoever they are."""
    nickname, number = " ".join(nickname.split()), 2
    if not nickname:
        raise ValidationError({"nickname": _("Notez un surnom.")})
    taken = {name.casefold() for name in action.members.values_list("nickname", flat=True)}
    told = nickname
    while told.casefold() in taken:
        told, number = f"{nickname[:36]} {number}", number + 1
    return told


def _ahead(action: CollectiveAction) -> list[Session]:
    """In the same order for everyone: their rows are locked one after the other."""
    sessions = Session.objects.held().filter(step__action=action, ends_at__gt=timezone.now())
    return list(sessions.order_by("starts_at", "pk"))


def _enrol(member: GroupMember, by: User) -> None:
    who = {"participant": member.participant, "nickname": member.nickname}
    for session in _ahead(member.action):
        key = uuid.uuid5(member.client_uuid, str(session.pk))
        enrol(session=session, by=by, client_uuid=key, **who)


def enrolments_of(member: GroupMember, session_ids: list[int]) -> list[Enrolment]:
    """Their rows in these sessions, however they came into them."""
    rows = Enrolment.objects.filter(session__in=session_ids).exclude(
        status=EnrolmentStatus.CANCELLED
    )
    if member.participant_id:
        return list(rows.filter(participant=member.participant_id))
    keys = [uuid.uuid5(member.client_uuid, str(pk)) for pk in session_ids]
    return list(rows.filter(client_uuid__in=keys))


@transaction.atomic
def leave(*, member: GroupMember, by: User) -> GroupMember | None:
    """Give back the places to come; who was first in line has them. Returns that member."""
    action = _locked(member.action)
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.left_on:
        return None
    member.left_on = timezone.localdate()
    member.save(update_fields=["left_on"])
    rows = enrolments_of(member, [session.pk for session in _ahead(action)])
    for row in sorted(rows, key=lambda row: (row.session.starts_at, row.session_id)):
        withdraw(enrolment=row, by=by)
    _tell(Act.GROUP_CHANGED, member, by)
    return _give_next(action, by) if member.place == Place.IN else None


def _give_next(action: CollectiveAction, by: User) -> GroupMember | None:
    following = action.members.waiting().order_by("joined_at", "pk").first()
    if following is None or action.members.inside().count() >= action.activity.places:
        return None
    following.place = Place.IN
    following.save(update_fields=["place"])
    following.action = action
    _enrol(following, by)
    _tell(Act.GROUP_CHANGED, following, by)
    return following


# -- The talk at the end ---------------------------------------------------------------------------


@transaction.atomic
def note_interview(*, member: GroupMember, by: User, on: datetime.date | None = None) -> None:
    """That it took place, for everyone alike; what was said is written by the person's team."""
    if not member.interviewed_on:
        member.interviewed_on, member.interviewed_by = on or timezone.localdate(), by
        member.save(update_fields=["interviewed_on", "interviewed_by"])
        _tell(Act.INTERVIEW_HELD, member, by)


@transaction.atomic
def write_interview(*, member: GroupMember, by: User, **said) -> EndInterview:
    """Parameters: `said`, the fields of EndInterview. Raises ValidationError when it says nothing,
    or lies in the future."""
    journey = Journey.objects.get(participant=member.participant_id)
    of = {"journey": journey, "action": member.action}
    found = EndInterview.objects.filter(**of).select_for_update(of=("self",)).first()
    interview = found or EndInterview(**of, territory_id=journey.territory_id, with_user=by)
    for name, value in said.items():
        setattr(interview, name, value)
    if interview.on > timezone.localdate():
        raise ValidationError({"on": _("Cet entretien n’a pas encore eu lieu.")})
    interview.full_clean(exclude=["territory", "journey", "action"])
    interview.save()
    note_interview(member=member, by=by, on=interview.on)
    _tell(Act.INTERVIEW_HELD, member, by, ["reader"])
    return interview


@transaction.atomic
def change_reader(*, interview: EndInterview, by: User, reader: str) -> None:
    """The person's own choice."""
    interview.reader = reader
    interview.save(update_fields=["reader"])
    record(
        Act.INTERVIEW_HELD,
        by=by,
        territory_id=interview.territory_id,
        participant_id=interview.journey.participant_id,
        about=interview,
        fields=["reader"],
    )


def _tell(act: str, member: GroupMember, by: User, fields=()) -> None:
    record(
        act,
        by=by,
        territory_id=member.territory_id,
        participant_id=member.participant_id,
        about=member,
        fields=fields,
    )
