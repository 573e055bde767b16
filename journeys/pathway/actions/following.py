"""Taking news after an exit (rule 11): by message, by phone, face to face. Each try is kept, so
that nobody is called unreachable who was not asked."""

import datetime
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.messages.actions import cancel_planned, send_later
from journeys.messages.enums import Channel, Meaning
from journeys.messages.models import InboundMessage, OptOut, OutboundMessage
from journeys.participants.signals import died
from journeys.pathway import after
from journeys.pathway.actions.acting import begin, refuse_before, refuse_future, tell
from journeys.pathway.enums import FollowUpStatus, TryHow, TryResult
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Absence, FollowUp, FollowUpTry, Journey
from rtr import scope
from rtr.lib import french
from territories.accounts.models import User
from territories.journal.enums import Act

CAUSE = "followup.ask"
NOT_ASKED = "nothing to ask any more"
# 96 bits: a text message in Arabic holds 70 characters, its link included.
LINK_BYTES = 12
MESSAGES = 2
REMIND_AFTER = datetime.timedelta(days=7)
LINK_KEPT = datetime.timedelta(days=30)  # after it works no more
TRIES = 3  # in vain, before somebody may be called unreachable
IN_VAIN = (TryResult.NO_ANSWER, TryResult.WRONG_NUMBER)


# -- By message, each night ------------------------------------------------------------------------


def ask_follow_ups(*, on: datetime.date) -> int:
    """Ask those whose day has come and who have a phone; once more a week later, then no more.

    Returns how many messages were written. Safe to run twice.
    """
    FollowUpTry.objects.filter(expires_at__lt=timezone.now() - LINK_KEPT).update(
        token_sha256=None, expires_at=None
    )
    waiting = FollowUp.objects.pending().filter(
        opens_on__lte=on,
        late_on__gte=on,
        absence__agreed_to_contact=True,
        absence__until_on__isnull=True,
    )
    waiting = waiting.select_related("journey__participant", "territory__programme")
    return sum(_asked(row, on) for row in waiting.prefetch_related("tries").order_by("pk"))


def _asked(follow_up: FollowUp, on: datetime.date) -> bool:
    sent = [one.on for one in follow_up.tries.all() if one.how == TryHow.SMS]
    phone = after.phone_of(follow_up.journey.participant)
    if not phone or len(sent) >= MESSAGES or (sent and on < max(sent) + REMIND_AFTER):
        return False
    if OptOut.objects.filter(territory=follow_up.territory, phone=phone, until=None).exists():
        return False
    with scope.over([follow_up.territory_id]):
        _ask(follow_up, phone, on)
    return True


@transaction.atomic
def _ask(follow_up: FollowUp, phone: str, on: datetime.date) -> None:
    journey = begin(follow_up.journey, seen=None)
    language = after.language_of(journey.participant)
    token = secrets.token_urlsafe(LINK_BYTES)
    ends = timezone.make_aware(datetime.datetime.combine(follow_up.late_on, datetime.time.max))
    send_later(
        territory=follow_up.territory,
        cause=CAUSE,
        channel=Channel.SMS,
        to=phone,
        participant=journey.participant,
        language=language,
        places={
            "who": after.helper_of(follow_up) or after.words(language)["team"],
            "link": settings.SITE_URL + reverse("follow_up_answer", args=[token]),
        },
        useless_after=ends,
    )
    row = FollowUpTry.objects.create(
        **_of(journey),
        follow_up=follow_up,
        how=TryHow.SMS,
        on=on,
        result=TryResult.ASKED,
        token_sha256=after.sha256_of(token),
        expires_at=ends + REMIND_AFTER,
    )
    follow_up.status, follow_up.status_on = FollowUpStatus.ASKED, on
    follow_up.save(update_fields=["status", "status_on"])
    tell(Act.FOLLOW_UP_ASKED, journey=journey, by=None, about=row)


def _of(journey: Journey) -> dict:
    return {"territory_id": journey.territory_id, "journey": journey}


# -- By the person, from the link ------------------------------------------------------------------


