"""Who must have a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from territories.accounts.enums import GUARDED
from territories.accounts.models import User

SEEN = "second_factor"
# What stays open meanwhile: setting it up, one's own account, the ways out.
OPEN = frozenset(
    {
        "my_account",
        "my_sessions",
        "my_session_end",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_logout",
        "account_reauthenticate",
        "account_request_reauthentication_code",
        "account_confirm_reauthentication_code",
        "account_change_password",
        "account_set_password",
    }
)


def factors(user: User):
    """Recovery codes only replace another one: they are none by themselves."""
    codes = Authenticator.Type.RECOVERY_CODES
    return Authenticator.objects.filter(user=user).exclude(type=codes)


def is_required(user: User) -> bool:
    return settings.REQUIRE_SECOND_FACTOR and any(role.role in GUARDED for role in user.roles)


def is_missing(request) -> bool:
    """Asked of every page; the database is asked once a session."""
    if not is_required(request.user) or request.session.get(SEEN):
        return False
    if factors(request.user).exists():
        request.session[SEEN] = True
        return False
    return True
