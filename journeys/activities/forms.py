"""What is asked of an activity, of a session, of a series."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.activities.actions.planning import Details
from journeys.activities.enums import Part, StaffPart
from journeys.activities.models import Activity
from journeys.activities.pictograms import PICTOGRAMS
from journeys.activities.recurrence import Rule
from journeys.documents.pictures import redrawn
from journeys.messages.enums import Language
from rtr.lib import french
from rtr.lib.forms import Form, ModelForm
from rtr.templatetags.rtr import icon
from territories.places.lists import ACCESSIBILITY
from territories.places.models import Place

MOST_PLACES = 500


def _pictures() -> list[tuple[str, str]]:
    return [
        (name, format_html('{} <span class="small">{}</span>', icon(name), word))
        for name, word in PICTOGRAMS.items()
    ]


class ActivityForm(ModelForm):
    """Of a territory already chosen: its structures, its places."""

    languages = forms.MultipleChoiceField(
        label=_("Langues parlées"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    accessibility = forms.MultipleChoiceField(
        label=_("Facile pour tous"),
        choices=ACCESSIBILITY.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pictogram = forms.ChoiceField(
        label=_("Pictogramme"), choices=_pictures, widget=forms.RadioSelect
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("Du lieu ou de ce qu’on y fait, sans visage reconnaissable. JPEG ou PNG."),
    )
    photo_gone = forms.BooleanField(label=_("Retirer la photo"), required=False)

    class Meta:
        model = Activity
        fields = [
            "title",
            "pitch",
            "organisation",
            "place",
            "kind",
            "frame",
            "places",
            "theme",
            "service_type",
            "to_bring",
            "is_open",
            "languages",
            "accessibility",
            "pictogram",
            "photo",
            "photo_alt",
            "photo_gone",
        ]
        widgets = {"pitch": forms.Textarea({"rows": 3})}
        labels = {"pitch": _("Ce qu’on y fait"), "title": _("Titre")}
        help_texts = {
            "pitch": _("Une ou deux phrases courtes. Tout le monde les lit."),
            "frame": _("« Activité ouverte », sauf quand la personne travaille ou se forme."),
            "is_open": _(
                "Elle se montre au catalogue public du territoire. Sinon, seulement aux"
                " personnes accompagnées."
            ),
            "photo_alt": _("En quelques mots, pour qui ne la voit pas."),
        }

    def __init__(self, *args, organisations, places, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations
        if not self.instance.pk:
            self.initial["languages"] = [Language.FRENCH]
            if len(organisations) == 1:
                self.initial["organisation"] = organisations[0]
        self.fields["place"].queryset = places
        self.fields["places"].validators.append(MaxValueValidator(MOST_PLACES))
        if not self.instance.photo:
            del self.fields["photo_gone"]
        # A file already there is not the form's: it is drawn again, or taken away.
        self.initial.pop("photo", None)

    def clean_photo(self) -> bytes | None:
        given = self.cleaned_data.get("photo")
        return redrawn(given) if given and hasattr(given, "read") else None

    def clean(self):
        data = super().clean()
        shown = data.get("photo") or (self.instance.photo and not data.get("photo_gone"))
        if shown and not data.get("photo_alt"):
            self.add_error("photo_alt", gettext("Dites ce que montre la photo."))
        return data

    @property
    def drawn(self) -> bytes | None:
        """The new photograph; b"" to take the present one away; None to leave it."""
        if self.cleaned_data.get("photo"):
            return self.cleaned_data["photo"]
        return b"" if self.cleaned_data.get("photo_gone") else None

    def _post_clean(self):
        """The photograph is drawn and stored by the action."""
        photo = self.cleaned_data.pop("photo", None)
        super()._post_clean()
        self.cleaned_data["photo"] = photo


class HoursForm(Form):
    """When it begins and ends, where, for how many."""

    starts_at = forms.TimeField(label=_("Début"))
    ends_at = forms.TimeField(label=_("Fin"))
    place = forms.ModelChoiceField(
        label=_("Lieu"), queryset=Place.objects.none(), required=False, empty_label=_("Aucun lieu")
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)
    remote_link = forms.URLField(
        label=_("Lien à distance"), required=False, assume_scheme="https", max_length=200
    )
    said = forms.CharField(
        label=_("À savoir"),
        required=False,
        max_length=160,
        help_text=_("Un rendez-vous à l’arrêt de bus, une tenue… Tout le monde le lit."),
    )

    def __init__(self, *args, open_places, **options):
        super().__init__(*args, **options)
        self.fields["place"].queryset = open_places

    def clean(self):
        data = super().clean()
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", gettext("La fin vient avant le début."))
        return data

    @property
    def details(self) -> Details:
        names = ("starts_at", "ends_at", "place", "places", "remote_link", "said")
        return Details(**{name: self.cleaned_data[name] for name in names})


ONE, FOLLOWING = "une", "suivantes"
SCOPES = [
    (ONE, _("Cette séance seulement")),
    (FOLLOWING, _("Cette séance et les suivantes de la série")),
]


class SessionForm(HoursForm):
    on = forms.DateField(label=_("Jour"))
    field_order = ["on", "starts_at", "ends_at", "place", "places"]


class SessionEditForm(SessionForm):
    scope = forms.ChoiceField(
        label=_("Ce qui change"), choices=SCOPES, widget=forms.RadioSelect, initial=ONE
    )
    field_order = ["scope", "on", "starts_at", "ends_at", "place", "places"]

    def __init__(self, *args, in_series, **options):
        super().__init__(*args, **options)
        if not in_series:
            del self.fields["scope"]

    @property
    def following(self) -> bool:
        return self.cleaned_data.get("scope") == FOLLOWING


class CancelForm(Form):
    scope = forms.ChoiceField(
        label=_("Ce qui est annulé"), choices=SCOPES, widget=forms.RadioSelect, initial=ONE
    )
    reason = forms.CharField(
        label=_("Raison"),
        max_length=120,
        help_text=_("Pour l’équipe : « salle fermée », « animatrice absente »."),
    )

    def __init__(self, *args, in_series, **options):
        super().__init__(*args, **options)
        if not in_series:
            del self.fields["scope"]

    @property
    def following(self) -> bool:
        return self.cleaned_data.get("scope") == FOLLOWING


WEEKDAYS = list(enumerate("lundi mardi mercredi jeudi vendredi samedi dimanche".split()))
RHYTHMS = [
    ("1", _("chaque semaine")),
    ("2", _("une semaine sur deux")),
    ("3", _("une semaine sur trois")),
    ("4", _("une semaine sur quatre")),
    ("m1", _("chaque mois, le premier de ces jours")),
    ("m2", _("chaque mois, le deuxième")),
    ("m3", _("chaque mois, le troisième")),
    ("m4", _("chaque mois, le quatrième")),
    ("m-1", _("chaque mois, le dernier")),
]


class SeriesForm(HoursForm):
    """First the rule, then the dates it gives, of which some are left out."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Jours"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(label=_("Rythme"), choices=RHYTHMS)
    starts_on = forms.DateField(label=_("À partir du"))
    until_on = forms.DateField(
        label=_("Jusqu’au"), help_text=_("Un an au plus, soixante séances au plus.")
    )
    field_order = ["weekdays", "rhythm", "starts_on", "until_on", "starts_at", "ends_at"]

    def clean(self):
        data = super().clean()
        start, until = data.get("starts_on"), data.get("until_on")
        if start and until and until < start:
            self.add_error("until_on", gettext("La dernière séance vient avant la première."))
        if not self.errors:
            try:
                self.found = self.rule.days(start, until)
            except ValidationError as error:
                self.add_error(None, error)
        return data

    @property
    def rule(self) -> Rule:
        rhythm = self.cleaned_data["rhythm"]
        is_monthly = rhythm.startswith("m")
        return Rule(
            weekdays=tuple(self.cleaned_data["weekdays"]),
            every=1 if is_monthly else int(rhythm),
            monthly_nth=int(rhythm[1:]) if is_monthly else 0,
        )

    def kept(self) -> list[datetime.date]:
        """The dates ticked on the second page; all of them at first."""
        ticked = self.data.getlist("days")
        return [day for day in self.found if day.isoformat() in ticked]

    def dates(self) -> list[tuple[str, str, bool]]:
        """Each date: its value, its words, whether it is kept."""
        is_first = "previewed" not in self.data
        kept = self.found if is_first else self.kept()
        return [(day.isoformat(), french.day_in_full(day), day in kept) for day in self.found]


