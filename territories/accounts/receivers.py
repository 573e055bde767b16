"""Once a password or a second factor changes, whoever was in elsewhere signs in again."""

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
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
    request.session.pop(second_factor.SEEN, None)
    end_sessions(user, but=request.session.session_key or "")
