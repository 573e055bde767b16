"""A file changes territory in two acts: proposed by one coordination, accepted by the other."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from badges.credentials.models import Recipient
from journeys.contracts.links import SigningLink
from journeys.messages.models import OptOut
from journeys.participants.models import Participant
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.actions.people import FITTING
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import Journey, Share, TeamMember
from journeys.transfers.enums import TransferAnswer
from journeys.transfers.models import Transfer
from rtr import scope
from rtr.lib import french
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.journal.models import JournalEntry, LogEntry
from territories.organisations.models import Organisation
from territories.places.models import Territory

ANSWER_DAYS = 30
TOLD_DAYS = 30  # a transfer answered that long ago is forgotten, nickname and all
REASON_LENGTH = TeamMember._meta.get_field("reason").max_length


@transaction.atomic
def propose(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    to: Territory,
    reason: str,
    agreed_on: datetime.date,
) -> Transfer:
    """Propose the file to another territory of the programme; nothing moves yet."""
    journey = begin(journey, seen=seen)
    if to.pk == journey.territory_id or to.programme_id != journey.territory.programme_id:
        raise ValidationError({"to": _("Choisissez un autre territoire du programme.")})
    if agreed_on > timezone.localdate():
        text = _("Choisissez le jour de l’accord : aujourd’hui ou avant.")
        raise ValidationError({"agreed_on": text})
    if said := in_the_way(journey):
        raise ValidationError(said)
    participant = journey.participant
    transfer = Transfer(
        territory_id=journey.territory_id,
        participant=participant,
        from_territory_id=journey.territory_id,
        to_territory=to,
        nickname=participant.nickname,
        code=participant.code,
        reason=reason,
        agreed_on=agreed_on,
        proposed_by=by,
    )
    transfer.full_clean(exclude=["territory", "participant", "from_territory", "to_territory"])
    transfer.save(force_insert=True)
    tell(Act.TRANSFER_PROPOSED, journey=journey, by=by, about=transfer)
    return transfer


def destinations(journey: Journey):
    """The other territories of the programme."""
    programme = journey.territory.programme_id
    return Territory.objects.filter(programme=programme).exclude(pk=journey.territory_id)


def in_the_way(journey: Journey) -> str:
    """Why this file cannot leave today; nothing when it can."""
    if journey.participant.transfers.filter(answer="").exists():
        return _("Un transfert est déjà proposé pour cette personne.")
    return _being_signed(journey)


def _being_signed(journey: Journey) -> str:
    frozen = journey.contracts.all().prepared().filter(frozen_at__isnull=False)
    if frozen.exists():
        return _("Un contrat attend d’être signé : faites-le signer ou annulez-le d’abord.")
    return ""


@transaction.atomic
def withdraw(*, transfer: Transfer, by: User) -> Transfer:
    return _close(transfer, by, TransferAnswer.WITHDRAWN, Act.TRANSFER_WITHDRAWN)


@transaction.atomic
def refuse(*, transfer: Transfer, by: User, word: str) -> Transfer:
    """Say no, in a word that the other coordination reads. Nothing of the file changes."""
    if not word.strip():
        raise ValidationError({"word": _("Dites en un mot pourquoi.")})
    return _close(transfer, by, TransferAnswer.REFUSED, Act.TRANSFER_REFUSED, word=word.strip())


def _close(transfer: Transfer, by: User | None, answer: str, act: str, word: str = "") -> Transfer:
    transfer = _open(transfer)
    _answered(transfer, by, answer, word)
    _record(act, transfer, by, territory_id=transfer.territory_id)
    return transfer


def _open(transfer: Transfer) -> Transfer:
    """Locked, and still waiting. Raises ValidationError that says what became of it."""
    found = Transfer.objects.select_for_update(of=("self",)).filter(pk=transfer.pk).first()
    if found is None:
        raise ValidationError(_("Ce transfert n’existe plus."))
    if found.answer:
        text = _("Ce transfert est déjà %(answer)s, depuis le %(day)s.")
        day = french.day(found.answered_on, weekday=False)
        raise ValidationError(text % {"answer": found.get_answer_display(), "day": day})
    return found


def _answered(transfer: Transfer, by: User | None, answer: str, word: str = "") -> None:
    transfer.answer, transfer.refusal_word = answer, word
    transfer.answered_on, transfer.answered_by = timezone.localdate(), by
    fields = ["answer", "refusal_word", "answered_on", "answered_by"]
    transfer.save(update_fields=fields)


def _record(act: str, transfer: Transfer, by: User | None, *, territory_id: int) -> None:
    """In the territory of the person: the line is about them."""
    with scope.over([transfer.territory_id, transfer.from_territory_id, transfer.to_territory_id]):
        record(
            act,
            by=by,
            territory_id=territory_id,
            participant_id=transfer.participant_id,
            about=transfer,
        )


# -- Accepting -------------------------------------------------------------------------------------


def possible_members(territory_id: int):
    """Who may be the person's coordinator or referent there."""
    return (
        Membership.objects.active()
        .filter(territories=territory_id, role__in=FITTING, user__is_active=True)
        .exclude(role=Role.ACTIVITY_REFERENT)
        .select_related("user", "organisation")
        .order_by("user__first_name", "user__last_name", "pk")
    )