class StaffForm(Form):
    user = forms.ModelChoiceField(label=_("Qui"), queryset=None, empty_label=_("Choisissez"))
    part = forms.ChoiceField(label=_("Rôle"), choices=StaffPart.choices, widget=forms.RadioSelect)
    following = forms.BooleanField(
        label=_("Aussi aux séances suivantes de la série"), required=False
    )

    def __init__(self, *args, colleagues, in_series, **options):
        super().__init__(*args, **options)
        self.fields["user"].queryset = colleagues
        if not in_series:
            del self.fields["following"]


class GuestForm(Form):
    """Somebody who gives a nickname and nothing else."""

    nickname = forms.CharField(
        label=_("Surnom"),
        max_length=40,
        help_text=_("Celui que la personne se choisit. Rien d’autre n’est demandé."),
    )
    part = forms.ChoiceField(
        label=_("Prend part"),
        choices=Part.choices,
        widget=forms.RadioSelect,
        initial=Part.TAKES_PART,
    )


class SessionChoiceForm(Form):
    """From somebody's file: one of the next sessions."""

    session = forms.ModelChoiceField(label=_("Séance"), queryset=None)

    def __init__(self, *args, sessions, **options):
        super().__init__(*args, **options)
        self.fields["session"].queryset = sessions


class ChoicePlace(Form):
    """Where an activity is, for who works in several territories."""

    territory = forms.ModelChoiceField(label=_("Territoire"), queryset=None)

    def __init__(self, *args, territories, **options):
        super().__init__(*args, **options)
        self.fields["territory"].queryset = territories
