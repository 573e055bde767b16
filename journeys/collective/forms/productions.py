"""Forms of what groups made, and of who sees it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys.collective.enums import Licence, ProductionKind, Visibility
from journeys.collective.forms.groups import GroupText, refuse_telling
from journeys.collective.productions import Production, ProductionPart
from journeys.pathway.forms.fields import Day, radios
from rtr.lib.forms import Form, ModelForm


class ProductionForm(ModelForm):
    kind = radios([(k.value, capfirst(k.label)) for k in ProductionKind], label=_("Qu’est-ce"))
    title = forms.CharField(label=_("Titre"), max_length=80, validators=[refuse_telling])
    text = GroupText(
        label=_("Texte"),
        rows=6,
        max_length=5000,
        required=False,
        validators=[refuse_telling],
        help_text=_("Une carte, un son ou une image se racontent aussi en quelques phrases."),
    )
    licence = radios(
        [(one.value, f"{one.label}. {one.plain}") for one in Licence],
        label=_("Ce qu’on peut en faire"),
        initial=Licence.RESERVED,
    )
    made_on = Day(label=_("Faite le"))

    class Meta:
        model = Production
        fields = ["kind", "title", "text", "licence", "made_on"]


class PartForm(ModelForm):
    label = forms.CharField(
        label=_("En quelques mots"), max_length=120, validators=[refuse_telling]
    )

    class Meta:
        model = ProductionPart
        fields = ["label"]

    def _post_clean(self):
        """The action checks the row, once it knows its kind and its production."""

    def part(self) -> dict:
        return {k: v for k, v in self.cleaned_data.items() if k != "file"}


class FileForm(PartForm):
    file = forms.FileField(
        label=_("Fichier"),
        widget=forms.FileInput(
            {"accept": "image/jpeg,image/png,image/webp,application/pdf,audio/*"}
        ),
        help_text=_("Photo, PDF ou son. Le lieu et le nom de l’appareil en sont retirés."),
    )


class LinkForm(PartForm):
    url = forms.URLField(label=_("Adresse du lien"), max_length=300, assume_scheme="https")

    def clean_url(self):
        url = self.cleaned_data["url"]
        if not url.startswith("https://"):
            raise ValidationError(_("Un lien commence par https://."))
        return url


class PointForm(PartForm):
    address = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    latitude = forms.DecimalField(
        label=_("Latitude"),
        required=False,
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Avec la longitude, le point se dessine sur la carte."),
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        required=False,
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    note = forms.CharField(
        label=_("Ce qu’on y trouve"), max_length=300, required=False, validators=[refuse_telling]
    )

    def clean(self):
        data = super().clean()
        both = [data.get("latitude") is not None, data.get("longitude") is not None]
        if not self.errors and any(both) and not all(both):
            self.add_error("longitude", _("Latitude et longitude vont ensemble."))
        elif not self.errors and not data.get("address") and not all(both):
            self.add_error("address", _("Donnez une adresse, ou une latitude et une longitude."))
        return data


class AuthorsForm(Form):
    members = forms.MultipleChoiceField(
        label=_("Qui l’a faite"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez une personne au moins.")},
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = members


class ChoiceForm(Form):
    """An author's own choice, in their own pages."""

    visibility = radios(Visibility.choices, label=_("Qui peut voir ?"))
    shows_nickname = forms.BooleanField(label=_("Avec mon surnom"), required=False)

    def choice(self) -> dict:
        return self.cleaned_data | {"visibility": int(self.cleaned_data["visibility"])}


class SaidChoiceForm(ChoiceForm):
    """The same, noted by who leads after what the person said."""

    visibility = radios(Visibility.choices, label=_("Qui peut voir, a dit la personne"))
    shows_nickname = forms.BooleanField(label=_("Avec son surnom"), required=False)
    on = Day(label=_("Elle l’a dit le"))
