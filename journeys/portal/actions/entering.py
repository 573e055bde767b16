"""Who may come in, whatever the way: everybody but the dead, and files that are no more."""

from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

from journeys.participants.models import Participant, Word
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Absence
from journeys.recognition.holding import know_account
from rtr import scope
from rtr.lib import contacts
from rtr.lib.words import search_words
from territories.accounts.models import User
from territories.places.models import Territory


def hashed(what: str, words: str) -> str:
    """Under a key that is not in the database: a copy of it lets nobody try each code."""
    return salted_hmac(f"journeys.portal.{what}", words, algorithm="sha256").hexdigest()


def is_same(one: str, other: str) -> bool:
    return constant_time_compare(one, other)


def one_at_a_time(*words: str) -> None:
    """Attempts of the same number, of the same network, are counted one after the other."""
    with connection.cursor() as cursor:
        for word in words:
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [word])


def people_at(number: str) -> list[Participant]:
    """Those who are joined at this number, in every territory: a phone may be shared.

    Parameters: `number`, in E.164.
    """
    with scope.everything("a number says nothing of whose it is"):
        # Named by their territories, so that the index of words serves.
        words = Word.objects.filter(
            territory__in=Territory.objects.all(), word__in=search_words(number)[:1]
        )
        found = Participant.objects.filter(pk__in=words.values("participant"))
        found = found.exclude(journey__absences__exit_kind=DEATH).exclude(user__is_active=False)
        found = found.select_related("territory__programme", "user")
        rows = list(found.order_by("search_name", "pk"))
    return [person for person in rows if number in numbers_of(person)]


def numbers_of(person: Participant) -> set[str]:
    """In E.164: the phone noted for the contract, the contact left before when it is one."""
    known = person.phone.as_e164 if person.phone else ""
    return {known, contacts.dialled(person.contact)} - {""}


def number_of(person: Participant) -> str:
    return next(iter(sorted(numbers_of(person), key=lambda one: one != str(person.phone))), "")


def account_of(person: Participant) -> User | None:
    """The account, made the first time: it holds nothing but a uuid and its wall. None for
    whoever comes in no more. Called in the scope of the person's territory."""
    died = Absence.objects.filter(journey__participant=person, exit_kind=DEATH)
    if person.merged_into_id or died.exists():
        return None
    if person.user is None:
        person.user = User.objects.create_user(territory=person.territory)
        person.save(update_fields=["user"])
        know_account(person)
    return person.user if person.user.is_active else None
