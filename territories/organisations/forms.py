"""A body, its part in the consortium, its closing."""

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtr.lib.forms import Form, ModelForm
from territories.organisations.enums import ClosingReason, ConsortiumRole
from territories.organisations.models import Organisation
from territories.organisations.naming import twin_of
from territories.organisations.siret import read_siret
from territories.programmes.models import Programme

five_figures = RegexValidator(r"^[0-9]{5}$", _("Un code postal a cinq chiffres."))


class SiretField(forms.CharField):
    """Spaces and dashes are welcome; nothing typed is « not known »."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "max_length": 40, "empty_value": None} | options)

    def clean(self, value):
        text = super().clean(value)
        return read_siret(text) if text else None


class AskProgramme:
    """Asks for the programme only of those who manage several."""

    field_order = ["programme"]

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self._only = programmes[0]
        if len(programmes) > 1:
            self.fields["programme"] = forms.ModelChoiceField(
                programmes, label=_("Programme"), empty_label=None
            )
            self.order_fields(self.field_order)

    @property
    def chosen_programme(self) -> Programme:
        return self.cleaned_data.get("programme") or self._only


class OrganisationForm(ModelForm):
    """`twin`: the body that has this SIRET or this name already, if there is one."""

    siret = SiretField(
        label=_("SIRET"),
        required=False,
        help_text=_(
            "Quatorze chiffres, avec ou sans espaces. Il évite de noter deux fois la même."
        ),
    )
    postcode = forms.CharField(
        label=_("Code postal"),
        required=False,
        max_length=5,
        validators=[five_figures],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    site = forms.URLField(
        label=_("Site"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": _("Écrivez une adresse qui commence par https://")},
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "short_name",
            "kind",
            "what_it_brings",
            "siret",
            "address",
            "postcode",
            "city",
            "phone",
            "email",
            "site",
        ]
        labels = {
            "name": _("Nom"),
            "short_name": _("Nom d’usage"),
            "kind": _("Nature"),
            "what_it_brings": _("Ce qu’elle apporte"),
            "address": _("Rue"),
            "city": _("Ville"),
            "phone": _("Téléphone"),
            "email": _("Adresse de courriel"),
        }
        help_texts = {
            "short_name": _("Celui qu’on dit, s’il est plus court."),
            "what_it_brings": _("En une phrase : un lieu, un métier, une équipe, un réseau."),
            "phone": _("Celui de l’accueil, jamais celui d’une personne."),
            "email": _("Celle de l’accueil, jamais celle d’une personne."),
        }
        widgets = {"what_it_brings": forms.Textarea({"rows": 2})}

    twin: Organisation | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("address", "city", "phone", "email", "site"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["site"].validators = [URLValidator(schemes=["https"])]

    def clean(self):
        cleaned = super().clean()
        wanted = {name: cleaned.get(name) or "" for name in ("name", "short_name")}
        self.twin = twin_of(Organisation(pk=self.instance.pk, siret=cleaned.get("siret"), **wanted))
        if self.twin:
            by_siret = self.twin.siret and self.twin.siret == cleaned.get("siret")
            self.add_error(
                "siret" if by_siret else "name",
                _("Une structure a déjà ce SIRET.")
                if by_siret
                else _("Une structure a déjà ce nom. Si c’est une autre, ajoutez sa ville au nom."),
            )
        return cleaned


class NewOrganisationForm(AskProgramme, OrganisationForm):
    pass


def day_field(label, **options) -> forms.DateField:
    return forms.DateField(label=label, initial=timezone.localdate, **options)


class ClosingForm(Form):
    """The same for a body and for a place, each with its reasons."""

    on = day_field(_("Depuis le"))
    because = forms.ChoiceField(
        label=_("Pourquoi"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, reasons=ClosingReason.choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = reasons


class PartForm(Form):
    """A role in the consortium, what it is made of, and from when."""

    role = forms.ChoiceField(
        label=_("Rôle"), choices=ConsortiumRole.choices, widget=forms.RadioSelect
    )
    part = forms.CharField(
        label=_("Part prise"),
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("En une phrase, ce qu’elle fait dans le programme."),
    )
    on = day_field(_("À partir du"))


class ChangePartForm(PartForm):
    on = day_field(
        _("À partir du"),
        help_text=_("Pour un autre rôle. Si le rôle reste le même, seule la part prise change."),
    )


class JoinForm(AskProgramme, PartForm):
    pass


class EndForm(Form):
    on = day_field(_("Depuis le"), help_text=_("Le premier jour où ce rôle n’est plus tenu."))
