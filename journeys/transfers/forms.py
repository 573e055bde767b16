"""Proposing a file elsewhere, answering, asking whether somebody is known elsewhere."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from journeys.transfers.enums import SearchReason, TransferReason
from rtr.lib.forms import Form, PersonText
from territories.accounts.models import Membership
from territories.places.models import Territory


class ProposeForm(Form):
    to = forms.ModelChoiceField(Territory.objects.none(), label=_("Vers quel territoire ?"))
    reason = forms.ChoiceField(
        label=_("Pourquoi ?"), choices=TransferReason, widget=forms.RadioSelect
    )
    agreed_on = forms.DateField(label=_("Accord de la personne, le"))
    agreed = forms.BooleanField()

    def __init__(self, *args, destinations, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = destinations
        self.fields["agreed"].label = label
        self.fields["agreed"].error_messages["required"] = _(
            "Un transfert se propose avec l’accord de la personne."
        )


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return f"{membership.user.get_full_name()}, {membership.organisation}"


class AcceptForm(Form):
    referent = MemberChoice(
        Membership.objects.none(),
        label=_("Qui va suivre la personne ?"),
        help_text=_("Sa structure devient celle qui accueille la personne."),
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["referent"].queryset = members


class RefuseForm(Form):
    word = PersonText(
        label=_("Pourquoi, en un mot"),
        max_length=160,
        help_text=_("L’autre coordination le lit."),
    )


class SearchForm(Form):
    """Both names and the birth date, or the number: all of it, never a beginning."""

    says_optional = False
    first_name = forms.CharField(label=_("Prénom"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=60, required=False)
    birth_date = forms.DateField(label=_("Date de naissance"), required=False)
    phone = PhoneNumberField(
        label=_("Ou bien son numéro de téléphone"),
        required=False,
        error_messages={
            "invalid": _("Ce numéro ne se compose pas : écrivez-le comme 06 12 34 56 78.")
        },
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    reason = forms.ChoiceField(
        label=_("Pourquoi cherchez-vous ?"), choices=SearchReason, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "birth_date", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self):
        typed = super().clean()
        names = [typed.get(name) for name in ("first_name", "last_name", "birth_date")]
        if typed.get("phone"):
            return typed
        if any(names) and not all(names):
            raise forms.ValidationError(
                _("Il faut le prénom, le nom et la date de naissance, en entier.")
            )
        if not any(names) and "phone" not in self.errors:
            raise forms.ValidationError(
                _("Écrivez le prénom, le nom et la date de naissance, ou le numéro.")
            )
        return typed

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Vérifiez l’année de naissance."))
        return day

    @property
    def words(self) -> dict:
        """What is asked: the number alone when there is one."""
        typed = self.cleaned_data
        if typed["phone"]:
            return {"phone": typed["phone"].as_e164}
        return {name: typed[name] for name in ("first_name", "last_name", "birth_date")}
