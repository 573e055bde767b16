"""One file goes into another. Everything that changes hands is recorded, to be put back."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Func, Max, Q
from django.utils import timezone

from badges.credentials.models import Recipient
from journeys.contracts.models import Contract, Objective
from journeys.duplicates.checks import obstacles
from journeys.duplicates.models import KeptApart, Merge
from journeys.duplicates.moving import Steps, keys_that_follow, keys_to
from journeys.duplicates.spans import returns
from journeys.experiences.models import Reflection
from journeys.participants.models import Participant, PersonLink
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import Absence, Journey, Share, TeamMember
from journeys.recognition.models import Holder, Recognition
from rtr import scope
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.models import User
from territories.journal.enums import Act
from territories.journal.models import JournalEntry, LogEntry

# What one chooses where the two files differ; the guardian's means come with the guardian.
CHOSEN = ["nickname", "contact", "first_name", "last_name", "birth_date", "phone", "guardian"]
WITH_GUARDIAN = ["guardian_phone", "guardian_email", "is_guardian_unknown"]
AWAY = 1000  # numbers given for a moment, so that no two contracts ever bear the same one


def merge(
    *,
    kept: Journey,
    absorbed: Journey,
    by: User,
    seen: int | None,
    seen_absorbed: int | None,
    taken: Mapping[str, bool],
) -> Merge:
    """Bring two files of one person together; `kept` stays, `absorbed` is seen no more.

    Parameters: `taken`, which of CHOSEN come from the absorbed file. Raises Stale when somebody
    acted on one of them meanwhile, ValidationError with all that is in the way.
    """
    with transaction.atomic(), lifecycle():
        kept, absorbed = _begun((kept, seen), (absorbed, seen_absorbed))
        if said := obstacles(kept, absorbed, by):
            raise ValidationError(said)
        steps = Steps()
        _Merging(kept, absorbed, steps).run(taken)
        follow_contacts(kept, absorbed)
        row = Merge.objects.create(
            territory_id=kept.territory_id,
            kept_id=kept.participant_id,
            absorbed_id=absorbed.participant_id,
            absorbed_code=absorbed.participant.code,
            by=by,
            record=steps.made,
        )
        tell(Act.MERGED, journey=kept, by=by, about=row)
    return row


def _begun(*seen: tuple[Journey, int | None]) -> list[Journey]:
    """Both journeys locked, always in the same order: two merges never wait for one another."""
    begun = {}
    for journey, version in sorted(seen, key=lambda each: each[0].pk):
        if journey.pk not in begun:
            begun[journey.pk] = begin(journey, seen=version)
    return [begun[journey.pk] for journey, _version in seen]


def follow_contacts(*journeys: Journey) -> None:
    """The day of the last contact, once contacts and presences have changed journeys."""
    rows = Journey.everyone.filter(pk__in=[journey.pk for journey in journeys])
    rows.update(last_contact_on=Func(F("pk"), function="rtr_last_activity"))


class _Merging:
    def __init__(self, kept: Journey, absorbed: Journey, steps: Steps):
        self.kept, self.absorbed, self.steps = kept, absorbed, steps
        self.person, self.other = kept.participant, absorbed.participant

    def run(self, taken: Mapping[str, bool]) -> None:
        self._account()
        self._badges()
        self._identity(taken)
        self._dates()
        self._contracts()
        self._absences()
        self._team()
        self._links()
        self._experiences()
        for field in keys_that_follow():
            of_person = field.related_model is Participant
            source = self.other.pk if of_person else self.absorbed.pk
            self.steps.move(field, source, self.person.pk if of_person else self.kept.pk)
        self._journal()
        self._set_person(self.other, "merged_into", self.person.pk)
        self._set(Journey.everyone.filter(pk=self.absorbed.pk), "merged_on", timezone.localdate())

    def _set(self, rows, column: str, after) -> None:
        self.steps.set(rows, column, after)

    def _set_person(self, person: Participant, column: str, after) -> None:
        self._set(Participant.everyone.filter(pk=person.pk), column, after)

    def _account(self) -> None:
        """The person's own account comes along, or closes where there is one already."""
        account = self.other.user_id
        if account and self.person.user_id:
            self._set(User.objects.filter(pk=account), "is_active", False)
        elif account:
            self._set_person(self.other, "user", None)
            self._set_person(self.person, "user", account)

    def _badges(self) -> None:
        """Two wallets become one, which the person's account reads."""
        held = {row.participant_id: row for row in self._holders()}
        mine, theirs = held.get(self.person.pk), held.get(self.other.pk)
        if theirs and mine:
            self._set(Recipient.objects.filter(pk=theirs.recipient_id), "user", None)
            for field in keys_to(Recipient):
                if field.model is not Holder:
                    self.steps.move(field, theirs.recipient_id, mine.recipient_id)
        elif theirs:
            self._set(Holder.objects.filter(pk=theirs.pk), "participant", self.person.pk)
        if kept := mine or theirs:
            account = self.person.user_id or self.other.user_id
            self._set(Recipient.objects.filter(pk=kept.recipient_id), "user", account)

    def _holders(self):
        return Holder.objects.filter(participant__in=[self.person.pk, self.other.pk])

    def _identity(self, taken: Mapping[str, bool]) -> None:
        noted = [one.identified_on for one in (self.person, self.other) if one.identified_on]
        if noted and not self.person.identified_on:  # before the names: the database wants it so
            self._set_person(self.person, "identified_on", min(noted))
        for field in CHOSEN:
            if taken.get(field):
                for column in [field, *(WITH_GUARDIAN if field == "guardian" else ())]:
                    self._set_person(self.person, column, getattr(self.other, column))
        if taken.get("birth_date"):
            drafts = self.kept.contracts.all().prepared()
            self._set(drafts, "birth_date", self.other.birth_date)
        calls = [one.call_back_asked_on for one in (self.person, self.other)]
        has_contact = (self.other if taken.get("contact") else self.person).contact
        asked_on = min(filter(None, calls), default=None) if has_contact else None
        self._set_person(self.person, "call_back_asked_on", asked_on)

    def _dates(self) -> None:
        """The life of both: met the first day of either, entered by the first contract."""
        rows, both = Journey.everyone.filter(pk=self.kept.pk), (self.kept, self.absorbed)
        self._set(rows, "first_contact_on", min(one.first_contact_on for one in both))
        if self.absorbed.entry_on:
            self._set(rows, "entry_on", min(one.entry_on for one in both))
        welcomed = min(self.person.welcomed_on, self.other.welcomed_on)
        self._set_person(self.person, "welcomed_on", welcomed)

    def _contracts(self) -> None:
        """Numbers follow on; in the order of time where both were signed, the one in force last."""
        mine, theirs = (list(one.contracts.all()) for one in (self.kept, self.absorbed))
        if not theirs:
            return
        order = [*mine, *theirs]
        if self.absorbed.entry_on:
            order.sort(key=lambda contract: (contract.prepared_on, contract.pk))
        for start in (AWAY, 1):
            for number, contract in enumerate(order, start):
                self._set(Contract.objects.filter(pk=contract.pk), "number", number)
            if start == AWAY:
                rows = Contract.objects.filter(pk__in=[contract.pk for contract in theirs])
                self._set(rows, "journey", self.kept.pk)
        ranks = self.kept.objectives.aggregate(last=Max("rank"))["last"] or 0
        for objective in self.absorbed.objectives.all():
            rows = Objective.objects.filter(pk=objective.pk)
            self._set(rows, "rank", ranks + objective.rank)

    def _absences(self) -> None:
        for pk, day in returns(self.kept, self.absorbed).items():
            self._set(Absence.objects.filter(pk=pk), "until_on", day)

    def _team(self) -> None:
        """Members follow with what they read, save those who are there already at the same time;
        an objection made in either file holds."""
        there = list(self.kept.team.all())
        leads = any(m.role == TeamRole.COORDINATOR and m.until_on is None for m in there)
        for member in self.absorbed.team.all():
            row = TeamMember.objects.filter(pk=member.pk)
            double = next((m for m in there if _together(m, member)), None)
            if double is None:
                if leads and member.role == TeamRole.COORDINATOR and member.until_on is None:
                    self._set(row, "until_on", max(timezone.localdate(), member.from_on))
                self._set(row, "journey", self.kept.pk)
                self._set(Share.objects.filter(member=member), "journey", self.kept.pk)
            elif member.suspended_on and not double.suspended_on:
                rows = TeamMember.objects.filter(pk=double.pk)
                self._set(rows, "suspended_on", member.suspended_on)

    def _experiences(self) -> None:
        """Lived in both files: what was said of it joins the one that stays."""
        there = dict(self.kept.experiences.values_list("activity", "pk"))
        there.pop(None, None)
        doubles = self.absorbed.experiences.filter(activity__in=there)
        for pk, activity in doubles.values_list("pk", "activity"):
            for model in (Reflection, Recognition):
                self._set(model.objects.filter(experience=pk), "experience", there[activity])

    def _links(self) -> None:
        """Their rows in other programmes become this person's; so do those they are not."""
        with scope.everything("rows of one person's programmes live in several territories"):
            links = {link.participant_id: link for link in self._person_links()}
            mine, theirs = links.get(self.person.pk), links.get(self.other.pk)
            if theirs and mine:
                rows = PersonLink.objects.filter(person=theirs.person)
                self._set(rows, "person", mine.person)
            elif theirs:
                rows = PersonLink.objects.filter(pk=theirs.pk)
                self._set(rows, "participant", self.person.pk)
            self._apart()

    def _apart(self) -> None:
        near = KeptApart.objects.filter(Q(one=self.person.pk) | Q(other_id=self.person.pk))
        known = {pk for pair in near.values_list("one_id", "other_id") for pk in pair}
        rows = KeptApart.objects.filter(one=self.other.pk)
        self._set(rows.exclude(other_id__in=known), "one", self.person.pk)
        rows = KeptApart.objects.filter(other_id=self.other.pk)
        self._set(rows.exclude(one__in=known), "other_id", self.person.pk)

    def _person_links(self):
        return PersonLink.objects.filter(participant__in=[self.person.pk, self.other.pk])

    def _journal(self) -> None:
        """Their versions counted another journey: they say nothing of this one's."""
        lines = JournalEntry.objects.filter(participant_id=self.other.pk)
        self._set(lines, "version", None)
        self._set(lines, "participant_id", self.person.pk)
        changes = LogEntry.objects.filter(participant_id=self.other.pk)
        self._set(changes, "participant_id", self.person.pk)


def _together(one: TeamMember, other: TeamMember) -> bool:
    return (
        one.user_id == other.user_id
        and (other.until_on is None or one.from_on < other.until_on)
        and (one.until_on is None or other.from_on < one.until_on)
    )
