"""What happens on the way: phases, contacts, pauses, exits, outcomes, follow-ups."""

import datetime
from itertools import count

from dateutil.relativedelta import relativedelta

from journeys.demo.chance import Chance, Weights, days, working
from journeys.demo.ground import WORDS
from journeys.demo.lives import NO_NEWS, Span, Story
from journeys.demo.outside import News
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from journeys.documents.enums import DocumentKind
from journeys.models import (
    Absence,
    Contact,
    Document,
    Extension,
    Outcome,
    PhaseChange,
)
from journeys.pathway.enums import ContactKind, FollowUpStatus, Milestone, Phase
from journeys.pathway.lists import DEATH, EXITS
from territories.journal.enums import Act

PHRASES, HOSTS = WORDS["phrases"], WORDS["hosts"]
CONTACT_KINDS = Weights(
    {
        ContactKind.VISIT: 70,
        ContactKind.MEETING: 15,
        ContactKind.CALL: 9,
        ContactKind.MESSAGE: 6,
    }
)
OUTCOME_KINDS = Weights(
    {
        "cdd_interim": 30,
        "cdi": 8,
        "siae": 14,
        "contrat_aide": 8,
        "alternance": 5,
        "formation_qualifiante": 12,
        "formation_prequalifiante": 12,
        "benevolat": 14,
        "service_civique": 3,
        "creation": 3,
        "engagement_citoyen": 3,
    }
)
# An answer long after the opening, and one that may still come.
OLD_ANSWERS = Weights(
    {
        FollowUpStatus.ANSWERED: 72,
        FollowUpStatus.UNREACHABLE: 16,
        FollowUpStatus.REFUSED: 8,
        FollowUpStatus.ASKED: 2,
        FollowUpStatus.DUE: 2,
    }
)
FRESH_ANSWERS = Weights(
    {
        FollowUpStatus.DUE: 35,
        FollowUpStatus.ASKED: 15,
        FollowUpStatus.ANSWERED: 45,
        FollowUpStatus.UNREACHABLE: 3,
        FollowUpStatus.REFUSED: 2,
    }
)
LATER = Weights({"same": 62, "cdd_interim": 12, "recherche_emploi": 16, "cdi": 6, "siae": 4})
NOWHERE = Weights(
    {"recherche_emploi": 55, "cdd_interim": 20, "formation_prequalifiante": 8, "benevolat": 7}
    | {"droit_commun": 10}
)
WEEKS = {
    "cdd_interim": [4, 8, 13, 17, 26, 30, 39, 52],
    "contrat_aide": [26, 39, 52],
    "siae": [17, 26, 52],
    "alternance": [52, 104],
}
PROOFS = {
    "formation": DocumentKind.TRAINING,
    "positive_programme": DocumentKind.ENGAGEMENT,
    "emploi_durable": DocumentKind.WORK_CONTRACT,
    "emploi_transition": DocumentKind.WORK_CONTRACT,
    "selon_duree": DocumentKind.WORK_CONTRACT,
    "autre_positive": DocumentKind.OTHER,
}
FULL_WEEK = [20, 24, 26, 30, 35, 35, 35]


