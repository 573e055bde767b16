"""« Pas pour moi » is remembered, and taken back as easily."""

from django.db import transaction

from journeys.activities.models import Activity
from journeys.pathway.models import Journey
from journeys.suggestions.models import NotForMe
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act


@transaction.atomic
def put_aside(*, journey: Journey, by: User, activity: Activity) -> NotForMe:
    """Suggest this activity no more; said twice, it is remembered once."""
    row, made = NotForMe.objects.get_or_create(
        journey=journey,
        activity=activity,
        defaults={"territory_id": journey.territory_id, "by": by},
    )
    if made:
        _note(Act.IDEA_PUT_ASIDE, journey, by, activity)
    return row


@transaction.atomic
def take_back(*, journey: Journey, by: User, activity: Activity) -> None:
    """The activity may be suggested again; taken back twice, nothing changes."""
    if NotForMe.objects.filter(journey=journey, activity=activity).delete()[0]:
        _note(Act.IDEA_TAKEN_BACK, journey, by, activity)


def _note(act: Act, journey: Journey, by: User, activity: Activity) -> None:
    """A wish about ideas is no act on the journey: pages opened before stay good."""
    record(
        act,
        by=by,
        territory_id=journey.territory_id,
        participant_id=journey.participant_id,
        about=activity,
    )
