"""What an app above tells the engine in `AppConfig.ready`, since the engine may not ask it.

hooks.is_holder = whether_this_address_is_of_the_person
"""

from collections.abc import Callable


def unknown(recipient_id: int, email: str) -> bool:
    return False


# Whether an e-mail address, in lower case, is that of the person whom a recipient is.
is_holder: Callable[[int, str], bool] = unknown
