"""One page of the participants' list: whose rows, in which order, with what each row says."""

import datetime
from dataclasses import dataclass, field

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value
from django.utils import timezone

from journeys.contracts.models import Contract
from journeys.participants.models import Participant
from journeys.pathway.models import Absence, FollowUp, Journey, Outcome
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
    phase: str
    phase_on: datetime.date
    status: str
    referent: str
    referent_id: int | None
    first_contact_on: datetime.date
    limit_on: datetime.date | None
    last_contact_on: datetime.date | None
    call_back_asked_on: datetime.date | None
    facts: dict[str, "Fact"] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """Something dated of a journey: a pause, an exit, an outcome, a follow-up, a draft contract."""

    on: datetime.date
    until: datetime.date | None
    detail: str


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


def people_of(pks: list[int]) -> list[Participant]:
    """These people, in this order."""
    known = Participant.objects.in_bulk(pks)
    return [known[pk] for pk in pks if pk in known]


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


def capped(rows: QuerySet) -> tuple[QuerySet, int]:
    """The same rows, and how many, counted up to 1,001.

    Few rows are named by their ids, so that a page never walks the whole list to find them; many
    rows are dense enough to be met along the index.
    """
    pks = list(rows.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(pks) > MOST_COUNTED:
        return rows, len(pks)
    return rows.model.objects.filter(pk__in=pks), len(pks)


def rows_of(pks: list[int], user: User) -> list[Row]:
    """What the list says of these journeys, in their order."""
    readers = user.territories_where("journeys.read_all")
    found = {}
    for value in _values(pks):
        names = f"{value.pop('first_name')} {value.pop('last_name')}".strip()
        readable = value["territory_id"] in readers
        found[value["journey_id"]] = Row(**value, names=names if readable else "")
    for journey_id, what, *fact in _facts(pks):
        found[journey_id].facts.setdefault(what, Fact(*fact))
    return [found[pk] for pk in pks if pk in found]


def _values(pks: list[int]) -> QuerySet:
    journeys = Journey.objects.filter(pk__in=pks).with_last_phase().with_status().with_referent()
    return journeys.values(
        "territory_id",
        "phase",
        "phase_on",
        "status",
        "first_contact_on",
        "limit_on",
        "last_contact_on",
        "referent_id",
        journey_id=F("pk"),
        nickname=F("participant__nickname"),
        code=F("participant__code"),
        first_name=F("participant__first_name"),
        last_name=F("participant__last_name"),
        referent=F("referent_name"),
        call_back_asked_on=F("participant__call_back_asked_on"),
    )


def _facts(pks: list[int]):
    """(journey, what, on, until, detail) of all that is dated about them now, in one query."""
    today = timezone.localdate()
    nothing = Value(None, DateField())
    begun = Q(started_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gt=today))
    absences = Absence.objects.on(today)
    kinds = [
        _facts_of(absences.pauses(), "pause", "from_on", F("expected_return_on"), Value("")),
        _facts_of(absences.exits(), "exit", "from_on", nothing, F("exit_kind")),
        _facts_of(Outcome.objects.filter(begun), "outcome", "started_on", nothing, F("kind")),
        _facts_of(FollowUp.objects.pending(), "follow_up", "opens_on", F("late_on"), Value("")),
        _facts_of(Contract.objects.prepared(), "contract", "prepared_on", nothing, Value("")),
    ]
    first, *rest = [kind.filter(journey__in=pks) for kind in kinds]
    return first.union(*rest, all=True).order_by("on_")


def _facts_of(rows: QuerySet, what: str, on: str, until, detail) -> QuerySet:
    said = rows.annotate(what=Value(what, CharField()), on_=F(on), until=until, detail=detail)
    return said.order_by().values_list("journey_id", "what", "on_", "until", "detail")
