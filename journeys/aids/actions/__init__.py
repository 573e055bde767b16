"""Writes on an aid: asked, sent to who pays, granted or not, given, cancelled."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.aids.enums import AidStatus
from journeys.aids.models import MOST, AidRequest
from journeys.participants.actions import UNDO_WITHIN
from journeys.pathway.actions.acting import begin, refuse_before, refuse_future, save_new, tell
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def request(
    *,
    journey: Journey,
    by: User,
    seen: int | None,
    kind: str,
    purpose: str,
    amount: Decimal | None = None,
    note: str = "",
    **about,
) -> AidRequest:
    """Ask for an aid. `about`: the session, immersion or appointment that `purpose` names.

    Asked twice the same day for the same thing, it is one request.
    """
    journey = begin(journey, seen=seen)
    refuse_amount(amount, "amount")
    purpose = " ".join(purpose.split())
    waiting = journey.aids.waiting().filter(kind=kind, purpose=purpose)
    if twice := waiting.filter(asked_on=timezone.localdate()).first():
        return twice
    aid = AidRequest(
        territory_id=journey.territory_id,
        journey=journey,
        kind=kind,
        purpose=purpose,
        amount_asked=amount,
        asked_by=by,
        changed_by=by,
        note=note,
        **about,
    )
    save_new(aid)
    tell(Act.AID_REQUESTED, journey=journey, by=by, about=aid)
    return aid


@transaction.atomic
def send(
    *, aid: AidRequest, by: User, seen: int | None, payer: str, on: datetime.date
) -> AidRequest:
    """The request left for whoever pays (a trainee's remuneration goes to the Region…)."""
    journey, aid = _locked(aid, seen, [AidStatus.ASKED])
    refuse_future(on, "on")
    refuse_before(on, aid.asked_on, "on")
    aid.payer, aid.sent_on = payer, on
    _turn(aid, AidStatus.ASKED, by)
    aid.was = ""
    aid.save(update_fields=["was"])
    tell(Act.AID_SENT, journey=journey, by=by, about=aid)
    return aid


@transaction.atomic
def grant(
    *, aid: AidRequest, by: User, seen: int | None, amount: Decimal, payer: str, on: datetime.date
) -> AidRequest:
    journey, aid = _locked(aid, seen, [AidStatus.ASKED])
    refuse_amount(amount, "amount")
    _refuse_day(aid, on)
    aid.amount_granted, aid.payer = amount, payer
    aid.decided_on, aid.decided_by = on, by
    _turn(aid, AidStatus.GRANTED, by)
    tell(Act.AID_DECIDED, journey=journey, by=by, about=aid)
    return aid


@transaction.atomic
def refuse(
    *, aid: AidRequest, by: User, seen: int | None, reason: str, on: datetime.date
) -> AidRequest:
    """No, with a coded reason, that the person reads in kind words."""
    journey, aid = _locked(aid, seen, [AidStatus.ASKED])
    _refuse_day(aid, on)
    aid.refusal, aid.decided_on, aid.decided_by = reason, on, by
    _turn(aid, AidStatus.REFUSED, by)
    tell(Act.AID_DECIDED, journey=journey, by=by, about=aid)
    return aid


@transaction.atomic
def give(*, aid: AidRequest, by: User) -> AidRequest:
    """Handed over today; a second tap changes nothing."""
    journey, aid = _locked(aid, None, [AidStatus.GRANTED, AidStatus.GIVEN])
    if aid.status == AidStatus.GIVEN:
        return aid
    aid.given_on, aid.given_by = timezone.localdate(), by
    _turn(aid, AidStatus.GIVEN, by)
    tell(Act.AID_GIVEN, journey=journey, by=by, about=aid)
    return aid


@transaction.atomic
def cancel(*, aid: AidRequest, by: User) -> AidRequest:
    """Not needed any more: by the team while it is not given, by the person while it waits."""
    open_to = [AidStatus.ASKED] if by.territory_id else [AidStatus.ASKED, AidStatus.GRANTED]
    journey, aid = _locked(aid, None, [*open_to, AidStatus.CANCELLED])
    if aid.status == AidStatus.CANCELLED:
        return aid
    _turn(aid, AidStatus.CANCELLED, by)
    tell(Act.AID_CANCELLED, journey=journey, by=by, about=aid)
    return aid


@transaction.atomic
def undo(*, aid: AidRequest, by: User) -> None:
    """Take back one's own last act on it, within a quarter of an hour."""
    journey, aid = _locked(aid, None, AidStatus.values)
    late = timezone.now() - aid.changed_at > UNDO_WITHIN
    is_new = aid.status == AidStatus.ASKED and not aid.was and not aid.sent_on
    if aid.changed_by_id != by.pk or late or not (aid.was or is_new):
        raise ValidationError(_("Il s’est passé autre chose depuis. Cela ne s’annule plus."))
    if is_new:
        aid.delete()
    else:
        _turn_back(aid, by)
    tell(Act.UNDONE, journey=journey, by=by)


def _turn_back(aid: AidRequest, by: User) -> None:
    if aid.status == AidStatus.GIVEN:
        aid.given_on = aid.given_by = None
    if aid.was == AidStatus.ASKED:
        aid.decided_on = aid.decided_by = aid.amount_granted = None
        aid.refusal = ""
        aid.payer = aid.payer if aid.sent_on else ""
    _turn(aid, aid.was, by)
    aid.was, aid.changed_by = "", None
    aid.save(update_fields=["was", "changed_by"])


def refuse_amount(amount: Decimal | None, field: str) -> None:
    if amount is not None and not 0 <= amount <= MOST:
        raise ValidationError({field: _("Un montant va de 0 à 5 000 euros.")})


def _refuse_day(aid: AidRequest, on: datetime.date) -> None:
    refuse_future(on, "on")
    refuse_before(on, aid.asked_on, "on")


def _locked(aid: AidRequest, seen: int | None, statuses) -> tuple[Journey, AidRequest]:
    """Of two decisions at once, the second finds the first one's (or raises Stale)."""
    journey = begin(aid.journey, seen=seen)
    aid = AidRequest.objects.select_for_update(of=("self",)).filter(pk=aid.pk).first()
    if aid is None:
        raise ValidationError(_("Cette demande vient d’être retirée."))
    if aid.status not in statuses:
        raise ValidationError(
            _("Cette demande a déjà sa réponse : %(state)s.") % {"state": aid.get_status_display()}
        )
    aid.journey = journey
    return journey, aid


def _turn(aid: AidRequest, status: str, by: User) -> None:
    aid.was, aid.status = aid.status, status
    aid.changed_by, aid.changed_at = by, timezone.now()
    aid.full_clean(exclude=["territory", "journey"])
    aid.save()
