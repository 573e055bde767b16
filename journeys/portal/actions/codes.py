"""Six figures by text message, to whoever says a number: known or not, everything is the same.

What is asked writes one row, whatever the number. Whose number it is, the worker looks for; the
page that asked never knows.
"""

import datetime
import json
import secrets

from django.db import transaction
from django.utils import timezone

from journeys.messages.actions import send_later
from journeys.messages.enums import Channel, Language
from journeys.portal import wording
from journeys.portal.actions.entering import hashed, is_same, one_at_a_time, people_at
from journeys.portal.models import EntryCode
from rtr import due, scope
from rtr.lib.sealed import seal, unseal

WORKS_FOR, HOUR = datetime.timedelta(minutes=10), datetime.timedelta(hours=1)
MOST_TRIES = 3
# An hour: of one number from one network, so that nobody can use up somebody else's; of one number
# from everywhere; of one network, where a whole group may sit.
OF_A_NUMBER, OF_A_NUMBER_IN_ALL, OF_A_NETWORK = 5, 15, 60


@transaction.atomic
def ask_code(*, number: str, network: str, language: str) -> EntryCode | None:
    """Write the row that sends a code, if somebody has this number; None past the limits.

    Parameters: `number`, in E.164; `network`, the address that asks.
    """
    whose, caller = hashed("number", number), hashed("network", network)
    one_at_a_time(whose, caller)
    now = timezone.now()
    lately = EntryCode.objects.filter(asked_at__gt=now - HOUR)
    of_number = lately.filter(number=whose)
    if (
        of_number.filter(network=caller).count() >= OF_A_NUMBER
        or of_number.count() >= OF_A_NUMBER_IN_ALL
        or lately.filter(network=caller).count() >= OF_A_NETWORK
    ):
        return None
    code = f"{secrets.randbelow(10**6):06}"
    row = EntryCode(
        number=whose,
        network=caller,
        code=hashed("code", whose + code),
        payload=seal(json.dumps([number, code])),
        language=language,
        asked_at=now,
        expires_at=now + WORKS_FOR,
    )
    return due.add(row)


def send(row: EntryCode) -> None:
    """What the due row does: one message to this number, if it is somebody's."""
    if row.payload and row.expires_at > timezone.now():
        number, code = json.loads(unseal(row.payload))
        if people := people_at(number):
            _send(row, number, code, people)
    EntryCode.objects.filter(pk=row.pk).update(payload="")


def _send(row: EntryCode, number: str, code: str, people: list) -> None:
    first = people[0]
    with scope.over([first.territory_id]):
        send_later(
            territory=first.territory,
            cause=wording.CODE,
            channel=Channel.SMS,
            to=number,
            places={"code": code},
            participant=first if len(people) == 1 else None,
            language=row.language if row.language in Language else Language.FRENCH,
            is_awaited=True,
            useless_after=row.expires_at,
        )


@transaction.atomic
def is_right(*, pk: int, number: str, code: str) -> bool | None:
    """Whether the code is the one sent; None when another is to be asked for: too old, used,
    or three were wrong. A right one serves once."""
    whose = hashed("number", number)
    row = EntryCode.objects.select_for_update().filter(pk=pk, number=whose).first()
    now = timezone.now()
    if row is None or row.used_at or row.expires_at <= now or row.tries >= MOST_TRIES:
        return None
    if not is_same(row.code, hashed("code", whose + code)):
        row.tries += 1
        row.save(update_fields=["tries"])
        return False if row.tries < MOST_TRIES else None
    row.used_at = now
    row.save(update_fields=["used_at"])
    return True


def forget_entry_codes(*, on: datetime.date) -> int:
    """Erase the codes of the days before. Returns how many. Safe to run twice."""
    return EntryCode.objects.filter(asked_at__date__lt=on).delete()[0]
