"""So many times, and then later: for what anybody may do without signing in.

Counts live in the cache, which all processes share. Who is counted (an address on the network, a
mail address) is never written down: only a keyed hash of it is.
"""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def passes(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more `what` of `who`; False beyond `most` in the same slice of time.

    Parameters: `seconds`, how long a slice is. Two at the very same instant may count for one:
    this slows a flood down, it is no lock.
    """
    hashed = salted_hmac("rtr.lib.limits", who, algorithm="sha256").hexdigest()
    key = f"{what}:{int(time.time() // seconds)}:{hashed}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, seconds)
    return count <= most
