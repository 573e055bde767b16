"""What a steward writes of a badge, and what a house writes to ask for one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from badges.achievements import alignments, images
from badges.achievements.drawing import COLOURS, LONGEST, SHAPES
from badges.achievements.enums import Audience, Category, Framework, Level
from badges.achievements.pictograms import GROUPS
from rtr.lib.forms import Form
from territories.organisations.models import Organisation

MOST_TAGS = 8
MOST_ALIGNMENTS = 12
LANGUAGES = {
    "fr": _("Français"),
    "en": _("Anglais"),
    "ar": _("Arabe"),
    "uk": _("Ukrainien"),
}


class WordsForm(Form):
    """What a version freezes."""

    name = forms.CharField(
        label=_("Nom du badge"),
        max_length=120,
        help_text=_("Ce que la personne sait faire : « Réparer un vélo ». Jamais le programme."),
    )
    description = forms.CharField(
        label=_("Ce qu’il reconnaît"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Une phrase, que comprend quelqu’un qui ne connaît pas le lieu."),
    )
    criteria = forms.CharField(
        label=_("Ce qu’il faut faire"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Ce que la personne a fait, et qui l’a vu. Une phrase par critère."),
    )
    category = forms.ChoiceField(
        label=_("Catégorie"), choices=Category.choices, initial=Category.KNOW_HOW
    )
    level = forms.ChoiceField(
        label=_("Niveau"),
        choices=Level.choices,
        required=False,
        help_text=_("Un, deux ou trois points sous le titre de l’image."),
    )
    tags = forms.CharField(
        label=_("Mots-clés"),
        required=False,
        max_length=300,
        help_text=_("Séparés par des virgules : vélo, réparer."),
    )
    language = forms.ChoiceField(label=_("Langue du badge"), choices=LANGUAGES.items())
    validity_months = forms.IntegerField(
        label=_("Durée de validité, en mois"),
        required=False,
        min_value=1,
        max_value=240,
        help_text=_("Laissez vide s’il est valable toujours."),
    )

    def clean_tags(self):
        tags = [" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(",")]
        tags = list(dict.fromkeys(tag for tag in tags if tag))
        if len(tags) > MOST_TAGS or any(len(tag) > 40 for tag in tags):
            raise ValidationError(_("Huit mots-clés au plus, de 40 lettres au plus."))
        return tags

    @property
    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in WordsForm.base_fields}


class FilingForm(Form):
    """Where it is found, who keeps it, who may award it. `bodies`: of the consortium."""

    field = forms.CharField(
        label=_("Domaine"),
        max_length=60,
        widget=forms.TextInput({"list": "domaines", "autocomplete": "off"}),
        help_text=_("Reprenez un domaine du catalogue, ou écrivez-en un nouveau."),
    )
    audience = forms.ChoiceField(
        label=_("Champ"),
        choices=[("", _("Aucun en particulier")), *Audience.choices],
        required=False,
        help_text=_("Pour quel côté de la vie il parle."),
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Porté par"))
    co_designers = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Conçu avec"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_shared = forms.BooleanField(
        label=_("Badge de réseau"),
        required=False,
        help_text=_(
            "Toute structure du consortium peut le délivrer, pas seulement celle qui le porte."
        ),
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies
        self.fields["co_designers"].queryset = bodies

    @property
    def filed(self) -> dict:
        names = ("organisation", "field", "audience", "is_shared")
        return {name: self.cleaned_data[name] for name in names}


class NewForm(WordsForm, FilingForm):
    field_order = [*WordsForm.base_fields, *FilingForm.base_fields]


class DesignForm(Form):
    shape = forms.ChoiceField(
        label=_("Forme"), choices=list(SHAPES.items()), widget=forms.RadioSelect
    )
    colour = forms.ChoiceField(
        label=_("Couleur"),
        choices=list(COLOURS.items()),
        widget=forms.RadioSelect,
        help_text=_("Chacune se lit bien avec les mots clairs de l’image."),
    )
    title = forms.CharField(
        label=_("Titre sur l’image"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Deux ou trois mots se lisent mieux. Sans titre, le pictogramme est plus grand."
        ),
    )
    pictogram = forms.ChoiceField(
        label=_("Pictogramme"),
        choices=[(group, list(names.items())) for group, names in GROUPS.items()],
        widget=forms.RadioSelect,
    )


class ImageForm(Form):
    file = forms.FileField(
        label=_("Image SVG ou PNG"),
        help_text=_("Carrée de préférence, un mégaoctet au plus. Un SVG : textes en tracés."),
        widget=forms.FileInput({"accept": ".svg,.png,image/svg+xml,image/png"}),
    )

    def clean_file(self):
        """Its text as the badge will hold it."""
        file = self.cleaned_data["file"]
        return images.from_file(file.read(images.MOST + 1))


class AlignmentForm(Form):
    framework = forms.ChoiceField(label=_("Référentiel"), choices=Framework.choices)
    code = forms.CharField(label=_("Code"), max_length=100)
    name = forms.CharField(
        label=_("Intitulé"),
        max_length=200,
        required=False,
        help_text=_("Vide : le nôtre, s’il est connu."),
    )
    url = forms.CharField(
        label=_("Adresse"),
        max_length=300,
        required=False,
        help_text=_("Vide : celle du référentiel."),
        widget=forms.URLInput,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("code") and not cleaned.get("DELETE"):
            self.row = alignments.checked(
                cleaned["framework"],
                cleaned["code"],
                cleaned.get("name", ""),
                cleaned.get("url", ""),
            )
        return cleaned


class BaseAlignments(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput

    def clean(self):
        codes = [(row["framework"], row["code"]) for row in self.rows]
        if len(set(codes)) < len(codes):
            raise ValidationError(_now("Le même code est écrit deux fois."))

    @property
    def rows(self) -> list[dict]:
        kept = [form for form in self.forms if not form.cleaned_data.get("DELETE")]
        return [form.row for form in kept if hasattr(form, "row")]


AlignmentForms = forms.formset_factory(
    AlignmentForm,
    BaseAlignments,
    extra=2,
    can_delete=True,
    max_num=MOST_ALIGNMENTS,
    validate_max=True,
    absolute_max=MOST_ALIGNMENTS + 5,
)


class ProposalForm(Form):
    """`houses`: those for which the person may ask."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Au nom de"), empty_label=None
    )
    name = forms.CharField(
        label=_("Quel badge proposez-vous ?"),
        max_length=120,
        help_text=_("Par exemple : « Greffer un arbre »."),
    )
    what = forms.CharField(
        label=_("Que sait faire la personne qui le reçoit ?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    seen = forms.CharField(
        label=_("Comment cela se voit-il, et qui le voit ?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, houses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = houses
        if len(houses) == 1:
            self.fields["organisation"].initial = houses[0]
            self.fields["organisation"].widget = forms.HiddenInput()


class AnswerForm(Form):
    YES, NO = "oui", "non"
    decision = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[(YES, _("Retenir : un brouillon est créé")), (NO, _("Ne pas retenir"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Quelques mots à la structure"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Il en faut si le badge n’est pas retenu."),
    )


class CatalogueForm(Form):
    file = forms.FileField(
        label=_("Catalogue, au format JSON"),
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Portés par"),
        help_text=_("La structure qui portera les badges nouveaux."),
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies
