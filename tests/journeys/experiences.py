"""People who lived something, and what they say of it."""

import datetime
import uuid

from django.utils import timezone

from journeys.activities import attending
from journeys.experiences.actions.telling import Said, tell_reflection
from journeys.models import Activity, Enrolment, Experience, Session
from territories.models import User
from tests.journeys.factories import ago


def activity_of(territory, organisation, title="Repair café") -> Activity:
    return Activity.objects.create(
        territory=territory,
        organisation=organisation,
        title=title,
        pitch="On répare.",
        kind="other",
    )


def session_of(activity, days: int) -> Session:
    starts = timezone.now() - datetime.timedelta(days=days)
    return Session.objects.create(
        territory=activity.territory,
        activity=activity,
        starts_at=starts,
        ends_at=starts + datetime.timedelta(hours=2),
        places=12,
    )


def attend(session, participant, attendance="present", number=1) -> Enrolment:
    """What a register writes, and whom it tells."""
    row, _made = Enrolment.objects.update_or_create(
        session=session,
        number=number,
        defaults={
            "territory": session.territory,
            "participant": participant,
            "nickname": "Kiwi",
            "attendance": attendance,
            "recorded_at": timezone.now(),
        },
    )
    attending.noted(row)
    return row


def elsewhere(journey, title="Marché de Noël", days=30, **fields) -> Experience:
    return Experience.objects.create(
        territory=journey.territory,
        journey=journey,
        is_elsewhere=True,
        title=title,
        from_on=ago(days),
        **fields,
    )


def account_of(journey) -> User:
    """The person's own account."""
    participant = journey.participant
    if participant.user is None:
        participant.user = User.objects.create_user(territory=journey.territory)
        participant.save(update_fields=["user"])
    return participant.user


def told(experience, by=None, reader="referents", **said):
    """By the person, unless somebody holds the pen."""
    return tell_reflection(
        experience=experience,
        by=by or account_of(experience.journey),
        said=Said(**(said or {"did": "J’ai tenu la caisse."})),
        reader=reader,
        client_uuid=uuid.uuid4(),
    )
