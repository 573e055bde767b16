"""Meeting somebody: a nickname is enough, a code is given at once (rule 1)."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.participants.actions import UNDO_WITHIN, answer_referral
from journeys.participants.actions import tell as tell_of
from journeys.participants.codes import new_code
from journeys.participants.enums import ReferralAnswer
from journeys.participants.models import Participant, Referral
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.actions.lifecycle import erase
from journeys.pathway.enums import ContactKind, Phase, TeamRole
from journeys.pathway.models import Contact, Journey, PeriodEntry, PhaseChange, TeamMember
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.models import User
from territories.journal.enums import Act
from territories.journal.models import JournalEntry
from territories.organisations.models import Organisation
from territories.places.models import Territory


@transaction.atomic
def welcome(
    *,
    by: User,
    territory: Territory,
    organisation: Organisation,
    nickname: str,
    channel: str,
    contact: str = "",
    referral: Referral | None = None,
) -> Journey:
    """Create the person and their journey, from a nickname; whoever welcomes joins the team."""
    today = timezone.localdate()
    participant = Participant(
        territory=territory,
        programme_id=territory.programme_id,
        organisation=organisation,
        code=new_code(),
        nickname=" ".join(nickname.split()),
        channel=channel,
        welcomed_on=today,
        welcomed_by=by,
        contact=contact.strip(),
        call_back_asked_on=today if contact.strip() else None,
    )
    participant.full_clean(exclude=["territory", "programme", "organisation", "welcomed_by"])
    participant.save()
    of = {"territory": territory}
    journey = Journey.objects.create(**of, participant=participant, first_contact_on=today)
    PhaseChange.objects.create(**of, journey=journey, rank=1, phase=Phase.REPERAGE, on=today, by=by)
    Contact.objects.create(**of, journey=journey, kind=ContactKind.MEETING, on=today, by=by)
    period = territory.programme.periods.open_on(today).first()
    if period:
        PeriodEntry.objects.create(**of, journey=journey, period=period, on=today)
    _join(journey, by, organisation)
    if referral is not None:
        answer_referral(
            referral=referral, by=by, answer=ReferralAnswer.ACCEPTED, participant=participant
        )
    journey = begin(journey, seen=None)
    tell(Act.WELCOMED, journey=journey, by=by)
    return journey


def _join(journey: Journey, user: User, organisation: Organisation) -> None:
    leads = user.may("journeys.assign", journey.territory_id)
    TeamMember.objects.create(
        territory_id=journey.territory_id,
        journey=journey,
        user=user,
        organisation=organisation,
        role=TeamRole.COORDINATOR if leads else TeamRole.REFERENT,
        reason=_("a accueilli la personne"),
        from_on=journey.first_contact_on,
    )


@transaction.atomic
def take_back_welcome(*, journey: Journey, by: User) -> None:
    """Undo one's own welcome within a quarter of an hour, while nothing else has happened.

    The code stays given. An accepted referral is not taken back: its prescriber was told.
    """
    acts = JournalEntry.objects.about(journey.participant_id).filter(version__isnull=False)
    welcomed = [(entry.act, entry.actor_id) for entry in acts[:2]] == [(Act.WELCOMED, by.pk)]
    if not welcomed or journey.participant.referrals.exists():
        raise ValidationError(
            _("Il s’est passé autre chose depuis : cet accueil ne s’annule plus.")
        )
    if timezone.now() - acts[0].at > UNDO_WITHIN:
        raise ValidationError(_("Un accueil s’annule pendant un quart d’heure."))
    with lifecycle():
        tell(Act.UNDONE, journey=journey, by=by)
        erase(journey.participant)


@transaction.atomic
def record_contact(*, journey: Journey, by: User, seen: int | None, kind: str, on) -> Contact:
    """A visit, a meeting, a call or a message, on a day; no word about it."""
    journey = begin(journey, seen=seen)
    if on > timezone.localdate():
        raise ValidationError({"on": _("Un contact se note le jour même ou après.")})
    if on < journey.first_contact_on:
        raise ValidationError({"on": _("Ce jour vient avant la première rencontre.")})
    contacts = journey.contacts.filter(kind=kind, on=on)
    if kind == ContactKind.VISIT and contacts.exists():
        raise ValidationError({"on": _("Une venue est déjà notée ce jour-là.")})
    contact = Contact.objects.create(
        territory_id=journey.territory_id, journey=journey, kind=kind, on=on, by=by
    )
    tell(Act.CONTACT_RECORDED, journey=journey, by=by, about=contact)
    return contact


@transaction.atomic
def call_back_done(*, journey: Journey, by: User) -> Contact:
    """The person was called back: a call of today, and the request goes from the day's work."""
    participant = journey.participant
    participant.call_back_asked_on = None
    participant.save(update_fields=["call_back_asked_on"])
    call = Contact.objects.create(
        territory_id=journey.territory_id,
        journey=journey,
        kind=ContactKind.CALL,
        on=timezone.localdate(),
        by=by,
    )
    tell_of(Act.CALLED_BACK, participant=participant, by=by, about=call)
    return call


@transaction.atomic
def call_back_still_due(*, journey: Journey, by: User, asked_on: datetime.date) -> None:
    """Take « rappelée » back: the call of today goes, the person still waits since the same day."""
    participant = journey.participant
    participant.call_back_asked_on = min(asked_on, timezone.localdate())
    participant.save(update_fields=["call_back_asked_on"])
    call = journey.contacts.filter(kind=ContactKind.CALL, on=timezone.localdate(), by=by).first()
    if call:
        call.delete()
    tell_of(Act.UNDONE, participant=participant, by=by)