def answer_by_link(token: str, code: str) -> bool:
    """Keep the answer; False for a link that is not open (any more), or a code that is none."""
    link = after.link_of(token)
    if link is None or not after.is_answer(code):
        return False
    with scope.over([link.territory_id]), transaction.atomic():
        journey, follow_up = _locked(link.follow_up, seen=None)
        link.follow_up = follow_up
        if not after.is_open(link):  # the second of two taps
            return False
        if code in (after.REFUSE, after.STOP):
            _answered(follow_up, how=TryHow.SMS, by=None)
        else:
            _answered(follow_up, how=TryHow.SMS, by=None, situation=code)
        if code == after.STOP:
            ask_no_more(absence=follow_up.absence)
        tell(Act.FOLLOW_UP_ANSWERED, journey=journey, by=None, about=follow_up)
    return True


def answered_by_message(answer: InboundMessage) -> None:
    """« 2 », sent back to the message: no more news are asked. Raises ValueError for the rest."""
    if answer.meaning != Meaning.NO:
        raise ValueError("only a no is understood")
    journey = Journey.objects.get(participant=answer.participant_id)
    for follow_up in journey.follow_ups.filter(status=FollowUpStatus.ASKED):
        journey, follow_up = _locked(follow_up, seen=None)
        _answered(follow_up, how=TryHow.SMS, by=None)
        ask_no_more(absence=follow_up.absence)
        tell(Act.FOLLOW_UP_ANSWERED, journey=journey, by=None, about=follow_up)


# -- By the team -----------------------------------------------------------------------------------


@transaction.atomic
def record_try(
    *,
    follow_up: FollowUp,
    by: User,
    seen: int | None,
    how: str,
    on: datetime.date,
    result: str,
    situation: str = "",
    since_on: datetime.date | None = None,
    no_more: bool = False,
) -> FollowUpTry:
    """A call or a talk, on a day, and what came of it. `no_more`: the person asks not to be
    contacted again."""
    journey, follow_up = _locked(follow_up, seen=seen)
    _refuse_unless_open(follow_up)
    refuse_future(on, "on")
    refuse_before(on, follow_up.opens_on, "on")
    if result == TryResult.ANSWERED and not situation:
        raise ValidationError({"situation": _("Choisissez la situation de la personne.")})
    if since_on:
        refuse_future(since_on, "since_on")
    row = FollowUpTry.objects.create(
        **_of(journey), follow_up=follow_up, how=how, on=on, result=result, by=by
    )
    if result == TryResult.ANSWERED:
        _answered(follow_up, how=how, by=by, on=on, situation=situation, since_on=since_on)
    elif result == TryResult.REFUSED:
        _answered(follow_up, how=how, by=by, on=on)
    elif follow_up.status == FollowUpStatus.DUE:
        follow_up.status, follow_up.status_on, follow_up.recorded_by = FollowUpStatus.ASKED, on, by
        follow_up.save()
    if no_more:
        ask_no_more(absence=follow_up.absence)
    if situation == DEATH:
        leave_in_peace(journey, on)
    tell(Act.FOLLOWED_UP, journey=journey, by=by, about=row)
    return row


@transaction.atomic
def give_up(*, follow_up: FollowUp, by: User, seen: int | None, reason: str) -> FollowUp:
    """Unreachable, with a reason, once somebody tried enough."""
    journey, follow_up = _locked(follow_up, seen=seen)
    _refuse_unless_open(follow_up)
    if not may_give_up(follow_up):
        raise ValidationError(
            _("Notez d’abord trois essais sans réponse, ou un numéro qui n’est plus le sien.")
        )
    follow_up.status, follow_up.status_on = FollowUpStatus.UNREACHABLE, timezone.localdate()
    follow_up.unreachable_reason, follow_up.recorded_by = reason, by
    follow_up.save()
    _cancel_messages(follow_up)
    tell(Act.FOLLOWED_UP, journey=journey, by=by, about=follow_up)
    return follow_up


