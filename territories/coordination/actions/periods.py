"""Periods of a programme, and how many people each aims at."""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.programmes.models import Period, PeriodTarget, Programme


@transaction.atomic
def save_period(*, period: Period, by: User) -> Period:
    """Add a period, or keep what was changed of one."""
    period.full_clean()
    period.save()
    _record(Act.PERIOD_CHANGED, period, by)
    return period


@transaction.atomic
def close_period(*, period: Period, by: User, on: datetime.date | None) -> Period:
    """Its last day is that day; None opens it again."""
    period.ends_on = on
    period.full_clean()
    period.save(update_fields=["ends_on"])
    _record(Act.PERIOD_CHANGED, period, by, fields=["ends_on"])
    return period


@transaction.atomic
def remove_period(*, period: Period, by: User) -> None:
    """Raises ValidationError for a period that people entered."""
    _record(Act.PERIOD_CHANGED, period, by)
    try:
        with transaction.atomic():
            period.delete()
    except (ProtectedError, IntegrityError):
        raise ValidationError(
            _("Des personnes sont entrées dans cette période : elle ne s’efface pas. Fermez-la.")
        ) from None


@transaction.atomic
def set_targets(
    *,
    programme: Programme,
    by: User,
    targets: dict[tuple[int, int], tuple[int | None, int | None]],
) -> int:
    """Keep the numbers aimed at; returns how many differ.

    Parameters: `targets`, (period, territory) → people and positive exits; no people, no target.
    """
    known = PeriodTarget.objects.select_for_update().filter(period__programme=programme)
    known = {(target.period_id, target.territory_id): target for target in known}
    changed = 0
    for (period_id, territory_id), (people, exits) in targets.items():
        target = known.get((period_id, territory_id))
        if (people, exits) == ((target.entries, target.positive_exits) if target else (None, None)):
            continue
        changed += 1
        if people is None:
            target.delete()
            continue
        target = target or PeriodTarget(period_id=period_id, territory_id=territory_id)
        target.entries, target.positive_exits = people, exits
        target.full_clean()
        target.save()
    if changed:
        record(Act.TARGETS_CHANGED, by=by, territory_id=None, about=programme)
    return changed


def _record(act: Act, period: Period, by: User, **more) -> None:
    record(act, by=by, territory_id=None, about=period, **more)
