"""No agreement, no token: however the row goes, with the person or by itself.

An account that the journal names outlives its person, closed: its tokens would stay with it.
"""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from badges.wallet_api.models import ConnectedWallet


@receiver(pre_delete, sender=ConnectedWallet)
def close_with_the_agreement(instance: ConnectedWallet, **_more) -> None:
    instance.tokens.delete()
