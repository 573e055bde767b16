"""Is somebody known in another territory? Only where, and whom to call: nothing of the file.

What is typed must be the whole of it: both names and the birth date, or the whole number. The
answer is built in the same way whether somebody is found or not; every question is in the journal,
without what was typed.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.participants.models import Participant, Word
from journeys.pathway.models import TeamMember
from rtr import scope
from rtr.lib.words import search_words
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.journal.models import JournalEntry
from territories.places.models import Territory

A_DAY = 20  # questions a person may ask
BY_NAME, BY_PHONE = ("first_name", "last_name", "birth_date"), ("phone",)


@dataclass(frozen=True)
class Place:
    """A territory where somebody is known, and who answers there."""

    name: str
    colleagues: list[User]


@transaction.atomic
def search_elsewhere(*, by: User, reason: str, **words) -> list[Place]:
    """Where this person is known, among the territories of one's programmes.

    Parameters: `words`, first_name, last_name and birth_date, or phone (E.164); `reason`, coded,
    kept in the journal. Raises ValidationError past twenty questions a day.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two questions at once are counted both
    if asked_today(by) >= A_DAY:
        raise ValidationError(
            _("Vingt recherches par jour au plus : appelez la gestion du programme, ou demain.")
        )
    there = Territory.objects.filter(programme__in=_programmes(by))
    with scope.over(there.values_list("pk", flat=True)):
        found = _found(by, there, **words)
        _write(by, reason, BY_PHONE if words.get("phone") else BY_NAME, found)
    colleagues = _coordinators(there)
    names = there.in_bulk()
    places = sorted({territory for _person, territory in found}, key=lambda pk: names[pk].name)
    return [Place(names[pk].name, colleagues.get(pk, [])) for pk in places]


def asked_today(by: User) -> int:
    return (
        searches(by)
        .filter(at__gte=timezone.localtime().replace(hour=0, minute=0, second=0))
        .count()
    )


def searches(by: User):
    """The questions this person asked, as the journal holds them."""
    return JournalEntry.objects.filter(
        act=Act.SEARCHED_ELSEWHERE, actor=by, participant_id__isnull=True
    )


def _programmes(by: User) -> set[int]:
    here = by.territories_where("participants.search_elsewhere")
    return set(Territory.objects.filter(pk__in=here).values_list("programme", flat=True))


def _found(
    by: User,
    there: Iterable[Territory],
    *,
    first_name: str = "",
    last_name: str = "",
    birth_date: datetime.date | None = None,
    phone: str = "",
) -> list[tuple[int, int]]:
    """(person, territory) of each file that is exactly this person's."""
    objected = TeamMember.objects.filter(journey__participant=OuterRef("pk"), user=by)
    people = Participant.objects.filter(~Exists(objected.suspended()), territory__in=there)
    if phone:
        words = Word.objects.filter(word__in=search_words(phone), is_identity=True)
        rows = people.filter(pk__in=words.values("participant_id"))
        return list(rows.values_list("pk", "territory_id"))
    rows = people.filter(Q(birth_date=birth_date) & ~Q(last_name=""))
    names = rows.values_list("pk", "territory_id", "first_name", "last_name")
    asked = sorted(_letters(first_name, last_name))
    return [(pk, place) for pk, place, *name in names if sorted(_letters(*name)) == asked]


def _letters(*names: str) -> list[str]:
    """Each name in small letters without accents, spaces nor hyphens."""
    return ["".join(search_words(name)) for name in names]


def _write(by: User, reason: str, fields: Iterable[str], found: list[tuple[int, int]]) -> None:
    """One line for who asked, one for each person found: they may read who looked for them."""
    mine = min(by.territories_where("participants.search_elsewhere"))
    for person, territory in [(None, mine), *found]:
        record(
            Act.SEARCHED_ELSEWHERE,
            by=by,
            territory_id=territory,
            participant_id=person,
            fields=[*fields, f"reason:{reason}"],
        )


def _coordinators(there: Iterable[Territory]) -> dict[int, list[User]]:
    """Who coordinates each territory; read in any case, found or not."""
    roles = Membership.objects.active().filter(
        territories__in=there, role=Role.COORDINATOR, user__is_active=True
    )
    by_place: dict[int, list[User]] = {}
    for role in roles.distinct().select_related("user").prefetch_related("territories"):
        for pk in role.territory_ids:
            if role.user not in by_place.setdefault(pk, []):
                by_place[pk].append(role.user)
    return by_place
