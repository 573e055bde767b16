"""What happens to an endorsement: asked, given, declined, known, taken back."""

from badges.endorsements.actions.answering import behind, decline, give, offer, vouch
from badges.endorsements.actions.inviting import address, cancel, invite
from badges.endorsements.actions.withdrawing import recover, withdraw

__all__ = [
    "address",
    "behind",
    "cancel",
    "decline",
    "give",
    "invite",
    "offer",
    "recover",
    "vouch",
    "withdraw",
]
