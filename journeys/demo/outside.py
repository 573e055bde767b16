"""What comes from outside: how referrals arrived, and how news were taken after an exit."""

import datetime

from journeys.demo.chance import Chance, Weights, days, working
from journeys.demo.ground import Ground
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from journeys.models import FollowUp, FollowUpTry
from journeys.participants.enums import CameBy
from journeys.pathway.enums import FollowUpStatus, TryHow, TryResult, UnreachableReason

OF_ACCOUNTS = "mission_locale"  # the channel of the prescribers who have one
ANSWERED_HOW = Weights({TryHow.SMS: 46, TryHow.CALL: 44, TryHow.VISIT: 10})
REASONS = Weights(
    {
        UnreachableReason.NO_ANSWER: 70,
        UnreachableReason.WRONG_NUMBER: 20,
        UnreachableReason.MOVED: 10,
    }
)
RESULTS = {
    FollowUpStatus.ANSWERED: TryResult.ANSWERED,
    FollowUpStatus.REFUSED: TryResult.REFUSED,
}


def arrival(ground: Ground, chance: Chance, channel: str) -> dict:
    """How a referral came: from an account, the public page, or noted by the team."""
    if channel == OF_ACCOUNTS and ground.team.prescribers and chance.happens(0.75):
        sender = chance.choice(ground.team.prescribers)
        return {
            "came_by": CameBy.ACCOUNT,
            "sent_by_id": sender.user.pk,
            "organisation_id": sender.organisation.pk,
            "prescriber": str(sender.organisation),
            "prescriber_email": sender.user.email,
        }
    return {"came_by": CameBy.PUBLIC if chance.happens(0.4) else CameBy.TEAM}


def reminder(received_on: datetime.date, until: datetime.date) -> datetime.date | None:
    """The last day the team was reminded of a referral that waited until then."""
    reached = [on for on in (days(received_on, 15), days(received_on, 25)) if on <= until]
    return max(reached, default=None)


class News:
    """The tries of one person's follow-ups."""

    def __init__(self, person: Talent, rows: Rows, chance: Chance, yesterday: datetime.date):
        self.person, self.rows, self.chance = person, rows, chance
        self.yesterday = yesterday

    def write(
        self,
        opens_on: datetime.date,
        status: str,
        status_on: datetime.date | None,
        **columns,
    ) -> None:
        """One follow-up and what was tried for it."""
        pk, how = self.rows.next_id(FollowUp), ""
        if status in RESULTS:
            how = self.chance.weighted(ANSWERED_HOW)
        reason = self.chance.weighted(REASONS) if status == FollowUpStatus.UNREACHABLE else ""
        self.rows.add(
            FollowUp,
            **self.person.of,
            id=pk,
            opens_on=opens_on,
            status=status,
            status_on=status_on,
            answered_how=how,
            unreachable_reason=reason,
            recorded_by_id=self._by(how) if status_on else None,
            **columns,
        )
        if status_on and status != FollowUpStatus.CANCELLED:
            self._tries(pk, opens_on, status, status_on, how, reason)

    def _tries(self, pk, opens_on, status, status_on, how, reason) -> None:
        self._try(pk, TryHow.SMS, opens_on, TryResult.ASKED)
        if days(opens_on, 7) <= status_on:
            self._try(pk, TryHow.SMS, days(opens_on, 7), TryResult.ASKED)
        in_vain = {FollowUpStatus.UNREACHABLE: 3, FollowUpStatus.ASKED: 1}.get(status, 0)
        wrong = reason == UnreachableReason.WRONG_NUMBER
        for _call in range(in_vain):
            on = max(opens_on, working(self.chance.day(opens_on, status_on)))
            result = TryResult.WRONG_NUMBER if wrong else TryResult.NO_ANSWER
            self._try(pk, TryHow.CALL, on, result)
        if how and how != TryHow.SMS:
            self._try(pk, how, status_on, RESULTS[status])

    def _try(self, pk: int, how: str, on: datetime.date, result: str) -> None:
        self.rows.add(
            FollowUpTry,
            **self.person.of,
            follow_up_id=pk,
            how=how,
            on=on,
            result=result,
            by_id=self._by(how),
        )

    def _by(self, how: str) -> int | None:
        """Nobody for a text message and for an answer to it."""
        return None if how == TryHow.SMS else self.person.helper.user.pk
