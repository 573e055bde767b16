"""Many journeys at once, as the dashboard wants them."""

import datetime

from journeys.models import Absence, EntrySituation, Journey, Participant, PhaseChange
from rtr import scope
from tests.journeys.factories import ParticipantFactory

ON = datetime.date(2026, 10, 31)


def journeys(
    territory, organisation, how_many, *, on=ON, exit_kind="", contracted=True, **situation
):
    """Journeys met 200 days before the reporting date, signed 100 days before it."""

    def before(days: int) -> datetime.date:
        return on - datetime.timedelta(days=days)

    entry = {"entry_on": before(100), "limit_on": before(-300)} if contracted else {}
    people = ParticipantFactory.build_batch(
        how_many, territory=territory, organisation=organisation, nickname="Zébulon"
    )
    of = {"territory": territory}
    met = {**of, "first_contact_on": before(200)} | entry
    with scope.over([territory.pk]):
        Participant.objects.bulk_create(people)
        rows = Journey.objects.bulk_create(Journey(participant=p, **met) for p in people)
        PhaseChange.objects.bulk_create(
            PhaseChange(journey=row, rank=1, phase="reperage", on=before(200), **of) for row in rows
        )
        EntrySituation.objects.bulk_create(
            EntrySituation(journey=row, **of, **situation) for row in rows
        )
        if exit_kind:
            left = {**of, "kind": "exit", "exit_kind": exit_kind, "from_on": before(5)}
            Absence.objects.bulk_create(Absence(journey=row, **left) for row in rows)
