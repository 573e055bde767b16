from territories.accounts.mails import AccountMail
from territories.accounts.models import Membership, User
from territories.journal.models import JournalEntry, LogEntry
from territories.members.models import Invitation
from territories.organisations.models import ConsortiumMember, Organisation
from territories.places.equipment import Equipment
from territories.places.models import (
    Commune,
    ContextFigure,
    Neighbourhood,
    Place,
    Territory,
    Zoning,
)
from territories.programmes.models import (
    Period,
    PeriodTarget,
    Programme,
    SettingChange,
)

__all__ = [
    "AccountMail",
    "Commune",
    "ConsortiumMember",
    "ContextFigure",
    "Equipment",
    "Invitation",
    "JournalEntry",
    "LogEntry",
    "Membership",
    "Neighbourhood",
    "Organisation",
    "Period",
    "PeriodTarget",
    "Place",
    "Programme",
    "SettingChange",
    "Territory",
    "User",
    "Zoning",
]
