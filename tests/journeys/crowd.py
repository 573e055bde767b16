"""Many people at once, for pages whose cost must not follow their number."""

from django.db import connection

from journeys.models import Contact, Journey, Participant, PhaseChange, Word
from tests.journeys.factories import ago


def crowd(count: int, territory, organisation, *, first: int = 0, met: int = 40) -> list[Journey]:
    """`count` butinages in four statements, called Talent 0000, 0001…, seen half-way since."""
    numbers = range(first, first + count)
    people = Participant.objects.bulk_create(
        Participant(
            territory=territory,
            programme_id=territory.programme_id,
            organisation=organisation,
            code=f"FOULE-{territory.pk}{n:05}",
            nickname=f"Talent {n:04}",
            channel="presence",
            welcomed_on=ago(met),
        )
        for n in numbers
    )
    journeys = Journey.objects.bulk_create(
        Journey(territory=territory, participant=person, first_contact_on=ago(met))
        for person in people
    )
    of = [{"territory": territory, "journey": journey} for journey in journeys]
    PhaseChange.objects.bulk_create(
        PhaseChange(**each, rank=1, phase="reperage", on=ago(met)) for each in of
    )
    Contact.objects.bulk_create(Contact(**each, kind="visit", on=ago(met // 2)) for each in of)
    if count > 100:
        _measure(Participant, Word, Journey, PhaseChange, Contact)
    return journeys


def _measure(*models) -> None:
    """What autovacuum does in life and cannot do for rows of an open transaction: without it
    PostgreSQL takes these tables for empty, and reads them whole for each person."""
    with connection.cursor() as cursor:
        cursor.execute("analyze " + ", ".join(model._meta.db_table for model in models))
