"""What happens to a badge: awarded, signed, re-issued, revoked, shown."""

from badges.credentials.actions.awarding import Evidence, award, award_many, reissue
from badges.credentials.actions.revoking import recover, reissue_all, revoke
from badges.credentials.actions.sharing import collect, discard, recollect, share, withdraw
from badges.credentials.signing import sign

__all__ = [
    "Evidence",
    "award",
    "award_many",
    "collect",
    "discard",
    "recollect",
    "recover",
    "reissue",
    "reissue_all",
    "revoke",
    "share",
    "sign",
    "withdraw",
]
