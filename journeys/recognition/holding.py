"""Whom of the engine's recipients a person is; made the first time they receive or keep a badge."""

from collections.abc import Iterable

from badges.credentials.models import Credential, Recipient
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from journeys.recognition.models import Holder


def recipient_of(participant: Participant) -> Recipient:
    return recipients_of([participant])[participant.pk]


def recipients_of(people: Iterable[Participant]) -> dict[int, Recipient]:
    """Of each, by the participant's primary key; asked at once from two sides, it is the same one.

    The participants' rows are locked until the end of the transaction.
    """
    rows = Participant.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    people = list(rows.filter(pk__in=[person.pk for person in people]))
    held = {
        row.participant_id: row.recipient
        for row in Holder.objects.filter(participant__in=people).select_related("recipient")
    }
    lacking = [person for person in people if person.pk not in held]
    new = Recipient.objects.bulk_create(
        Recipient(territory_id=person.territory_id, user_id=person.user_id) for person in lacking
    )
    Holder.objects.bulk_create(
        Holder(territory_id=person.territory_id, participant=person, recipient=recipient)
        for person, recipient in zip(lacking, new, strict=True)
    )
    return held | {person.pk: recipient for person, recipient in zip(lacking, new, strict=True)}


def know_account(participant: Participant) -> None:
    """Once the person has an account, it reads the badges given before it was made."""
    held = Recipient.objects.filter(holder__participant=participant)
    held.update(user_id=participant.user_id)


def held_by(journey: Journey):
    """The badges of somebody whose journey the reader may open, the last one first."""
    rows = Credential.objects.filter(recipient__holder__participant=journey.participant_id)
    return rows.select_related("version__achievement", "issuer", "organisation")
