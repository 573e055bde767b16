"""Forms of territories: what they are, what they are made of, their context."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib.forms import CodeInput, Form, ModelForm
from rtr.lib.tables import MOST_BYTES, number_of
from territories.places.lists import INDICATORS
from territories.places.models import Commune, Neighbourhood, Territory, Zoning
from territories.programmes.models import Programme

EARLIEST = 1990
EDITIONS = [("2015", "2015"), ("2024", "2024")]
PHONE = RegexValidator(
    r"^\+?[\d\u00a0 .-]{9,20}$",
    gettext_lazy("Écrivez un numéro de téléphone, comme 02 61 91 00 00."),
)
PUBLIC = ["phone", "email", "welcome", "takes_referrals"]


class TerritoryForm(ModelForm):
    class Meta:
        model = Territory
        fields = ["name", "kind", *PUBLIC]
        labels = {
            "kind": gettext_lazy("Ville ou campagne"),
            "email": gettext_lazy("Adresse e-mail du territoire"),
            "phone": gettext_lazy("Téléphone du territoire"),
            "takes_referrals": gettext_lazy("Ce territoire reçoit des orientations en ligne"),
        }
        help_texts = {
            "welcome": gettext_lazy("Une phrase, sur la page publique du territoire."),
            "phone": gettext_lazy("Celui qu’une personne ou un prescripteur peut appeler."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)


class OpenForm(TerritoryForm):
    programme = forms.ModelChoiceField(Programme.objects.none(), label=gettext_lazy("Programme"))
    slug = forms.SlugField(
        label=gettext_lazy("Adresse dans les liens"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("Lettres sans accent et tirets. Vide : faite du nom."),
    )
    places = forms.CharField(
        label=gettext_lazy("Communes et quartiers"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "Une commune par ligne ; ses quartiers après deux-points, séparés par des virgules."
            " Exemple : Caen : Chemin Vert, Guérinière"
        ),
    )

    class Meta(TerritoryForm.Meta):
        fields = ["programme", "name", "slug", "kind", "places", *PUBLIC]

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        field.queryset = programmes
        if len(programmes) == 1:
            field.initial, field.widget = programmes[0].pk, forms.HiddenInput()

    def clean(self):
        data = super().clean()
        data["slug"] = data.get("slug") or slugify(data.get("name") or "")[:50]
        if data.get("name") and not data["slug"]:
            self.add_error("slug", _("Écrivez une adresse : le nom seul n’en donne pas."))
        self.instance.slug = data.get("slug", "")
        return data

    def clean_places(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self.cleaned_data["places"].splitlines():
            commune, _sign, quarters = line.partition(":")
            names = [name.strip() for name in (commune, *quarters.split(",")) if name.strip()]
            if not names:
                continue
            if any(len(name) > 120 for name in names):
                raise ValidationError(_("Un nom tient en 120 caractères."))
            if names[0] in found or len(set(names[1:])) < len(names[1:]):
                raise ValidationError(
                    _("« %(name)s » : une commune ou un quartier est là deux fois.")
                    % {"name": names[0]}
                )
            found[names[0]] = names[1:]
        return found


class CommuneForm(ModelForm):
    class Meta:
        model = Commune
        fields = ["name"]


class NeighbourhoodForm(ModelForm):
    class Meta:
        model = Neighbourhood
        fields = ["commune", "name"]

    def __init__(self, *args, territory, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = territory.communes.all()


class ZoningForm(ModelForm):
    edition = forms.ChoiceField(
        label=gettext_lazy("Liste des quartiers prioritaires"), choices=EDITIONS
    )

    class Meta:
        model = Zoning
        fields = ["neighbourhood", "edition", "from_on", "until_on"]
        labels = {"neighbourhood": gettext_lazy("Quartier")}
        help_texts = {
            "until_on": gettext_lazy("Le premier jour où le quartier n’est plus sur la liste.")
        }

    def __init__(self, *args, territory, **kwargs):
        super().__init__(*args, **kwargs)
        quarters = Neighbourhood.objects.filter(commune__territory=territory)
        self.fields["neighbourhood"].queryset = quarters.select_related("commune")

    def clean(self):
        data = super().clean()
        since, until = data.get("from_on"), data.get("until_on")
        if since and until and until <= since:
            self.add_error("until_on", _("La fin vient après le début."))
        return data


def value_of(text: str, indicator: str) -> Decimal:
    """The number typed for this indicator; raises ValidationError."""
    number = number_of(text)
    if number is None:
        raise ValidationError(_("Écrivez un nombre, comme 12,1 ou 41200."))
    value = Decimal(number).quantize(Decimal("0.01"))
    if abs(value) >= 10**12:
        raise ValidationError(_("Ce nombre est trop grand."))
    is_share = indicator in INDICATORS and INDICATORS[indicator]["unit"] == "%"
    if value < 0 or is_share and value > 100:
        raise ValidationError(
            _("Un pourcentage va de 0 à 100.") if is_share else _("Un nombre positif, ou zéro.")
        )
    return value


def year_of(text: str) -> int:
    last = timezone.localdate().year
    if not (text.isascii() and text.isdigit() and EARLIEST <= int(text[:6]) <= last):
        raise ValidationError(
            _("Écrivez une année de %(first)s à %(last)s.") % {"first": EARLIEST, "last": last}
        )
    return int(text)


class FigureForm(Form):
    """One figure; a percentage is a number from 0 to 100."""

    indicator = forms.ChoiceField(
        label=gettext_lazy("Indicateur"),
        choices=lambda: [("", _("Choisissez")), *INDICATORS.choices()],
    )
    year = forms.CharField(label=gettext_lazy("Année"), max_length=4, widget=CodeInput)
    value = forms.CharField(
        label=gettext_lazy("Valeur"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "decimal"}),
        help_text=gettext_lazy("Un nombre, avec une virgule ou un point ; 12,1 pour 12,1 %."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=160,
        help_text=gettext_lazy("Qui publie, et quoi : INSEE, Filosofi."),
    )

    def clean_year(self):
        return year_of(self.cleaned_data["year"])

    def clean_value(self):
        return value_of(self.cleaned_data["value"], self.cleaned_data.get("indicator", ""))


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier CSV"),
        help_text=gettext_lazy("En UTF-8, 2 Mo au plus ; points-virgules ou virgules."),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("Le fichier dépasse 2 Mo : coupez-le en plusieurs."))
        return file
