"""What allauth asks of us: no sign-up, and no demo account outside demo mode."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from territories.accounts.demo import DOMAIN


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez les deux."
        ),
    }

    def is_open_for_signup(self, request):
        """Accounts are given by a manager, never taken."""
        return False

    def authenticate(self, request, **credentials):
        if not settings.DEMO and self._is_demo(credentials):
            return None
        return super().authenticate(request, **credentials)

    def clean_password(self, password, user=None):
        if not settings.DEMO and password == settings.DEMO_PASSWORD:
            raise ValidationError(_("Ce mot de passe est connu de tous : choisissez-en un autre."))
        return super().clean_password(password, user)

    def _is_demo(self, credentials) -> bool:
        email = (credentials.get("email") or credentials.get("username") or "").lower()
        return email.endswith(DOMAIN) or credentials.get("password") == settings.DEMO_PASSWORD
