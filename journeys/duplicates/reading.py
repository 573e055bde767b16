"""Which files may be one person's: same birth date and a name that sounds alike, same phone, same
contact. Looked for among those the user may merge, nowhere else; a hint, never a decision."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
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
class Traits:
    """What two files are compared by; told to nobody."""

    name: tuple[str, str]
    birth_date: datetime.date | None
    reached_by: frozenset[str]
    arrived_on: datetime.date


@dataclass(frozen=True)
class Known:
    """What a hint says of a file."""

    participant: int
    journey: int
    nickname: str
    code: str
    place: str
    first_contact_on: datetime.date
    followed_by: str | None


@dataclass(frozen=True)
class Pair:
    one: Known
    other: Known
    agrees: tuple[str, ...]


def people(user: User, places: Iterable[int] | None = None) -> QuerySet:
    """Everybody whose file this user may merge."""
    where = user.territories_where("duplicates.merge")
    where = where if places is None else where & set(places)
    return Participant.objects.visible_to(user).filter(territory__in=where)


def agreement(one: Traits, other: Traits) -> tuple[str, ...]:
    """What agrees. A phone is often a family's: it counts unless the identities say otherwise."""
    same_birth = one.birth_date is not None and one.birth_date == other.birth_date
    shared = one.reached_by & other.reached_by
    if not same_birth and not shared:
        return ()
    alike = sound_alike(one.name, other.name)
    known = all(each.birth_date and any(each.name) for each in (one, other))
    return (
        *((BIRTH,) if same_birth and alike else ()),
        *((PHONE_OR_CONTACT,) if shared and (alike or not known) else ()),
    )


def lookalikes(user: User, participant: Participant) -> list[Pair]:
    """Files that may be this person's too. One query when nothing is known of them."""
    here = people(user)
    me = _traits(here.filter(pk=participant.pk)).get(participant.pk)
    if me is None or not (me.birth_date or me.reached_by):
        return []
    words = Word.objects.filter(
        word__in=me.reached_by,
        is_identity=True,
        territory__in=user.territories_where("duplicates.merge"),
    )
    near = Q(pk__in=words.values("participant_id"))
    if me.birth_date:
        near |= Q(birth_date=me.birth_date)
    for address in me.reached_by:
        near |= Q(contact__iexact=address)
    others = _traits(here.filter(near))
    return _told(others, [(participant.pk, pk) for pk in others if pk != participant.pk], here)


def pairs(
    user: User, places: Iterable[int] | None = None, *, since: datetime.date | None = None
) -> tuple[list[Pair], bool]:
    """All the pairs of these places, whoever arrived last first, and whether all were compared.

    Parameters: `since`, only the pairs of which one was welcomed or identified from that day on.
    Five queries at most, whatever their number.
    """
    here = people(user, places)
    lately = here
    if since:
        lately = here.filter(Q(identified_on__gte=since) | Q(welcomed_on__gte=since))
    drawn, cut = _drawn(_blocks(here, lately if since else None))
    traits = _traits(here.filter(pk__in={pk for pair in drawn for pk in pair})) if drawn else {}
    if since:
        drawn = [pair for pair in drawn if max(traits[pk].arrived_on for pk in pair) >= since]
    return _told(traits, sorted(drawn, key=max, reverse=True), here), cut


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


def _blocks(here: QuerySet, lately: QuerySet | None) -> Iterator[tuple[list[int], str]]:
    """People with the same birth date, address or number: (ids, by which way one reaches them),
    in one query. `lately`: only what is shared with some of these."""
    born = here.filter(birth_date__isnull=False)
    mailed = here.filter(contact__contains="@").annotate(address=Lower("contact"))
    numbers = _numbers(here)
    if lately is not None:
        days = lately.filter(birth_date__isnull=False).values("birth_date")
        born = born.filter(birth_date__in=days)
        mailed = mailed.filter(address__in=lately.annotate(a=Lower("contact")).values("a"))
        numbers = numbers.filter(word__in=_numbers(lately).values("word"))
    branches = [
        rows.order_by()
        .annotate(key=Cast(key, CharField()), way=Value(way), who=F(who))
        .values("key", "way")
        .annotate(ids=ArrayAgg("who", distinct=True))
        .filter(ids__len__gt=1)
        .values_list("ids", "way")
        for rows, key, way, who in (
            (born, "birth_date", "", "pk"),
            (mailed, "address", "mail", "pk"),
            (numbers, "word", "phone", "participant_id"),
        )
    ]
    yield from branches[0].union(*branches[1:], all=True)


def _numbers(here: QuerySet) -> QuerySet:
    """Whole phone numbers, as the search words hold them: typed here or there, written alike."""
    words = Word.objects.annotate(figures=Length("word")).filter(figures__gte=PHONE)
    return words.filter(
        is_identity=True, word__gte="0", word__lt=":", participant__in=here.values("pk")
    )


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


def _told(traits: dict[int, Traits], drawn, here: QuerySet) -> list[Pair]:
    """Those that agree and that nobody decided about, in the order drawn, with what a hint says."""
    agreed = {pair: agreement(*(traits[pk] for pk in pair)) for pair in drawn}
    agreed = {pair: what for pair, what in agreed.items() if what}
    if not agreed:
        return []
    ids = {pk for pair in agreed for pk in pair}
    settled, known = _settled(ids), _known(here.filter(pk__in=ids))
    return [
        Pair(*(known[pk] for pk in pair), what)
        for pair, what in agreed.items()
        if frozenset(pair) not in settled
    ]


def _settled(ids: set[int]) -> set[frozenset[int]]:
    """Pairs somebody has decided about: kept apart, or linked as one person's already."""
    apart = KeptApart.objects.filter(one__in=ids, other_id__in=ids)
    settled = {frozenset(pair) for pair in apart.values_list("one_id", "other_id")}
    by_person: dict = {}
    links = PersonLink.objects.filter(participant__in=ids).values_list("person", "participant_id")
    for person, pk in links:
        settled |= {frozenset((pk, other)) for other in by_person.setdefault(person, [])}
        by_person[person].append(pk)
    return settled


def _traits(rows: QuerySet) -> dict[int, Traits]:
    values = rows.order_by().annotate(number=Cast("phone", CharField()), arrived_on=ARRIVED)
    columns = "pk", "first_name", "last_name", "birth_date", "number", "contact", "arrived_on"
    return {
        pk: Traits(
            tuple(name), birth_date, frozenset(filter(None, map(_reach, reached))), arrived_on
        )
        for pk, *name, birth_date, number, contact, arrived_on in values.values_list(*columns)
        for reached in [(number, contact)]
    }


def _known(rows: QuerySet) -> dict[int, Known]:
    referents = TeamMember.objects.filter(
        journey=OuterRef("journey"), role__in=[TeamRole.REFERENT, TeamRole.COORDINATOR]
    )
    first = referents.standing().order_by("-role", "from_on", "pk")
    values = rows.order_by().annotate(who=Subquery(first.values("user__first_name")[:1]))
    columns = "journey", "nickname", "code", "territory__name", "journey__first_contact_on", "who"
    return {row[0]: Known(*row) for row in values.values_list("pk", *columns)}


def _reach(contact: str) -> str:
    """A number in national figures, an address in small letters; nothing for anything else."""
    if "@" in contact:
        return contact.strip().lower()
    words = [word for word in Word.split(contact) if word.isdigit() and len(word) >= PHONE]
    return words[0] if words else ""
