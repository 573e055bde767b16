"""A badge for those present, in one gesture. Nobody in the room can tell who receives it: numbers
of the register are ticked; those that are somebody's here find the badge on their pages."""

import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.achievements.models import Achievement
from badges.credentials.actions import award_many
from badges.credentials.models import Credential
from journeys.activities.attending import on_present
from journeys.activities.enums import Attendance
from journeys.activities.models import Enrolment, Session
from journeys.contracts.actions.objectives import reach_by_badge
from journeys.contracts.models import Objective
from journeys.experiences.models import Experience
from journeys.pathway.models import Journey
from journeys.recognition.enums import StartedBy, State
from journeys.recognition.holding import recipients_of
from journeys.recognition.issuing import issuer_of, version_of
from journeys.recognition.models import Recognition, SessionAward
from journeys.recognition.telling import tell_news
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


@transaction.atomic
def give(
    *,
    session: Session,
    by: User,
    achievement: Achievement,
    numbers: Collection[int],
    reason: str,
    client_uuid: uuid.UUID,
) -> SessionAward:
    """Give a badge to these numbers of the register, all of people noted present.

    Parameters: `reason`, what they did, which is the reason of each badge (rule 18);
    `client_uuid`, given by the page: sent twice, it is given once.
    Raises ValidationError by field.
    """
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    if found := SessionAward.objects.filter(client_uuid=client_uuid).first():
        return found
    _check(session, numbers, reason)
    made = SessionAward.objects.create(
        territory_id=session.territory_id,
        session=session,
        version=version_of(achievement),
        issuer=issuer_of(achievement, session.activity.organisation),
        numbers=sorted(set(numbers)),
        reason=reason.strip(),
        by=by,
        client_uuid=client_uuid,
    )
    record(Act.SESSION_BADGE, by=by, territory_id=session.territory_id, about=made)
    _hand_out(made, Enrolment.objects.filter(session=session, number__in=made.numbers))
    return made


@on_present
@transaction.atomic
def found_since(enrolment: Enrolment) -> None:
    """A number that was given a badge is now known to be somebody: the badge follows; but for one
    that is given no more today, which does not keep the register from being written."""
    if enrolment.participant_id is None or enrolment.attendance != Attendance.PRESENT:
        return
    given = SessionAward.objects.filter(
        session=enrolment.session_id, numbers__contains=[enrolment.number]
    )
    for award in given.select_related(*NEEDED):
        with suppress(ValidationError), transaction.atomic():
            _hand_out(award, [enrolment])


NEEDED = ("version__achievement", "issuer__organisation", "issuer__neutral", "session", "by")


def _check(session: Session, numbers: Collection[int], reason: str) -> None:
    present = session.enrolments.attended().filter(number__in=numbers).count()
    if not numbers or present != len(set(numbers)):
        text = _("Cochez des personnes notées présentes dans le registre.")
        raise ValidationError({"numbers": text})
    if not reason.strip():
        raise ValidationError({"reason": _("Dites ce que les personnes ont fait.")})


def _hand_out(award: SessionAward, enrolments: Iterable[Enrolment]) -> list[Credential]:
    people = {row.participant_id for row in enrolments} - {None}
    known = Recognition.objects.filter(award=award).values("journey")
    journeys = {
        journey.participant_id: journey
        for journey in Journey.objects.filter(participant__in=people)
        .exclude(pk__in=known)
        .select_related("participant", "territory__programme")
        .select_for_update(of=("self",))  # before their people, as every act on a journey
        .order_by("pk")
    }
    if not journeys:
        return []
    recipients = recipients_of(journey.participant for journey in journeys.values())
    given = award_many(
        recipients=recipients.values(),
        version=award.version,
        issuer=award.issuer,
        by=award.by,
        on=min(award.session.ends_at, timezone.now()),
    )
    whose = {recipient.pk: person for person, recipient in recipients.items()}
    received = {journeys[whose[one.recipient_id]]: one for one in given}
    _recognise(award, received)
    tell_news(received)
    return given


def _recognise(award: SessionAward, received: dict[Journey, Credential]) -> None:
    """Requests that waited for this badge are answered by it; a row for each of the others."""
    achievement, session = award.version.achievement, award.session
    reached: dict[int, Objective] = {}
    for one in reach_by_badge(journeys=received, achievement=achievement, by=award.by):
        reached.setdefault(one.journey_id, one)
    lived = Experience.objects.filter(journey__in=received, activity=session.activity_id)
    lived = {one.journey_id: one for one in lived}
    waiting = Recognition.objects.waiting().filter(journey__in=received, achievement=achievement)
    waiting = {one.journey_id: one for one in waiting.select_for_update(of=("self",))}
    new = []
    for journey, credential in received.items():
        row = waiting.get(journey.pk) or Recognition(
            territory_id=journey.territory_id,
            journey=journey,
            started_by=StartedBy.ORGANISATION,
            starter=award.by,
        )
        row.achievement, row.session, row.award = achievement, session, award
        row.organisation = award.issuer.organisation
        row.experience = row.experience or lived.get(journey.pk)
        row.reason, row.objective = award.reason, reached.get(journey.pk)
        row.state, row.reviewer, row.answered_at = State.ACCEPTED, award.by, timezone.now()
        row.credential = credential
        row.save() if row.pk else new.append(row)
    Recognition.objects.bulk_create(new)


def progress(award: SessionAward) -> tuple[int, int]:
    """How many badges of it are signed, out of how many: only for who reads those files."""
    rows = Credential.objects.filter(recognition__award=award)
    return rows.signed().count(), rows.count()
