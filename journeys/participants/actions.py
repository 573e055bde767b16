"""Referrals, presences, and the details of a person."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.messages.actions import send_later
from journeys.messages.enums import Channel
from journeys.participants.enums import ReferralAnswer
from journeys.participants.models import OtherSupport, Outreach, Participant, Referral
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act

UNDO_WITHIN = datetime.timedelta(minutes=15)


def tell(
    act: str,
    *,
    participant: Participant,
    by: User | None,
    about=None,
    fields=(),
    version: int | None = None,
) -> None:
    """One line of the journal about this person; `version`, of the journey, after an act on it."""
    record(
        act,
        by=by,
        territory_id=participant.territory_id,
        participant_id=participant.pk,
        about=about,
        fields=fields,
        version=version,
    )


@transaction.atomic
def record_outreach(*, by: User, outreach: Outreach) -> Outreach:
    """Keep how many people were met on site, and nothing about them."""
    if outreach.on > timezone.localdate():
        raise ValidationError({"on": _("Une présence se note le jour même ou après.")})
    outreach.recorded_by = by
    outreach.save()
    return outreach


@transaction.atomic
def remove_outreach(*, by: User, outreach: Outreach) -> None:
    """Take back one's own presence, within a quarter of an hour."""
    late = timezone.now() - outreach.recorded_at > UNDO_WITHIN
    if outreach.recorded_by_id != by.pk or late:
        raise ValidationError(_("Une présence se retire pendant un quart d’heure, par son auteur."))
    outreach.delete()


@transaction.atomic
def receive_referral(*, referral: Referral) -> Referral:
    if referral.agreed_on > timezone.localdate():
        raise ValidationError(
            {"agreed_on": _("Choisissez le jour de l’accord : aujourd’hui ou avant.")}
        )
    if referral.received_on > timezone.localdate():
        raise ValidationError({"received_on": _("Choisissez aujourd’hui ou un jour passé.")})
    referral.save()
    return referral


@transaction.atomic
def answer_referral(
    *,
    referral: Referral,
    by: User | None,
    answer: ReferralAnswer,
    reason: str = "",
    participant: Participant | None = None,
) -> Referral:
    """Accept, decline or let expire; the prescriber learns the outcome, never more (rule 2).

    Raises ValidationError if somebody answered meanwhile, or if a refusal gives no reason.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if referral.answer:
        raise ValidationError(
            _("Cette orientation a déjà une réponse : %(answer)s, le %(day)s.")
            % {
                "answer": referral.get_answer_display(),
                "day": referral.answered_on.strftime("%d/%m/%Y"),
            }
        )
    if answer == ReferralAnswer.DECLINED and not reason:
        raise ValidationError({"decline_reason": _("Choisissez une raison.")})
    referral.answer, referral.decline_reason = answer, reason
    referral.answered_on, referral.answered_by = timezone.localdate(), by
    referral.participant = participant
    referral.save()
    record(
        Act.REFERRAL_ANSWERED,
        by=by,
        territory_id=referral.territory_id,
        participant_id=participant.pk if participant else None,
        about=referral,
    )
    _tell_prescriber(referral)
    return referral


def _tell_prescriber(referral: Referral) -> None:
    if not referral.prescriber_email:
        return
    outcome = {
        ReferralAnswer.ACCEPTED: _(
            "Votre demande est acceptée : nous prenons contact avec la personne."
        ),
        ReferralAnswer.DECLINED: _("Votre demande n’a pas pu être suivie."),
        ReferralAnswer.EXPIRED: _("Nous n’avons pas pu répondre à votre demande dans les temps."),
    }[ReferralAnswer(referral.answer)]
    send_later(
        territory=referral.territory,
        cause="referral.answered",
        channel=Channel.MAIL,
        to=referral.prescriber_email,
        places={"day": referral.received_on.strftime("%d/%m/%Y"), "outcome": outcome},
    )


def ask_call_back(*, participant: Participant) -> None:
    """The person wants to be called: it comes up in the day's work until somebody does."""
    if not participant.call_back_asked_on:
        participant.call_back_asked_on = timezone.localdate()
        participant.save(update_fields=["call_back_asked_on"])


def cancel_call_back(*, participant: Participant) -> None:
    participant.call_back_asked_on = None
    participant.save(update_fields=["call_back_asked_on"])


@transaction.atomic
def correct_details(
    *,
    participant: Participant,
    by: User,
    nickname: str,
    contact: str,
    version: int | None = None,
) -> None:
    participant.nickname, participant.contact = " ".join(nickname.split()), contact.strip()
    if not participant.contact:  # nobody can be called back without one
        participant.call_back_asked_on = None
    participant.save(update_fields=["nickname", "contact", "call_back_asked_on"])
    fields = ["nickname", "contact"]
    tell(Act.DETAILS_CHANGED, participant=participant, by=by, fields=fields, version=version)


@transaction.atomic
def note_support(*, by: User, support: OtherSupport, version: int | None = None) -> OtherSupport:
    """Who else supports the person, since when; the programme adds to them."""
    support.territory_id = support.participant.territory_id
    support.full_clean(exclude=["territory", "participant"])
    support.save()
    tell(
        Act.SUPPORT_CHANGED,
        participant=support.participant,
        by=by,
        about=support,
        version=version,
    )
    return support


@transaction.atomic
def end_support(
    *, support: OtherSupport, by: User, on: datetime.date, version: int | None = None
) -> None:
    support.until_on = on
    support.full_clean(exclude=["territory", "participant"])
    support.save(update_fields=["until_on"])
    tell(
        Act.SUPPORT_CHANGED,
        participant=support.participant,
        by=by,
        about=support,
        version=version,
    )


def erase_referrals(*, on: datetime.date) -> int:
    """Rule 2: expire those without answer in time, erase the people's data after the answer.

    Returns how many were erased. Safe to run twice.
    """
    for referral in Referral.objects.open().select_related("territory__programme"):
        days = referral.territory.programme.referral_answer_days
        if referral.received_on + datetime.timedelta(days=days) < on:
            answer_referral(referral=referral, by=None, answer=ReferralAnswer.EXPIRED)
    erased = 0
    answered = Referral.objects.filter(erased_on__isnull=True, answered_on__isnull=False)
    for referral in answered.select_related("territory__programme"):
        days = referral.territory.programme.referral_erase_days
        if referral.answered_on + datetime.timedelta(days=days) <= on:
            referral.first_name = referral.contact = referral.prescriber_email = ""
            referral.erased_on = on
            referral.save(update_fields=["first_name", "contact", "prescriber_email", "erased_on"])
            erased += 1
    return erased
