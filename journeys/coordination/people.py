"""One page of the participants' list: whose rows, in which order, with what each row says."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from journeys.contracts.models import Contract
from journeys.participants.models import Participant
from journeys.pathway.enums import Status, TeamRole
from journeys.pathway.models import (
    Absence,
    FollowUp,
    Journey,
    Outcome,
    PhaseChange,
    TeamMember,
)
from rtr.lib.keyset import Keyset
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User

PAGE = 50
MOST_COUNTED = 1000
LEADS = (Role.REFERENT, Role.COORDINATOR)  # roles that may refer for a journey
BY_NAME = Keyset("name", "participant__territory_id", "participant__search_name", "participant_id")
BY_CONTACT = Keyset(
    "contact", "territory_id", "last_contact_on", "pk", is_date=True, may_be_empty=True
)
OTHERS = Keyset("others", "territory_id", "search_name", "pk")


@dataclass
class Row:
    """What is known of a person on the list; `names` is empty where it is not to be read."""

    journey_id: int
    territory_id: int
    nickname: str
    code: str
    names: str
    first_contact_on: datetime.date
    entry_on: datetime.date | None
    limit_on: datetime.date | None
    last_contact_on: datetime.date | None
    call_back_asked_on: datetime.date | None
    facts: dict[str, "Fact"] = field(default_factory=dict)

    @property
    def phase(self) -> str:
        return self.facts["phase"].detail

    @cached_property
    def status(self) -> Status:
        """What `with_status` says, from the facts already read."""
        if "exit" in self.facts:
            return Status.LEFT
        if "pause" in self.facts:
            return Status.PAUSED
        if self.entry_on is None:
            return Status.BUTINAGE
        return Status.OVERDUE if self.limit_on < timezone.localdate() else Status.ACTIVE


@dataclass(frozen=True)
class Fact:
    """Something dated of a journey: its phase, referent, pause, exit, outcome, follow-up, draft."""

    on: datetime.date
    until: datetime.date | None
    detail: str
    who: int | None
    pk: int


def journeys_of(user: User, places: set[int]) -> QuerySet:
    """The journeys the user may open in these territories."""
    journeys = Journey.objects.visible_to(user)
    return journeys.filter(territory__in=places, participant__territory__in=places)


def others_of(user: User, places: set[int]) -> QuerySet:
    """People of one's organisation whose journey is not one's own: nickname and code, no more."""
    people = Participant.objects.visible_to(user).filter(
        territory__in=places & user.territories_where("participants.welcome"),
        organisation__in=user.organisations_where("participants.welcome"),
    )
    return people.exclude(journey__in=Journey.objects.visible_to(user))


def able_to_refer(places: set[int]) -> QuerySet:
    """Memberships in force of referents and coordinators who work in every one of these places."""
    here = Count("territories", filter=Q(territories__in=places), distinct=True)
    able = Membership.objects.active().filter(role__in=LEADS, user__is_active=True)
    return (
        able.annotate(here=here)
        .filter(here=len(places))
        .select_related("user", "organisation")
        .order_by("user__first_name", "user__last_name", "pk")
    )


def searched(journeys: QuerySet, text: str, user: User, places: set[int]) -> QuerySet:
    """Those who answer to these words; to a name or a phone only for who may read identities."""
    if not text.strip():
        return journeys
    found = Participant.objects.search(text, identity=reads_identities(user, places))
    return journeys.filter(participant__in=found)


def reads_identities(user: User, places: set[int]) -> bool:
    """Coordinators, of everyone; referents, of their own journeys; everywhere shown, or nowhere."""
    readers = user.territories_where("journeys.read_all")
    return places <= readers | user.territories_where("contracts.prepare")


def counted(rows: QuerySet) -> int:
    """How many, up to 1,001: beyond, the page says « plus de 1 000 »."""
    return len(rows.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])


def known(journeys: QuerySet) -> QuerySet:
    """What a row of the list reads of a journey, as values."""
    return journeys.values(
        "first_contact_on",
        "entry_on",
        "limit_on",
        "last_contact_on",
        "territory_id",
        row=F("pk"),
        nickname=F("participant__nickname"),
        code=F("participant__code"),
        first_name=F("participant__first_name"),
        last_name=F("participant__last_name"),
        call_back_asked_on=F("participant__call_back_asked_on"),
    )


def known_of_others(people: QuerySet) -> QuerySet:
    return people.values("nickname", "code", row=F("pk"))


def rows_of(values: list[dict], user: User) -> list[Row]:
    """What the list says of these journeys, given what is `known` of them."""
    readers = user.territories_where("journeys.read_all")
    rows = {}
    for value in values:
        names = f"{value.pop('first_name')} {value.pop('last_name')}".strip()
        names = names if value["territory_id"] in readers else ""
        row = Row(journey_id=value.pop("row"), names=names, **value)
        rows[row.journey_id] = row
    for journey_id, what, *fact in _facts(list(rows)):
        rows[journey_id].facts.setdefault(what, Fact(*fact))
    return list(rows.values())


def _facts(pks: list[int]):
    """All that is dated about these journeys now, the oldest of each kind first, in one query."""
    today = timezone.localdate()
    later = PhaseChange.objects.filter(journey=OuterRef("journey"), rank__gt=OuterRef("rank"))
    begun = Q(started_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gt=today))
    absences = Absence.objects.on(today)
    referents = TeamMember.objects.standing().filter(role=TeamRole.REFERENT)
    kinds = [
        _kind(absences.pauses(), "pause", "from_on", until="expected_return_on"),
        _kind(absences.exits(), "exit", "from_on", detail="exit_kind"),
        _kind(PhaseChange.objects.filter(~Exists(later)), "phase", "on", detail="phase"),
        _kind(referents, "referent", "from_on", detail="user__first_name", who="user"),
        _kind(Outcome.objects.filter(begun), "outcome", "started_on", detail="kind"),
        _kind(FollowUp.objects.pending(), "follow_up", "opens_on", until="late_on"),
        _kind(Contract.objects.prepared(), "contract", "prepared_on"),
    ]
    first, *rest = [kind.filter(_of_journeys(pks)) for kind in kinds]
    return first.union(*rest, all=True).order_by("since", "pk_")


def _kind(rows: QuerySet, what: str, since: str, *, until="", detail="", who="") -> QuerySet:
    said = rows.annotate(
        what=Value(what, CharField()),
        since=F(since),
        until=F(until) if until else Cast(None, DateField()),
        detail=F(detail) if detail else Value("", CharField()),
        who=F(who) if who else Cast(None, BigIntegerField()),
        pk_=F("pk"),
    )
    return said.order_by().values_list(
        "journey_id", "what", "since", "until", "detail", "who", "pk_"
    )


def _of_journeys(pks: list[int]) -> Func:
    """`journey_id = any (ids)`: one parameter for a page of journeys, seven times in a query."""
    return Func(
        F("journey_id"),
        Value(pks, ArrayField(BigIntegerField())),
        template="(%(expressions)s))",
        arg_joiner=" = any (",
        output_field=BooleanField(),
    )
