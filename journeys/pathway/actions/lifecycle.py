"""What goes by itself, each night: files of a butinage without contract, old notes (rule 3, 21)."""

import datetime

from auditlog.context import disable_auditlog
from django.db import transaction
from django.db.models import F

from journeys.documents.erasing import forget_file
from journeys.participants.actions import erase_referrals, remind_of_referrals, tell
from journeys.participants.models import Participant, PurgedCount
from journeys.pathway.actions.following import ask_follow_ups
from journeys.pathway.actions.telling import purge_notes
from journeys.pathway.models import Journey
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.models import User
from territories.journal.enums import Act
from territories.journal.models import JournalEntry, LogEntry
from territories.programmes.models import Programme


def purge_butinages(*, on: datetime.date) -> int:
    """Erase the files without contract 90 days (a setting) after the last activity; counts stay.

    Returns how many were erased. Safe to run twice.
    """
    erased = 0
    for programme in Programme.objects.all():
        before = on - datetime.timedelta(days=programme.butinage_purge_days)
        # An identity noted for a contract has its own term, then this one.
        stale = Journey.objects.in_butinage().filter(
            participant__programme=programme, participant__identified_on__isnull=True
        )
        for journey in stale.without_contact_since(before).filter(first_contact_on__lt=before):
            purge_participant(participant=journey.participant)
            erased += 1
    return erased


def purge_participant(*, participant: Participant) -> None:
    """Erase a person's rows; the code stays given, and one more is counted."""
    with lifecycle():
        tell(Act.PURGED, participant=participant, by=None)
        count, _created = PurgedCount.objects.get_or_create(
            territory_id=participant.territory_id,
            month=participant.welcomed_on.replace(day=1),
            channel=participant.channel,
        )
        PurgedCount.objects.filter(pk=count.pk).update(people=F("people") + 1)
        erase(participant)


def erase(participant: Participant) -> None:
    """Delete the rows, their history, the account and the papers; call it inside `lifecycle`."""
    for document in participant.documents.all():
        forget_file(document)
    LogEntry.objects.filter(participant_id=participant.pk).delete()
    user = participant.user
    with disable_auditlog():  # or each deletion would write down what it deletes
        participant.delete()
    if user:
        _forget(user)


def _forget(user: User) -> None:
    """An account that the journal names (it signed in) stays, closed: it holds a uuid only."""
    if JournalEntry.objects.filter(actor=user).exists():
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        user.delete()


@transaction.atomic
def nightly(*, on: datetime.date) -> dict[str, int]:
    """Everything retention asks of this app for one day; returns counts by name."""
    return {
        "referrals": erase_referrals(on=on),
        "reminders": remind_of_referrals(on=on),
        "follow_ups": ask_follow_ups(on=on),
        "butinages": purge_butinages(on=on),
        "notes": purge_notes(on=on),
    }