def may_give_up(follow_up: FollowUp) -> bool:
    results = list(follow_up.tries.values_list("result", flat=True))
    in_vain = sum(result in (*IN_VAIN, TryResult.ASKED) for result in results)
    return in_vain >= TRIES or TryResult.WRONG_NUMBER in results


def take_back(row: FollowUpTry | FollowUp) -> None:
    """Undo one's own try, or having given up: the question is open again."""
    follow_up = row if isinstance(row, FollowUp) else row.follow_up
    if follow_up.situation == DEATH:
        raise ValidationError(_("Ce suivi dit un décès : corrigez-le avec la coordination."))
    if isinstance(row, FollowUpTry):
        row.delete()
    last = follow_up.tries.last()
    follow_up.status = FollowUpStatus.ASKED if last else FollowUpStatus.DUE
    follow_up.status_on = last.on if last else None
    follow_up.recorded_by = last.by if last else None
    follow_up.situation = follow_up.answered_how = follow_up.unreachable_reason = ""
    follow_up.since_on = None
    follow_up.save()


def _locked(follow_up: FollowUp, *, seen: int | None) -> tuple[Journey, FollowUp]:
    journey = begin(follow_up.journey, seen=seen)
    row = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    return journey, row


def _refuse_unless_open(follow_up: FollowUp) -> None:
    if follow_up.status not in after.PENDING:
        raise ValidationError(_("Ce suivi a déjà sa réponse."))
    if follow_up.opens_on > timezone.localdate():
        day = french.day(follow_up.opens_on)
        raise ValidationError(_("Ce suivi s’ouvre le %(day)s.") % {"day": day})


# -- What an answer changes ------------------------------------------------------------------------


def _answered(
    follow_up: FollowUp,
    *,
    how: str,
    by: User | None,
    on: datetime.date | None = None,
    situation: str = "",
    since_on: datetime.date | None = None,
) -> None:
    """Answered when there is a situation, refused when there is none."""
    follow_up.status = FollowUpStatus.ANSWERED if situation else FollowUpStatus.REFUSED
    follow_up.status_on = on or timezone.localdate()
    follow_up.situation, follow_up.since_on = situation, since_on if situation else None
    follow_up.answered_how, follow_up.recorded_by = how, by
    follow_up.save()
    _cancel_messages(follow_up)


def ask_no_more(*, absence: Absence) -> None:
    """The agreement to be contacted is withdrawn: what was to be asked later is not."""
    absence.agreed_to_contact = False
    absence.save(update_fields=["agreed_to_contact"])
    cancel_follow_ups(absence.follow_ups.all(), timezone.localdate())
    cancel_messages(absence.journey)


def agree_again(*, absence: Absence) -> None:
    """What was not to be asked any more, and is not late yet, is asked."""
    today = timezone.localdate()
    absence.agreed_to_contact = True
    absence.save(update_fields=["agreed_to_contact"])
    ahead = absence.follow_ups.filter(status=FollowUpStatus.CANCELLED, late_on__gte=today)
    ahead.update(status=FollowUpStatus.DUE, status_on=None)


def cancel_follow_ups(follow_ups, on: datetime.date) -> None:
    follow_ups.pending().update(status=FollowUpStatus.CANCELLED, status_on=on)


def _cancel_messages(follow_up: FollowUp) -> None:
    cancel_messages(follow_up.journey)


def cancel_messages(journey: Journey) -> None:
    """The question is answered, or the person is back: the message that asks it does not leave."""
    asking = OutboundMessage.objects.filter(participant=journey.participant_id, cause=CAUSE)
    asking.cancel(NOT_ASKED)


def leave_in_peace(journey: Journey, on: datetime.date) -> None:
    """After a death nobody is asked anything, nobody is called, nothing planned is sent, and the
    person's own pages are open nowhere."""
    cancel_follow_ups(journey.follow_ups.all(), on)
    journey.participant.call_back_asked_on = None
    journey.participant.save(update_fields=["call_back_asked_on"])
    cancel_planned(journey.participant)
    died.send(sender=None, participant=journey.participant)
