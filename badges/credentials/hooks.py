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
