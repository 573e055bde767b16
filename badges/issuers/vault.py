"""Private keys: sealed under ENCRYPTION_KEYS, opened only to sign.

They are in clear nowhere but in the memory of a process that signs: neither in the database, nor
in a dump of it, nor in a log or an error page (the names of these variables are masked).
"""

import base64
from functools import lru_cache

from django.views.decorators.debug import sensitive_variables

from badges.issuers.models import IssuerKey
from badges.proofs import keys
from rtr.lib.sealed import seal, unseal


@sensitive_variables()
def sealed(private: keys.PrivateKey) -> str:
    """What the database keeps of a private key."""
    return seal(base64.b64encode(keys.private_bytes(private)).decode("ascii"))


def opened(key: IssuerKey) -> keys.PrivateKey:
    """The private half of a key that signs.

    Raises ValueError for one that signs no more, InvalidToken when ENCRYPTION_KEYS lost its key.
    """
    if not key.private_sealed:
        raise ValueError("this key signs no more")
    return _opened(key.private_sealed)


@lru_cache(maxsize=64)  # unsealing and checking an RSA key costs more than signing
@sensitive_variables()
def _opened(text: str) -> keys.PrivateKey:
    return keys.load_private(base64.b64decode(unseal(text)))
