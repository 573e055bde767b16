"""What public statistics say of territories: written, changed and removed by one verb."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.places.models import ContextFigure


class State(NamedTuple):
    """A figure as it is or shall be; without value, there is none."""

    territory_id: int
    indicator: str
    year: int
    source: str
    value: Decimal | None

    @property
    def key(self) -> tuple:
        return self[:4]


@transaction.atomic
def set_figures(*, by: User, states: Iterable[State]) -> list[State]:
    """Bring figures to these states; returns what the changed ones were, to be put back so."""
    states = {state.key: state for state in states}
    places = {state.territory_id for state in states.values()}
    rows = ContextFigure.objects.select_for_update().filter(territory__in=places)
    known = {(r.territory_id, r.indicator, r.year, r.source): r for r in rows}
    before, new, changed, gone = [], [], [], []
    for key, state in states.items():
        row = known.get(key)
        if state.value == (row.value if row else None):
            continue
        before.append(State(*key, row.value if row else None))
        if state.value is None:
            gone.append(row.pk)
        elif row is None:
            new.append(ContextFigure(**state._asdict(), added_by=by))
        else:
            row.value, row.added_by, row.added_at = state.value, by, timezone.now()
            changed.append(row)
    ContextFigure.objects.bulk_create(new)
    ContextFigure.objects.bulk_update(changed, ["value", "added_by", "added_at"])
    ContextFigure.objects.filter(pk__in=gone).delete()
    for territory_id in sorted({state.territory_id for state in before}):
        record(Act.CONTEXT_CHANGED, by=by, territory_id=territory_id)
    return before
