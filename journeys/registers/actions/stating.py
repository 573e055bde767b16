"""Statements of hours: prepared for a month, signed by each, made anew after a correction."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.models import Enrolment
from journeys.contracts.actions.signing import signer_of
from journeys.pathway.actions.acting import tell
from journeys.pathway.models import Journey
from journeys.registers.hours import last_month, month_of, next_month
from journeys.registers.models import AttendanceStatement
from journeys.registers.statements import fingerprint, lived
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def prepare_month(
    *, month: datetime.date, by: User | None, journeys: QuerySet | None = None
) -> list[AttendanceStatement]:
    """A statement for each person under contract who came that month and has none yet.

    Safe to run twice. Raises ValidationError for a month that is not over.
    """
    if next_month(month) > timezone.localdate():
        raise ValidationError(_("Ce mois n’est pas fini : ses relevés se préparent ensuite."))
    rows = Journey.objects.all() if journeys is None else journeys
    there = AttendanceStatement.objects.filter(journey=OuterRef("pk"), month=month)
    lacking = (
        rows.contracted()
        .filter(~Exists(there), entry_on__lt=next_month(month))
        .order_by("pk")
        .select_related("participant")
        .select_for_update(of=("self",))
    )
    waiting = list(lacking)
    by_journey = lived(waiting, month)
    return [
        _write(journey, month, by_journey[journey.pk], by)
        for journey in waiting
        if journey.pk in by_journey
    ]


def nightly() -> None:
    """Each night, last month's: whoever was noted late has one too."""
    prepare_month(month=last_month(), by=None)


def follow(*, enrolment: Enrolment, by: User, participant_id: int | None = None) -> None:
    """A presence changed: the statement of that month says it, in a new version if it was signed.

    Parameters: `participant_id`, whose it was, when it is no longer the enrolment's.
    """
    person = participant_id or enrolment.participant_id
    month = month_of(enrolment.session)
    if person is None:
        return
    latest = (
        AttendanceStatement.objects.standing()
        .select_related("journey__participant")
        .filter(journey__participant=person, month=month)
        .order_by("-number")
        .first()
    )
    if latest is not None:
        _follow(latest, by)


def _follow(latest: AttendanceStatement, by: User) -> None:
    journey = latest.journey
    rows = lived([journey], latest.month).get(journey.pk, [])
    if rows == latest.rows:
        return
    if latest.is_begun:
        latest.replaced_at = timezone.now()
        latest.save(update_fields=["replaced_at"])
        _write(journey, latest.month, rows, by, number=latest.number + 1)
        return
    _fill(latest, rows)
    latest.prepared_at, latest.prepared_by = timezone.now(), by
    latest.save()


def _write(journey, month, rows, by, *, number: int = 1) -> AttendanceStatement:
    participant = journey.participant
    statement = AttendanceStatement(
        territory_id=journey.territory_id,
        journey=journey,
        month=month,
        number=number,
        code=participant.code,
        name=participant.full_name or participant.nickname,
        prepared_by=by,
    )
    _fill(statement, rows)
    statement.save(force_insert=True)
    tell(Act.STATEMENT_PREPARED, journey=journey, by=by, about=statement)
    return statement


def _fill(statement: AttendanceStatement, rows: list[dict]) -> None:
    statement.rows, statement.minutes = rows, sum(row["minutes"] for row in rows)
    statement.sha256 = fingerprint(statement)


@transaction.atomic
def sign(*, statement: AttendanceStatement, by: User, sha256: str) -> AttendanceStatement:
    """One's own dated act, in one's own session: the person, or one of the team for the team.

    Parameters: `sha256`, of the text that was read. Raises ValidationError when it changed since,
    or when this is not theirs to sign.
    """
    found = AttendanceStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if found.replaced_at or found.sha256 != sha256:
        raise ValidationError(_("Ces heures ont changé. Relisez-les avant de signer."))
    now = timezone.now()
    if by.territory_id:
        _sign_as_person(found, by, now)
    else:
        _sign_as_team(found, by, now)
    found.save()
    tell(Act.STATEMENT_SIGNED, journey=found.journey, by=by, about=found)
    return found


def _sign_as_person(statement: AttendanceStatement, by: User, now) -> None:
    if statement.journey.participant.user_id != by.pk:
        raise ValidationError(_("On ne signe jamais à la place d’une autre personne."))
    if statement.person_signed_at is None:
        statement.person_signed_at, statement.person_user = now, by


def _sign_as_team(statement: AttendanceStatement, by: User, now) -> None:
    if signer_of(by, statement.journey) is None:
        raise ValidationError(_("Le référent de la personne ou la coordination signe ce relevé."))
    if statement.team_signed_at is None:
        statement.team_signed_at, statement.team_user = now, by
        statement.team_name = by.get_full_name() or str(by)
