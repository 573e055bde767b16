"""What allauth asks of us: no sign-up, no demo account outside demo mode, mails that wait for
nobody, secrets that are sealed."""

import datetime
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtr.lib import qr, sealed
from territories.accounts import mails
from territories.accounts.demo import DOMAIN
from territories.accounts.models import User

SIGNED_IN_AT = "signed_in_at"
# For how long a mail is worth sending, when it is less than a day.
USEFUL = {"account/email/login_code": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT}
# What is told by mail to the account's owner, who may not have done it.
NOTICES = {
    "account/email/password_changed": _("Votre mot de passe vient d’être changé."),
    "account/email/password_set": _("Un mot de passe vient d’être choisi pour votre compte."),
    "account/email/password_reset": _("Votre mot de passe vient d’être changé."),
    "account/email/email_changed": _("L’adresse de votre compte vient d’être changée."),
    "account/email/email_deleted": _("L’adresse de votre compte vient d’être changée."),
    "mfa/email/totp_activated": _("Une application donne maintenant les codes de votre compte."),
    "mfa/email/totp_deactivated": _("L’application de codes de votre compte vient d’être retirée."),
    "mfa/email/webauthn_added": _("Une clé d’accès vient d’être ajoutée à votre compte."),
    "mfa/email/webauthn_removed": _("Une clé d’accès de votre compte vient d’être retirée."),
    "mfa/email/recovery_codes_generated": _("Vous avez de nouveaux codes de secours."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez les deux."
        ),
        "incorrect_code": _("Ce code n’est pas le bon. Vérifiez les chiffres."),
        "incorrect_password": _("Ce mot de passe n’est pas le vôtre. Essayez encore."),
        "too_many_login_attempts": _(
            "Trop d’essais. Demandez un nouveau code, ou attendez cinq minutes."
        ),
        "rate_limited": _("Trop d’essais en peu de temps. Attendez une minute."),
        "email_taken": _("Cette adresse sert déjà à un autre compte."),
        "duplicate_email": _("C’est déjà l’adresse de votre compte."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel. Vérifiez-le."),
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

    def login(self, request, user):
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()

    def send_mail(self, template_prefix, email, context):
        mail = self.render_mail(template_prefix, email, context | {"email": email})
        useful = datetime.timedelta(seconds=USEFUL.get(template_prefix, 24 * 3600))
        mails.write(to=email, subject=mail.subject, body=mail.body, useful=useful)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        told = {"what": NOTICES[template_prefix]}
        self.send_mail("account/email/notice", email or user.email, told)

    def confirm_email(self, request, email_address):
        """An account that was never confirmed by mail holds its address all the same."""
        others = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id)
        if others.exists():
            messages.error(request, self.error_messages["email_taken"])
            return False
        return super().confirm_email(request, email_address)

    def is_reauthentication_required(self, app):
        """Whoever has just signed in here has just said who they are."""
        ago = time.time() - self.request.session.get(SIGNED_IN_AT, 0)
        fresh = ago < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app)

    def get_reauthentication_methods(self, user):
        words = {
            "reauthenticate": gettext("Avec mon mot de passe"),
            "reauthenticate_by_code": gettext("Avec un code reçu par courriel"),
            "mfa_reauthenticate": gettext("Avec mon application ou un code de secours"),
            "mfa_reauthenticate:webauthn": gettext("Avec une clé d’accès"),
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request):
        return reverse("my_account")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("my_account" if self.request.user.is_authenticated else "account_login")

    def _is_demo(self, credentials) -> bool:
        email = (credentials.get("email") or credentials.get("username") or "").lower()
        return email.endswith(DOMAIN) or credentials.get("password") == settings.DEMO_PASSWORD


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant."),
    }

    def encrypt(self, text):
        return sealed.seal(text)

    def decrypt(self, encrypted_text):
        return sealed.unseal(encrypted_text)

    def build_totp_svg(self, url):
        return qr.svg_file(url)

    def generate_authenticator_name(self, user, type):
        return gettext("Cet appareil")

    def _get_site_name(self):
        return settings.MFA_TOTP_ISSUER
