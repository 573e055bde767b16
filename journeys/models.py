from journeys.contracts.models import Contract, Objective, Signature, SignedText
from journeys.documents.models import Document
from journeys.messages.models import OutboundMessage
from journeys.messages.models import OutboundMessage
from journeys.participants.models import (
    GivenCode,
    OtherSupport,
    Outreach,
    Participant,
    PersonLink,
    PurgedCount,
    Referral,
    Word,
)
from journeys.pathway.models import (
    Absence,
    Barrier,
    Contact,
    EntrySituation,
    Extension,
    FollowUp,
    Journey,
    Note,
    Outcome,
    PeriodEntry,
    PhaseChange,
    Share,
    Strength,
    TeamMember,
)
from journeys.portal.models import PortalLink

__all__ = [
    "Absence",
    "Barrier",
    "Contact",
    "Contract",
    "Document",
    "EntrySituation",
    "Extension",
    "FollowUp",
    "GivenCode",
    "Journey",
    "Note",
    "Objective",
    "OtherSupport",
    "OutboundMessage",
    "Outcome",
    "OutboundMessage",
    "Outreach",
    "Participant",
    "PeriodEntry",
    "PersonLink",
    "PhaseChange",
    "PortalLink",
    "PurgedCount",
    "Referral",
    "Share",
    "Signature",
    "SignedText",
    "Strength",
    "TeamMember",
    "Word",
]
