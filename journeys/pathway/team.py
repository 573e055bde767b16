"""The team of a journey as the person sees it: who, since when, why, reading what; who opened."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.enums import Category, TeamRole
from journeys.pathway.models import Journey, TeamMember
from journeys.pathway.reading import AGREED
from territories.accounts.enums import Role
from territories.accounts.models import Membership
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

OPENINGS = 30


@dataclass(frozen=True)
class Read:
    """Something of the file, open to a member or closed."""

    label: str
    is_open: bool


@dataclass(frozen=True)
class Member:
    row: TeamMember
    reads: list[Read]

    @property
    def is_past(self) -> bool:
        return self.row.until_on is not None and self.row.until_on <= timezone.localdate()

    @property
    def can_share(self) -> bool:
        """Whether the person may choose, category by category, what this member reads."""
        return not (self.is_past or self.row.leads or self.row.suspended_on or self.is_of_activity)

    @property
    def is_of_activity(self) -> bool:
        return self.row.role == TeamRole.ACTIVITY_REFERENT

    @property
    def open_labels(self) -> list[str]:
        return [read.label for read in self.reads if read.is_open]


@dataclass(frozen=True)
class Team:
    present: list[Member]
    past: list[Member]


def team_of(journey: Journey, *, with_objections: bool = True) -> Team:
    """Everyone, with what each may read, in one query. An objection is told to the person and to
    those who answer for the journey, not to a reference of activity."""
    leads = Membership.objects.active().filter(
        user=OuterRef("user"), role=Role.COORDINATOR, territories=journey.territory_id
    )
    rows = journey.team.select_related("user", "organisation").annotate(
        agreed=AGREED, leads=Exists(leads)
    )
    members = [
        Member(row, _reads(row, journey)) for row in rows if with_objections or not row.suspended_on
    ]
    return Team(
        [member for member in members if not member.is_past],
        [member for member in members if member.is_past],
    )


def _reads(row: TeamMember, journey: Journey) -> list[Read]:
    refers = row.leads or row.role != TeamRole.ACTIVITY_REFERENT
    held = set(Category.values) if row.leads else set(row.agreed if refers else ())
    return [
        Read(_("parcours"), True),
        Read(_("identité"), refers and journey.entry_on is not None),
        Read(_("ressources"), Category.RESOURCES in held),
        Read(_("situation"), Category.SITUATION in held),
        Read(_("handicap"), Category.DISABILITY in held),
        Read(_("notes"), Category.NOTES in held),
    ]


def openings_of(journey: Journey) -> list[JournalEntry]:
    """The last times somebody opened this file or a paper of it."""
    acts = [Act.OPENED, Act.DOWNLOADED, Act.PRINTED]
    entries = JournalEntry.objects.about(journey.participant_id).filter(act__in=acts)
    return list(entries[:OPENINGS])
