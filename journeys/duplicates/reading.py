"""Which files may be one person's: same birth date and a name that sounds alike, same phone, same
contact. Looked for among those the user may merge, nowhere else; a hint, never a decision."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Greatest, Length, Lower

from journeys.duplicates.models import KeptApart, Merge
from journeys.duplicates.names import sound_alike
from journeys.participants.models import Participant, PersonLink, Word
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import Journey, TeamMember
from rtr.lib.words import plain
from territories.accounts.models import User

PHONE = 9  # figures of a whole number: the four last ones are a search word too
MOST_SHARED = 8  # a phone or a contact of more files is a house's, not a person's
MOST_PAIRS = 20_000  # pairs compared at once; beyond, the page says that it stopped
BIRTH, PHONE_OR_CONTACT = "birth", "contact"
ARRIVED = Greatest("identified_on", "welcomed_on")  # PostgreSQL leaves an empty day out
CODE = re.compile(r"[a-z]+-(\d{4})")


@dataclass(frozen=True)
class Known:
    """What a hint says of a file, and what it is compared by."""

    participant: int
    journey: int
    nickname: str
    code: str
    territory: int
    place: str
    programme: int
    first_contact_on: datetime.date
    last_contact_on: datetime.date | None
    entry_on: datetime.date | None
    arrived_on: datetime.date
    followed_by: str
    name: tuple[str, str]
    birth_date: datetime.date | None
    reached_by: frozenset[str]


@dataclass(frozen=True)
class Pair:
    one: Known
    other: Known
    agrees: tuple[str, ...]


def people(user: User, places: Iterable[int] | None = None) -> QuerySet:
    """Everybody whose file this user may merge."""
    where = user.territories_where("duplicates.merge")
    return Participant.objects.visible_to(user).filter(
        territory__in=where if places is None else where & set(places)
    )


def agreement(one: Known, other: Known) -> tuple[str, ...]:
    """What agrees. A phone is often a family's: it counts unless the identities say otherwise."""
    same_birth = one.birth_date is not None and one.birth_date == other.birth_date
    alike = sound_alike(one.name, other.name)
    known = all(each.birth_date and any(each.name) for each in (one, other))
    shared = one.reached_by & other.reached_by
    return (
        *((BIRTH,) if same_birth and alike else ()),
        *((PHONE_OR_CONTACT,) if shared and (alike or not known) else ()),
    )


def lookalikes(user: User, participant: Participant) -> list[Pair]:
    """Files that may be this person's too. Three queries, two when nothing is known of them."""
    here = people(user)
    me = next(_known(here.filter(pk=participant.pk)), None)
    if me is None or not (me.birth_date or me.reached_by):
        return []
    near = Q(pk__in=_with_words(me.reached_by, here).values("participant_id"))
    if me.birth_date:
        near |= Q(birth_date=me.birth_date)
    if mails := [word for word in me.reached_by if "@" in word]:
        near |= Q(contact__iexact=mails[0])
    return _agreeing(
        [(me, other) for other in _known(here.filter(near).exclude(pk=me.participant))]
    )


def pairs(
    user: User, places: Iterable[int] | None = None, *, since: datetime.date | None = None
) -> tuple[list[Pair], bool]:
    """All the pairs of these places, whoever arrived last first, and whether all were compared.

    Parameters: `since`, only the pairs of which one was welcomed or identified from that day on.
    Three queries, whatever their number.
    """
    here = people(user, places)
    drawn, cut = _drawn(_blocks(here, since))
    ids = {pk for pair in drawn for pk in pair}
    known = {one.participant: one for one in _known(here.filter(pk__in=ids))} if ids else {}
    both = [(known[one], known[other]) for one, other in drawn if one in known and other in known]
    if since:
        both = [pair for pair in both if max(each.arrived_on for each in pair) >= since]
    found = _agreeing(both)
    found.sort(key=lambda pair: max(pair.one.participant, pair.other.participant), reverse=True)
    return found, cut


def now_called(user: User, text: str) -> Merge | None:
    """The merge by which a code led to another file, when the user may know that one; with
    `opens`, its journey, when they may open it."""
    found = CODE.fullmatch(plain(text.strip()))
    if not found:
        return None
    merges = Merge.objects.standing().filter(kept__in=Participant.objects.visible_to(user))
    same = merges.filter(absorbed_code__endswith=f"-{found[1]}").select_related("kept")
    merge = next((one for one in same if plain(one.absorbed_code) == found[0]), None)
    if merge:
        opens = Journey.objects.visible_to(user).filter(participant=merge.kept_id)
        merge.opens = opens.values_list("pk", flat=True).first()
    return merge


