"""Meeting somebody: a nickname is enough, a code is given at once (rule 1)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.participants.actions import answer_referral
from journeys.participants.codes import new_code
from journeys.participants.enums import ReferralAnswer
from journeys.participants.models import Participant, Referral
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.enums import ContactKind, Phase, TeamRole
from journeys.pathway.models import Contact, Journey, PeriodEntry, PhaseChange, TeamMember
from territories.accounts.models import User
from territories.journal.enums import Act
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
        nickname=nickname.strip(),
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
def record_contact(*, journey: Journey, by: User, seen: int | None, kind: str, on) -> Contact:
    """A visit, a meeting, a call or a message, on a day; no word about it."""
    journey = begin(journey, seen=seen)
    if on > timezone.localdate():
        raise ValidationError({"on": _("Un contact se note le jour même ou après.")})
    if on < journey.first_contact_on:
        raise ValidationError({"on": _("Ce jour vient avant la première rencontre.")})
    contact = Contact.objects.create(
        territory_id=journey.territory_id, journey=journey, kind=kind, on=on, by=by
    )
    tell(Act.CONTACT_RECORDED, journey=journey, by=by, about=contact)
    return contact
