"""Reading a list page, and small rows that change what it says."""

import re

from journeys.models import Absence, Contract, FollowUp, Journey, Participant
from tests.journeys.factories import ago


def nicknames(page) -> list[str]:
    return re.findall(r'<a class="go" href="[^"]+">([^<]+)</a>', page.content.decode())


def absent(journey, kind, **fields):
    why = {"pause_reason": "choice"} if kind == "pause" else {"exit_kind": "cdi"}
    fields = {"from_on": ago(2)} | why | fields
    return Absence.objects.create(territory=journey.territory, journey=journey, kind=kind, **fields)


def said(line) -> str:
    return re.sub(r"<[^>]+>", "", line.sentence).replace("\u00a0", " ")


def ask_to_be_called(journey, on):
    Participant.objects.filter(pk=journey.participant_id).update(call_back_asked_on=on)


def draft(journey, days, **fields):
    Participant.objects.filter(pk=journey.participant_id).update(identified_on=ago(days))
    return Contract.objects.create(
        territory=journey.territory, journey=journey, prepared_on=ago(days), **fields
    )


def seen(journey, first, last):
    Journey.objects.filter(pk=journey.pk).update(
        first_contact_on=ago(first), last_contact_on=ago(last)
    )


def follow_up(journey, days, **fields):
    left = absent(journey, "exit", from_on=ago(days), agreed_to_contact=True)
    fields = {"milestone": "exit", "opens_on": ago(days), "late_on": ago(days - 28)} | fields
    return FollowUp.objects.create(
        territory=journey.territory, journey=journey, absence=left, **fields
    )
