"""Secrets kept in the database under a key that is not in it: its copy opens nothing."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(text: str) -> str:
    """Encrypt and sign under the first of ENCRYPTION_KEYS."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Read what `seal` wrote, under any of ENCRYPTION_KEYS.

    Raises cryptography.fernet.InvalidToken when none of them wrote it: never an empty secret,
    which anybody could answer for.
    """
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in settings.ENCRYPTION_KEYS])


def _derived(key: str) -> bytes:
    """A Fernet key of 256 bits, of no use elsewhere. Source: RFC 5869."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"rtr.sealed").derive(key.encode())
    return base64.urlsafe_b64encode(made)
