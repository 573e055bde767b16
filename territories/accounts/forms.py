"""allauth's forms in the words of the house, and those of one's own account."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from rtr.lib.forms import CodeInput, ModelForm
from territories.accounts.models import User

SIX_FIGURES = _("Six chiffres. Ils changent toutes les trente secondes.")


def figures() -> CodeInput:
    return CodeInput({"autocomplete": "one-time-code", "maxlength": 12})


def relabel(form: forms.Form, name: str, label, help_text="", widget=None) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    if widget:
        field.widget = widget
        field.widget.is_required = field.required


class RequestCodeForm(account.RequestLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "email", _("Courriel"))


class Received:
    """A code that came by mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "code", _("Code reçu"), _("Six chiffres."), figures())


class ConfirmCodeForm(Received, account.ConfirmLoginCodeForm):
    pass


class ConfirmAgainForm(Received, account.ConfirmReauthenticationCodeForm):
    pass


class EmailForm(account.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "email", _("Nouvelle adresse"), _("Un lien y sera envoyé pour la confirmer."))


class Shown:
    """A code that an application shows, or one of those kept on paper."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        help_text = _("Les six chiffres de votre application, ou un code de secours.")
        relabel(self, "code", _("Code"), help_text, figures())


class SecondFactorForm(Shown, mfa.AuthenticateForm):
    pass


class SecondFactorAgainForm(Shown, mfa.ReauthenticateForm):
    pass


class ApplicationForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "code", _("Code que montre l’application"), SIX_FIGURES, figures())

    @property
    def secret_in_fours(self) -> str:
        """The key to type by hand where nothing can be photographed."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


NAME = _("Nom de cette clé")
NAME_HELP = _("Pour la reconnaître : « mon téléphone », « ordinateur du bureau ».")


class PasskeyForm(webauthn.AddWebAuthnForm):
    """Every key opens by itself: whether it may is no question to ask."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "name", NAME, NAME_HELP)
        self.fields["name"].max_length = 60
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.initial["passwordless"] = True


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "name", NAME, NAME_HELP)


class NameForm(ModelForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = True
