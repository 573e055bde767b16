"""Referrals, presences, and the details of a person."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.messages.actions import send_later
from journeys.messages.enums import Channel
from journeys.participants.enums import ReferralAnswer
from journeys.participants.models import OtherSupport, Outreach, Participant, Referral
from journeys.participants.signals import number_changed
from rtr.lib import french
from rtr.lib.contacts import tidy
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.places.models import Territory

CALL_BACK = ["call_back_asked_on", "call_back_moment", "call_back_phone", "call_back_with"]
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


def refuse_future(day: datetime.date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("Choisissez aujourd’hui ou un jour passé."))


@transaction.atomic
def record_outreach(*, by: User, outreach: Outreach) -> Outreach:
    """Keep how many people were met on site, and nothing about them."""
    refuse_future(outreach.on)
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
    """One that the team was told of."""
    refuse_future(referral.agreed_on)
    refuse_future(referral.received_on)
    referral.contact = tidy(referral.contact)
    referral.save()
    return referral


@transaction.atomic
def receive_from_outside(*, referral: Referral, by: User | None = None) -> tuple[Referral, bool]:
    """Keep what a prescriber sends, from the public page or (`by`) from an account; a mail says
    that it arrived.

    The same contact sent again by the same sender is not kept twice. Another sender's is: neither
    learns of the other.
    Returns the referral, and whether it had been sent before.
    """
    refuse_future(referral.agreed_on)
    referral.contact = tidy(referral.contact)
    referral.prescriber_email = referral.prescriber_email.lower()
    referral.sent_by = by
    # Two taps on the button: the second waits here for the first.
    Territory.objects.select_for_update(no_key=True).get(pk=referral.territory_id)
    known = _sent_before(referral)
    if known is None:
        referral.save(force_insert=True)
    _acknowledge(known or referral, is_known=known is not None)
    return known or referral, known is not None


def _sent_before(referral: Referral) -> Referral | None:
    same = Referral.objects.open().filter(territory=referral.territory, contact=referral.contact)
    sender = Q(prescriber_email=referral.prescriber_email)
    if referral.organisation_id:
        sender |= Q(organisation=referral.organisation_id)
    return same.filter(sender).order_by("pk").first()


def _acknowledge(referral: Referral, *, is_known: bool) -> None:
    send_later(
        territory=referral.territory,
        cause="referral.known" if is_known else "referral.received",
        channel=Channel.MAIL,
        to=referral.prescriber_email,
        places={
            "number": str(referral.pk),
            "day": _in_words(referral.received_on),
            "before": _in_words(referral.answer_before),
        },
    )


def _in_words(day: datetime.date) -> str:
    return french.day_in_full(day, weekday=False)


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
                "day": _in_words(referral.answered_on),
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
        places={
            "number": str(referral.pk),
            "day": _in_words(referral.received_on),
            "outcome": outcome,
        },
    )


@transaction.atomic
def ask_call_back(
    *,
    participant: Participant,
    by: User | None = None,
    moment: str = "",
    phone: str = "",
    with_whom: User | None = None,
) -> None:
    """The person wants to be called: it comes up in the day's work until somebody does.

    Parameters: `moment`, a part of the day; `phone`, for this call only, where the contact left
    is not the right one; `with_whom`, of the team. Asked again, the wish changes and the first day
    stays.
    """
    is_new = not participant.call_back_asked_on
    if is_new:
        participant.call_back_asked_on = timezone.localdate()
    participant.call_back_moment, participant.call_back_phone = moment, phone
    participant.call_back_with = with_whom
    participant.save(update_fields=CALL_BACK)
    if is_new:
        tell(Act.CALL_BACK_ASKED, participant=participant, by=by)


def cancel_call_back(*, participant: Participant) -> None:
    participant.call_back_asked_on = participant.call_back_with = None
    participant.call_back_moment = participant.call_back_phone = ""
    participant.save(update_fields=CALL_BACK)


def forget_call_back_numbers() -> int:
    """Those of calls that were made, once nobody may take « rappelée » back. Returns how many."""
    made = Participant.everyone.filter(call_back_asked_on=None).exclude(
        call_back_phone="", call_back_moment=""
    )
    return made.update(call_back_phone="", call_back_moment="")


@transaction.atomic
def correct_details(
    *,
    participant: Participant,
    by: User,
    nickname: str,
    contact: str,
    is_lost: bool = False,
    version: int | None = None,
) -> None:
    """Parameters: `is_lost`, somebody else has the number: devices and cards are closed."""
    is_changed = contact.strip() != participant.contact
    participant.nickname, participant.contact = " ".join(nickname.split()), contact.strip()
    if not (participant.contact or participant.call_back_phone):  # nobody to call back
        participant.call_back_asked_on = None
    participant.save(update_fields=["nickname", "contact", "call_back_asked_on"])
    if is_lost or is_changed:
        number_changed.send(sender=None, participant=participant, is_lost=is_lost)
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


def remind_of_referrals(*, on: datetime.date) -> int:
    """Tell the coordination of those that wait since half of their time, then again five days
    before the end: one mail to each coordinator, for all of them.

    Returns how many referrals were told. Safe to run twice.
    """
    late = [
        referral
        for referral in Referral.objects.open().select_related("territory__programme")
        if _is_to_remind(referral, on)
    ]
    told: dict[User, list[Referral]] = {}
    coordinating = Membership.objects.active(on).filter(role=Role.COORDINATOR, user__is_active=True)
    of_territories = coordinating.filter(territories__in={one.territory_id for one in late})
    for row in of_territories.select_related("user").prefetch_related("territories").order_by("pk"):
        mine = [one for one in late if one.territory_id in row.territory_ids]
        told[row.user] = list(dict.fromkeys([*told.get(row.user, []), *mine]))
    for user, referrals in told.items():
        _remind(user, referrals)
    reminded = {referral.pk for referrals in told.values() for referral in referrals}
    return Referral.objects.filter(pk__in=reminded).update(reminded_on=on)


def _is_to_remind(referral: Referral, on: datetime.date) -> bool:
    days = referral.territory.programme.referral_answer_days
    turns = [days // 2, days - 5]  # of thirty days: the fifteenth and the twenty-fifth
    reached = [referral.received_on + datetime.timedelta(days=turn) for turn in turns if turn > 0]
    reached = [turn for turn in reached if turn <= on]
    return bool(reached) and (referral.reminded_on is None or referral.reminded_on < max(reached))


def _remind(user: User, referrals: list[Referral]) -> None:
    count = len(referrals)
    first = min(referrals, key=lambda one: one.answer_before)
    words = french.capitalised(french.spelled(count, feminine=True))
    waiting = ngettext("demande attend", "demandes attendent", count)
    send_later(
        territory=first.territory,
        cause="referral.reminder",
        channel=Channel.MAIL,
        to=user.email,
        places={
            "waiting": f"{words} {waiting}",
            "before": _in_words(first.answer_before),
            "link": settings.SITE_URL + reverse("referrals"),
        },
    )


def erase_referrals(*, on: datetime.date) -> int:
    """Rule 2: expire those without answer in time, erase the people's data after the answer.

    Returns how many were erased. Safe to run twice.
    """
    for referral in Referral.objects.open().select_related("territory__programme"):
        if referral.answer_before < on:
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
