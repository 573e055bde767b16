"""What an app above tells the engine in `AppConfig.ready`, since the engine may not ask it.

hooks.closed_to.append(recipients_of_those_who_objected_to)
hooks.person_of = participant_of_the_recipient
"""

from collections.abc import Callable

from django.db.models import QuerySet

from territories.accounts.models import User

# From an account to the primary keys of recipients closed to it: a person may object to a
# colleague, whatever the colleague's role.
closed_to: list[Callable[[User], QuerySet]] = []


def nobody(recipient_id: int) -> int | None:
    return None


# From a recipient to whose file it is of, for the journal that this person reads.
person_of: Callable[[int], int | None] = nobody


def unchecked(credential) -> list:
    return []


# From a signed badge to what was just looked at of it (`title`, `ok`, `words` of each), which the
# page that shows it tells. The verifier, above, says so.
checks_of: Callable[..., list] = unchecked
