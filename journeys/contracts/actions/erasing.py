"""An identity noted for a contract that is not signed in time goes (rule 1)."""

import datetime

from django.db.models import Q

from journeys.contracts.actions.preparing import IDENTITY
from journeys.contracts.models import SignedText
from journeys.documents.enums import NAMES
from journeys.documents.erasing import forget_file
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from rtr.postgres.lifecycle import lifecycle
from territories.journal.enums import Act


def erase_unsigned(*, on: datetime.date) -> int:
    """Erase the identities noted for a contract not signed within 30 days (a setting), with the
    drafts, their signatures and the papers that name the person. Returns how many. Safe to run
    twice.
    """
    erased = 0
    late = Journey.objects.in_butinage().filter(participant__identified_on__lt=on)
    for journey in late.select_related("participant", "territory__programme"):
        days = journey.territory.programme.unsigned_contract_days
        if journey.participant.identified_on + datetime.timedelta(days=days) < on:
            _erase_identity(journey)
            erased += 1
    return erased


def _erase_identity(journey: Journey) -> None:
    with lifecycle():
        journey = begin(journey, seen=None)
        drafts = journey.contracts.all()
        SignedText.objects.filter(sha256__in=drafts.values("sha256")).delete()
        signed = Q(pk__in=journey.signatures.values("page"))
        papers = list(journey.participant.documents.filter(signed | Q(kind__in=NAMES)))
        drafts.delete()
        for paper in papers:
            forget_file(paper)
            paper.delete()
        participant = journey.participant
        participant.first_name = participant.last_name = ""
        participant.phone = participant.guardian = ""
        participant.guardian_phone = participant.guardian_email = ""
        participant.is_guardian_unknown = False
        participant.birth_date = participant.identified_on = None
        participant.save()
        tell(Act.IDENTITY_ERASED, journey=journey, by=None, fields=IDENTITY)
