"""What follows from a change of how one signs in."""

from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db.models.signals import pre_save
from django.dispatch import receiver

from territories.accounts import second_factor
from territories.accounts.sessions import end_sessions


@receiver(
    [
        password_changed,
        password_set,
        password_reset,
        authenticator_added,
        authenticator_removed,
        authenticator_reset,
    ]
)
def end_the_others(sender, request, user, **kwargs):
    """Whoever was in elsewhere signs in again."""
    request.session.pop(second_factor.SEEN, None)
    end_sessions(user, but=request.session.session_key or "")


@receiver(pre_save, sender=EmailAddress)
def ones_own_is_confirmed(sender, instance, **kwargs):
    """A manager gave the address of the account: allauth would take it for one to come."""
    if instance._state.adding and instance.email == instance.user.email:
        instance.verified = instance.primary = True