# -- Looking -------------------------------------------------------------------------------------


def _blocks(here: QuerySet, since: datetime.date | None) -> Iterator[tuple[list[int], bool]]:
    """People with the same birth date, the same number, the same address: (ids, is a way to reach
    them). One query."""
    born = here.filter(birth_date__isnull=False).annotate(
        key=Cast("birth_date", CharField()), way=Value(""), who=F("pk"), came=ARRIVED
    )
    mailed = here.filter(contact__contains="@").annotate(
        key=Lower("contact"), way=Value("mail"), who=F("pk"), came=ARRIVED
    )
    numbers = _numbers(here).annotate(
        key=F("word"),
        way=Value("phone"),
        who=F("participant_id"),
        came=Greatest("participant__identified_on", "participant__welcomed_on"),
    )
    branches = []
    for rows in (born, mailed, numbers):
        grouped = (
            rows.order_by()
            .values("key", "way")
            .annotate(ids=ArrayAgg("who", distinct=True), last=Max("came"))
        )
        grouped = grouped.filter(ids__len__gt=1)
        branches.append(grouped.filter(last__gte=since) if since else grouped)
    first, *rest = [branch.values_list("ids", "way") for branch in branches]
    yield from first.union(*rest, all=True)


def _numbers(here: QuerySet) -> QuerySet:
    """Whole phone numbers, as the search words hold them: typed here or there, written alike."""
    words = Word.objects.annotate(figures=Length("word")).filter(figures__gte=PHONE)
    return words.filter(
        is_identity=True, word__gte="0", word__lt=":", participant__in=here.values("pk")
    )


def _with_words(words: Iterable[str], here: QuerySet) -> QuerySet:
    places = here.order_by().values("territory_id").distinct()
    return Word.objects.filter(word__in=words, is_identity=True, territory__in=places)


def _drawn(blocks) -> tuple[set[tuple[int, int]], bool]:
    drawn: set[tuple[int, int]] = set()
    for ids, way in blocks:
        if way and len(ids) > MOST_SHARED:
            continue
        for pair in combinations(sorted(ids), 2):
            if len(drawn) >= MOST_PAIRS:
                return drawn, True
            drawn.add(pair)
    return drawn, False


def _agreeing(both: list[tuple[Known, Known]]) -> list[Pair]:
    found = [Pair(one, other, agreement(one, other)) for one, other in both]
    found = [pair for pair in found if pair.agrees]
    settled = _settled({one.participant for pair in found for one in (pair.one, pair.other)})
    return [
        pair
        for pair in found
        if frozenset((pair.one.participant, pair.other.participant)) not in settled
    ]


def _settled(ids: set[int]) -> set[frozenset[int]]:
    """Pairs somebody has decided about: kept apart, or linked as one person's already."""
    if not ids:
        return set()
    apart = KeptApart.objects.filter(one__in=ids, other_id__in=ids)
    settled = {frozenset(pair) for pair in apart.values_list("one_id", "other_id")}
    by_person: dict = {}
    links = PersonLink.objects.filter(participant__in=ids).values_list("person", "participant_id")
    for person, pk in links:
        settled |= {frozenset((pk, other)) for other in by_person.setdefault(person, [])}
        by_person[person].append(pk)
    return settled


def _known(rows: QuerySet) -> Iterator[Known]:
    referents = TeamMember.objects.filter(
        journey=OuterRef("journey"), role__in=[TeamRole.REFERENT, TeamRole.COORDINATOR]
    )
    first = referents.standing().order_by("-role", "from_on", "pk")
    values = rows.order_by("pk").annotate(
        followed_by=Subquery(first.values("user__first_name")[:1]), arrived_on=ARRIVED
    )
    for row in values.values_list(
        "pk",
        "journey",
        "nickname",
        "code",
        "territory_id",
        "territory__name",
        "programme_id",
        "journey__first_contact_on",
        "journey__last_contact_on",
        "journey__entry_on",
        "arrived_on",
        "followed_by",
        "first_name",
        "last_name",
        "birth_date",
        "phone",
        "contact",
    ):
        *said, followed_by, first_name, last_name, birth_date, phone, contact = row
        yield Known(
            *said,
            followed_by or "",
            (first_name, last_name),
            birth_date,
            frozenset(filter(None, (_reach(str(phone)), _reach(contact)))),
        )


def _reach(contact: str) -> str:
    """A number in national figures, an address in small letters; nothing for anything else."""
    if "@" in contact:
        return contact.strip().lower()
    words = [word for word in Word.split(contact) if word.isdigit() and len(word) >= PHONE]
    return words[0] if words else ""
