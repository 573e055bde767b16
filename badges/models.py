from badges.achievements.models import Achievement, AchievementVersion, Alignment, Proposal
from badges.credentials.models import (
    Collection,
    CollectionItem,
    Credential,
    ForeignBadge,
    Recipient,
    ShareLink,
)
from badges.endorsements.models import Endorsement
from badges.issuers.models import Issuer, IssuerKey, StatusList
from badges.wallet_api.models import ConnectedWallet

__all__ = [
    "Achievement",
    "AchievementVersion",
    "Alignment",
    "Collection",
    "CollectionItem",
    "ConnectedWallet",
    "Credential",
    "Endorsement",
    "ForeignBadge",
    "Issuer",
    "IssuerKey",
    "Proposal",
    "Recipient",
    "ShareLink",
    "StatusList",
]
