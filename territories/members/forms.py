import datetime

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import PasswordVerificationMixin
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtr.lib.forms import Form, ModelForm
from territories.accounts.enums import EndReason
from territories.accounts.models import Membership, User
from territories.members.models import Invitation
from territories.organisations.models import Organisation
from territories.places.models import Territory

A_YEAR = datetime.timedelta(days=365)
UNTIL = _("Obligatoire pour les bénévoles, la prescription et l’évaluation.")


class TerritoriesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, territory):
        return f"{territory}, {territory.programme}" if self.several else str(territory)


class Offers:
    """What a manager may give: their territories, and the structures of their programmes."""

    def offer(self, by: User) -> None:
        territories = Territory.objects.visible_to(by).select_related("programme")
        territories = territories.filter(pk__in=by.territories_where("programme.manage"))
        programmes = by.programmes_where("programme.manage")
        organisations = Organisation.objects.of_programmes(programmes).open()
        field = self.fields["territories"]
        field.queryset, field.several = territories, len(programmes) > 1
        self.fields["organisation"].queryset = organisations.order_by("name")
        self.fields["until_on"].help_text = UNTIL

    def clean_territories(self):
        territories = list(self.cleaned_data["territories"])
        if len({territory.programme_id for territory in territories}) > 1:
            raise forms.ValidationError(
                _("Ces territoires sont de deux programmes : donnez un rôle pour chacun.")
            )
        return territories


class InviteForm(Offers, ModelForm):
    territories = TerritoriesField(queryset=None, label=_("Territoires"))

    class Meta:
        model = Invitation
        fields = [
            "email",
            "first_name",
            "last_name",
            "role",
            "organisation",
            "territories",
            "until_on",
            "reopens",
        ]
        labels = {"reopens": _("Rouvrir ce compte"), "until_on": _("Jusqu’au")}
        help_texts = {"email": _("L’invitation n’ouvre que pour cette adresse.")}

    def __init__(self, *args, by: User, **kwargs):
        kwargs["initial"] = {"until_on": timezone.localdate() + A_YEAR} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.offer(by)
        if self.data.get("reopens") != "on":
            self.fields["reopens"].widget = forms.HiddenInput()  # until the address asks for it

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def add_error(self, field, error):
        super().add_error(field, error)
        if "reopens" in self._errors:
            self.fields["reopens"].widget = forms.CheckboxInput()


class RoleForm(Offers, ModelForm):
    territories = TerritoriesField(queryset=None, label=_("Territoires"))

    class Meta:
        model = Membership
        fields = ["role", "organisation", "territories", "until_on"]
        labels = {"organisation": _("Structure")}

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(by)


class ExtendForm(Form):
    until_on = forms.DateField(label=_("Jusqu’au"), required=False, help_text=UNTIL)


class EndForm(Form):
    on = forms.DateField(
        label=_("À partir du"), help_text=_("Aujourd’hui : les connexions se ferment aussitôt.")
    )
    reason = forms.ChoiceField(
        label=_("Pourquoi"), choices=EndReason.choices, widget=forms.RadioSelect
    )


class AcceptForm(PasswordVerificationMixin, forms.Form):
    first_name = forms.CharField(label=_("Prénom"), max_length=60)
    last_name = forms.CharField(label=_("Nom"), max_length=60)
    password1 = SetPasswordField(
        label=_("Mot de passe"),
        help_text=_("Douze caractères au moins, que vous n’utilisez nulle part ailleurs."),
    )
    password2 = PasswordField(label=_("Le même mot de passe, encore"), autocomplete="new-password")

    def __init__(self, *args, invitation: Invitation, **kwargs):
        names = {"first_name": invitation.first_name, "last_name": invitation.last_name}
        super().__init__(*args, initial=names, **kwargs)
        self.fields["password1"].user = User(email=invitation.email, **names)

    @property
    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name")}
