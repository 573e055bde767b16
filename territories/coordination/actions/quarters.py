"""Many communes, quarters and zonings at once: those missing are made, the others kept."""

import datetime
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rtr.lib.refusals import words_of
from rtr.lib.tables import Faulty
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.places.models import Commune, Neighbourhood, Zoning


@transaction.atomic
def bring_quarters(*, by: User, rows: list[list]) -> Counter:
    """Counts rows by `new`, `changed`, `same`; raises Faulty, and nothing is written.

    Parameters: `rows`, [line, territory, commune, quarter, edition, from, until], days as ISO.
    """
    territories = {row[1] for row in rows}
    known = _Known(territories)
    found, faults, touched = Counter(), [], set()
    for line, *row in rows:
        try:
            with transaction.atomic():
                state = known.bring(*row)
        except IntegrityError as error:
            faults.append((line, words_of(error)))
            continue
        except ValidationError as error:
            faults.append((line, " ".join(error.messages)))
            continue
        found[state] += 1
        if state != "same":
            touched.add(row[0])
    if faults:
        raise Faulty(faults)
    for territory_id in sorted(touched):
        record(Act.QUARTERS_CHANGED, by=by, territory_id=territory_id)
    return found


class _Known:
    """What the territories are made of, read once: a line that changes nothing asks nothing."""

    def __init__(self, territories: set[int]):
        communes = Commune.objects.filter(territory__in=territories)
        self.communes = {(each.territory_id, each.name): each for each in communes}
        quarters = Neighbourhood.objects.filter(commune__territory__in=territories)
        self.quarters = {(each.commune_id, each.name): each for each in quarters}
        zonings = Zoning.objects.filter(neighbourhood__commune__territory__in=territories)
        self.zonings = {(each.neighbourhood_id, each.edition): each for each in zonings}

    def bring(self, territory_id, commune, quarter, edition, since, until) -> str:
        state = "same"
        key = (territory_id, commune)
        if key not in self.communes:
            made = Commune.objects.create(territory_id=territory_id, name=commune)
            self.communes[key], state = made, "new"
        if not quarter:
            return state
        commune_id = self.communes[key].pk
        key = (commune_id, quarter)
        if key not in self.quarters:
            made = Neighbourhood.objects.create(commune_id=commune_id, name=quarter)
            self.quarters[key], state = made, "new"
        if not edition:
            return state
        return self._zoning(self.quarters[key].pk, edition, _day(since), _day(until), state)

    def _zoning(self, quarter_id, edition, since, until, state) -> str:
        row = self.zonings.get((quarter_id, edition))
        if row and (row.from_on, row.until_on) == (since, until):
            return state
        found = "changed" if row else "new"
        row = row or Zoning(neighbourhood_id=quarter_id, edition=edition)
        row.from_on, row.until_on = since, until
        row.save()
        self.zonings[quarter_id, edition] = row
        return found


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
