from journeys.activities.models import (
    Activity,
    CalendarFeed,
    Enrolment,
    Series,
    Session,
    SessionStaff,
)
from journeys.aids.models import AidRequest
from journeys.appointments.models import Appointment, Reminder
from journeys.collective.models import (
    CollectiveAction,
    EndInterview,
    GroupEntry,
    GroupMember,
    Step,
)
from journeys.collective.pairs import Pair, PairFeedback
from journeys.collective.productions import Production, ProductionAuthor, ProductionPart
from journeys.contracts.links import SigningCode, SigningLink
from journeys.contracts.models import (
    Contract,
    ContractWording,
    Objective,
    Signature,
    SignedText,
    Translation,
)
from journeys.documents.models import Document, FileToErase
from journeys.duplicates.models import KeptApart, Merge
from journeys.experiences.models import Experience, Reflection
from journeys.frames.afest import Afest, AfestSequence
from journeys.frames.models import GroupBriefing, Immersion, SafetyBriefing, Volunteering
from journeys.frames.tutors import TutorFeedback, TutorLink
from journeys.messages.models import (
    InboundMessage,
    MessageTemplate,
    OptOut,
    OutboundMessage,
    StrayAnswers,
)
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
from journeys.pathway.consents import Consent
from journeys.pathway.models import (
    Absence,
    Barrier,
    Contact,
    EntrySituation,
    Extension,
    FollowUp,
    FollowUpTry,
    Journey,
    Note,
    Outcome,
    PeriodEntry,
    PhaseChange,
    Share,
    Strength,
    TeamMember,
)
from journeys.portal.models import CardAccess, EntryCode, PortalLink, WrongCode
from journeys.recognition.models import Holder, Recognition, SessionAward
from journeys.registers.models import AttendanceMark, AttendanceStatement
from journeys.rights.models import DataRequest
from journeys.suggestions.models import NotForMe
from journeys.transfers.models import Transfer

__all__ = [
    "Absence",
    "Activity",
    "Afest",
    "AfestSequence",
    "AidRequest",
    "Appointment",
    "AttendanceMark",
    "AttendanceStatement",
    "Barrier",
    "CalendarFeed",
    "CardAccess",
    "CollectiveAction",
    "Consent",
    "Contact",
    "Contract",
    "ContractWording",
    "DataRequest",
    "Document",
    "EndInterview",
    "Enrolment",
    "EntryCode",
    "EntrySituation",
    "Experience",
    "Extension",
    "FileToErase",
    "FollowUp",
    "FollowUpTry",
    "GivenCode",
    "GroupBriefing",
    "GroupEntry",
    "GroupMember",
    "Holder",
    "Immersion",
    "InboundMessage",
    "Journey",
    "KeptApart",
    "Merge",
    "MessageTemplate",
    "NotForMe",
    "Note",
    "Objective",
    "OptOut",
    "OtherSupport",
    "OutboundMessage",
    "Outcome",
    "Outreach",
    "Pair",
    "PairFeedback",
    "Participant",
    "PeriodEntry",
    "PersonLink",
    "PhaseChange",
    "PortalLink",
    "Production",
    "ProductionAuthor",
    "ProductionPart",
    "PurgedCount",
    "Recognition",
    "Referral",
    "Reflection",
    "Reminder",
    "SafetyBriefing",
    "Series",
    "Session",
    "SessionAward",
    "SessionStaff",
    "Share",
    "Signature",
    "SignedText",
    "SigningCode",
    "SigningLink",
    "Step",
    "StrayAnswers",
    "Strength",
    "TeamMember",
    "Transfer",
    "Translation",
    "TutorFeedback",
    "TutorLink",
    "Volunteering",
    "Word",
    "WrongCode",
]