def accept(*, transfer: Transfer, by: User, referent: Membership) -> Transfer:
    """The whole file moves here, at once, with its history; its former team leaves it.

    Parameters: `referent`, who will follow the person, and for which organisation. Raises
    ValidationError when the transfer was answered meanwhile or a contract waits to be signed.
    """
    sides = [transfer.from_territory_id, transfer.to_territory_id]
    with scope.over(sides), transaction.atomic(), lifecycle():
        transfer = _open(transfer)
        journey = begin(Journey.objects.get(participant=transfer.participant_id), seen=None)
        _check(journey, by, referent, transfer)
        _leave_team(journey, transfer.to_territory)
        _close_links(journey)
        _move(journey.participant, transfer.to_territory_id, referent.organisation)
        journey.refresh_from_db()
        _join(journey, by, referent)
        transfer.refresh_from_db()
        _answered(transfer, by, TransferAnswer.ACCEPTED)
        tell(Act.TRANSFER_ACCEPTED, journey=journey, by=by, about=transfer)
    return transfer


def _check(journey: Journey, by: User, referent: Membership, transfer: Transfer) -> None:
    if not possible_members(transfer.to_territory_id).filter(pk=referent.pk).exists():
        raise ValidationError({"referent": _("Choisissez une personne de ce territoire.")})
    suspended = set(journey.team.suspended().values_list("user_id", flat=True))
    if referent.user_id in suspended or by.pk in suspended:
        text = _("La personne s’est opposée à l’accès de ce membre : choisissez-en un autre.")
        raise ValidationError({"referent": text})
    if said := _being_signed(journey):
        raise ValidationError(said)


def _leave_team(journey: Journey, to: Territory) -> None:
    """The former team keeps its place in the history, and reads nothing from now on."""
    today = timezone.localdate()
    said = (_("dossier transféré vers %(place)s") % {"place": to.name})[: REASON_LENGTH - 3]
    Share.objects.filter(journey=journey).active().update(ended_on=today)
    for member in journey.team.filter(Q(until_on__isnull=True) | Q(until_on__gt=today)):
        member.until_on = max(today, member.from_on)
        room = REASON_LENGTH - len(said) - 3
        member.reason = f"{member.reason[:room]} ; {said}" if member.reason else said
        member.save(update_fields=["until_on", "reason"])


def _close_links(journey: Journey) -> None:
    SigningLink.objects.filter(journey=journey).live().update(replaced_at=timezone.now())


def _move(person: Participant, to: int, organisation: Organisation) -> None:
    """One key changes, the composite keys carry it to every row; what is held by a plain number,
    or by nothing (a number that wants no messages), is moved by hand."""
    shells = Participant.everyone.filter(merged_into=person.pk)
    ids = [person.pk, *shells.values_list("pk", flat=True)]
    users = User.objects.filter(participant__in=ids)
    users.update(territory_id=to)
    for model in (JournalEntry, LogEntry):
        model._base_manager.filter(participant_id__in=ids).update(territory_id=to)
    _keep_opt_outs(person, to)
    Recipient.objects.filter(holder__participant__in=ids).update(territory_id=to)
    Participant.everyone.filter(pk=person.pk).update(territory_id=to, organisation=organisation)


def _keep_opt_outs(person: Participant, to: int) -> None:
    phones = {_number(str(person.phone)), _number(person.contact)} - {""}
    refused = OptOut.objects.filter(territory=person.territory_id, phone__in=phones, until=None)
    known = OptOut.objects.filter(territory_id=to, until=None).values("phone")
    OptOut.objects.bulk_create(
        OptOut(territory_id=to, phone=row.phone, since=row.since)
        for row in refused.exclude(phone__in=known)
    )


def _number(contact: str) -> str:
    """The contact as a number of the world, or nothing."""
    try:
        return PhoneNumber.from_string(contact, region="FR").as_e164
    except NumberParseException:
        return ""


def _join(journey: Journey, by: User, referent: Membership) -> None:
    of = {"territory_id": journey.territory_id, "journey": journey}
    roles = {referent.user_id: (TeamRole.REFERENT, referent.organisation)}
    house = by.organisation_where("transfers.answer", journey.territory_id)
    roles[by.pk] = (TeamRole.COORDINATOR, house)
    for user_id, (role, organisation) in roles.items():
        TeamMember.objects.create(
            **of,
            user_id=user_id,
            organisation=organisation,
            role=role,
            reason=_("accueille le dossier transféré"),
        )


# -- Each night ------------------------------------------------------------------------------------


def expire_transfers(*, on: datetime.date) -> int:
    """Close the proposals nobody answered in thirty days; forget those answered long ago.

    Returns how many expired. Safe to run twice.
    """
    waited = on - datetime.timedelta(days=ANSWER_DAYS)
    late = Transfer.objects.open().filter(proposed_on__lt=waited)
    for transfer in late:
        _close(transfer, None, TransferAnswer.EXPIRED, Act.TRANSFER_EXPIRED)
    Transfer.objects.filter(answered_on__lt=on - datetime.timedelta(days=TOLD_DAYS)).delete()
    return len(late)