class Path:
    """Writes one person's path, up to yesterday."""

    def __init__(self, person: Talent, rows: Rows, chance: Chance, yesterday: datetime.date):
        self.person, self.life = person, person.life
        self.rows, self.chance, self.yesterday = rows, chance, yesterday

    def write(self) -> None:
        outcome_on = self._write_outcome()
        self._write_phases(outcome_on)
        self._write_contacts()
        for span in self.life.spans:
            self._write_span(span)
        if self.life.extended_until:
            self._write_extension()

    # -- Phases (rule 6) -------------------------------------------------------------------------

    def _write_phases(self, outcome_on: datetime.date | None) -> None:
        """The lived order, each row on or after the one before."""
        changes = sorted(self._phases(outcome_on), key=lambda change: change[0])
        phase, step, rank = None, None, count(1)
        for on, (to, to_step, reason) in changes:
            if (to, to_step) == (phase, step):
                continue
            phase, step = to, to_step
            number = next(rank)
            self.rows.add(
                PhaseChange,
                **self.person.of,
                rank=number,
                phase=to,
                step=to_step,
                on=on,
                reason=reason,
                by_id=self.person.helper.user.pk,
                at=self.chance.hour(on),
            )
            if number > 1:
                self.person.acts.append((on, Act.PHASE_CHANGED))

    def _phases(self, outcome_on: datetime.date | None):
        life, step = self.life, self.person.ground.step
        yield life.first_contact_on, (Phase.REPERAGE, step(Phase.REPERAGE, 0), "")
        explores = (Phase.MOBILISATION, step(Phase.MOBILISATION, 0), "")
        if life.entry_on is None:
            if (life.last_contact_on - life.first_contact_on).days > 20 and self.chance.happens(
                0.5
            ):
                yield (
                    self.chance.day(days(life.first_contact_on, 15), life.last_contact_on),
                    explores,
                )
            return
        if self.chance.happens(0.7):
            yield self.chance.day(days(life.first_contact_on, 7), life.entry_on), explores
        yield life.entry_on, (Phase.MOBILISATION, step(Phase.MOBILISATION, 1), "")
        insertion_on = self._insertion_on(outcome_on)
        if insertion_on is None:
            return
        yield insertion_on, (Phase.INSERTION, step(Phase.INSERTION, 0), "")
        if outcome_on and step(Phase.INSERTION, 1):
            yield outcome_on, (Phase.INSERTION, step(Phase.INSERTION, 1), "")
        elif outcome_on is None and self.chance.happens(0.1):
            back_on = self.chance.day(days(insertion_on, 10), life.ends_on)
            if insertion_on < back_on <= life.ends_on:
                reason = self.chance.choice(PHRASES["phase_back_reason"])
                yield back_on, (Phase.MOBILISATION, step(Phase.MOBILISATION, 1), reason)

    def _insertion_on(self, outcome_on: datetime.date | None) -> datetime.date | None:
        """Some weeks after the entry, and before what was won."""
        life = self.life
        won_on = outcome_on
        if won_on is None and life.exit and life.exit.is_positive:
            won_on = life.exit.from_on
        if won_on:
            return self.chance.day(days(life.entry_on, 1), days(won_on, -1))
        on = self.chance.day(days(life.entry_on, 45), days(life.entry_on, 240))
        return on if on < life.ends_on and self.chance.happens(0.8) else None

    # -- Contacts --------------------------------------------------------------------------------

    def _write_contacts(self) -> None:
        """The first one and the last one for sure; about one a week, then one in two weeks."""
        life, on = self.life, self.life.first_contact_on
        self._contact(on, ContactKind.MEETING)
        while True:
            signed = life.entry_on and on > life.entry_on
            on = working(days(on, self.chance.randint(*((5, 21) if signed else (3, 12)))))
            if on >= life.last_contact_on:
                break
            if not life.away_on(on):
                self._contact(on, self.chance.weighted(CONTACT_KINDS))
        if life.last_contact_on > life.first_contact_on:
            self._contact(life.last_contact_on, self.chance.weighted(CONTACT_KINDS))

    def _contact(self, on: datetime.date, kind: str) -> None:
        by, others = self.person.helper, self.person.ground.team.activity_referents
        if kind == ContactKind.VISIT and self.chance.happens(0.4):
            by = self.chance.choice(others)
        self.rows.add(Contact, **self.person.of, kind=kind, on=on, by_id=by.user.pk)

    # -- Pauses and exits (rules 7 and 10) -------------------------------------------------------

    def _write_span(self, span: Span) -> None:
        absence_id = self.rows.next_id(Absence)
        by = self.person.coordinator if span.is_exit else self.person.helper
        agrees = span.is_exit and span.exit_kind != DEATH and self.chance.happens(0.75)
        self.rows.add(
            Absence,
            **self.person.of,
            id=absence_id,
            kind=span.kind,
            from_on=span.from_on,
            until_on=span.until_on,
            expected_return_on=span.expected_return_on,
            pause_reason=span.pause_reason,
            exit_kind=span.exit_kind,
            weeks=self._weeks(span.exit_kind),
            agreed_to_contact=agrees,
            proof_id=self._proof(span.exit_kind, span.from_on) if span.is_exit else None,
            recorded_by_id=by.user.pk,
            recorded_at=self.chance.hour(span.from_on),
        )
        self.person.acts.append((span.from_on, Act.EXITED if span.is_exit else Act.PAUSED))
        if span.until_on:
            came_back = Act.RETURNED if span.is_exit else Act.RESUMED
            self.person.acts.append((span.until_on, came_back))
        if agrees and EXITS[span.exit_kind].is_yes("follow_up"):
            self._write_follow_ups(span, absence_id)

    def _weeks(self, kind: str) -> int | None:
        return self.chance.choice(WEEKS[kind]) if kind in WEEKS else None

    def _proof(self, kind: str, on: datetime.date) -> int | None:
        """Seen and given back: no file, who saw it and when."""
        if not EXITS[kind]["proof"] or self.chance.happens(0.3):
            return None
        document = PROOFS.get(EXITS[kind]["class"], DocumentKind.OTHER)
        if kind == "creation":
            document = DocumentKind.COMPANY
        seen_on = min(self.yesterday, working(days(on, self.chance.randint(0, 20))))
        seen_on = max(on, seen_on)
        pk = self.rows.next_id(Document)
        self.rows.add(
            Document,
            **self.person.ground.of,
            id=pk,
            participant_id=self.person.participant_id,
            kind=document,
            seen_by_id=self.person.coordinator.user.pk,
            seen_on=seen_on,
            added_at=self.chance.hour(seen_on),
        )
        return pk

    # -- Follow-ups (rule 11) --------------------------------------------------------------------

    def _write_follow_ups(self, span: Span, absence_id: int) -> None:
        programme = self.person.ground.programme
        opens = {Milestone.EXIT: span.from_on}
        for months in programme.followup_months:
            opens[Milestone(f"months_{months}")] = span.from_on + relativedelta(months=months)
        news = News(self.person, self.rows, self.chance, self.yesterday)
        for milestone, opens_on in opens.items():
            status, status_on = self._answer(span, opens_on)
            situation = self._situation(span) if status == FollowUpStatus.ANSWERED else ""
            news.write(
                opens_on,
                status,
                status_on,
                absence_id=absence_id,
                milestone=milestone,
                late_on=days(opens_on, programme.followup_late_days),
                situation=situation,
            )
            if status_on and status != FollowUpStatus.CANCELLED:
                self.person.acts.append((status_on, Act.FOLLOWED_UP))

    def _answer(self, span: Span, opens_on: datetime.date) -> tuple[str, datetime.date | None]:
        """Where this follow-up stands, and since when."""
        age = (self.yesterday - opens_on).days
        if span.until_on and span.until_on <= days(opens_on, 30):
            return FollowUpStatus.CANCELLED, span.until_on
        if age < 1:
            return FollowUpStatus.DUE, None
        status = self.chance.weighted(OLD_ANSWERS if age > 35 else FRESH_ANSWERS)
        if span.exit_kind == NO_NEWS and status == FollowUpStatus.ANSWERED:
            if self.chance.happens(0.7):
                status = FollowUpStatus.UNREACHABLE
        if status == FollowUpStatus.DUE:
            return status, None
        return status, self.chance.day(opens_on, min(self.yesterday, days(opens_on, 34)))

    def _situation(self, span: Span) -> str:
        if not span.is_positive:
            return self.chance.weighted(NOWHERE)
        situation = self.chance.weighted(LATER)
        return span.exit_kind if situation == "same" else situation

    # -- What is won on the way ------------------------------------------------------------------

    def _write_outcome(self) -> datetime.date | None:
        """A job, a training or an engagement while the journey goes on. Returns its first day."""
        life = self.life
        if life.entry_on is None or life.story == Story.NEW:
            return None
        kind, started_on = self._won()
        if kind is None or not life.entry_on < started_on < life.ends_on:
            return None
        ended_on = None
        if not life.exit and self.chance.happens(0.3):
            ended_on = self.chance.day(days(started_on, 14), days(started_on, 120))
            ended_on = ended_on if ended_on < life.ends_on else None
        self.rows.add(
            Outcome,
            **self.person.of,
            kind=kind,
            host=self.chance.choice(HOSTS[EXITS[kind]["class"]]),
            weekly_hours=self.chance.choice(FULL_WEEK),
            started_on=started_on,
            ended_on=ended_on,
            proof_id=self._proof(kind, started_on),
            recorded_by_id=self.person.helper.user.pk,
            recorded_at=self.chance.hour(started_on),
        )
        self.person.acts.append((started_on, Act.OUTCOME_RECORDED))
        if ended_on:
            self.person.acts.append((ended_on, Act.OUTCOME_ENDED))
        return started_on

    def _won(self) -> tuple[str | None, datetime.date | None]:
        """The same thing as the exit, some weeks before; or one that did not end the journey."""
        life = self.life
        if life.exit:
            if life.exit.is_positive and self.chance.happens(0.6):
                return life.exit.exit_kind, working(
                    days(life.exit.from_on, -self.chance.randint(7, 75))
                )
            return None, None
        if life.exit or not self.chance.happens(0.3):
            return None, None
        started_on = self.chance.day(days(life.entry_on, 75), days(life.entry_on, 330))
        return self.chance.weighted(OUTCOME_KINDS), started_on

    # -- More time (rule 8) ----------------------------------------------------------------------

    def _write_extension(self) -> None:
        life = self.life
        first_limit = life.entry_on + relativedelta(
            months=self.person.ground.programme.journey_months
        )
        asked_on = working(days(first_limit, -self.chance.randint(3, 40)))
        self.rows.add(
            Extension,
            **self.person.of,
            until_on=life.extended_until,
            reason=self.chance.choice(PHRASES["extension_reason"]),
            by_id=self.person.coordinator.user.pk,
            at=self.chance.hour(asked_on),
        )
        self.person.acts.append((asked_on, Act.EXTENDED))
