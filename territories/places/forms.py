"""A place, and what is in it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rtr.lib.forms import ModelForm
from territories.places.equipment import Equipment
from territories.places.lists import ACCESSIBILITY
from territories.places.models import Commune, Place, Territory


class CommuneField(forms.ModelChoiceField):
    """The communes under their territories, where there are several."""

    def __init__(self, territories, **kwargs):
        self._several = len(territories) > 1
        communes = Commune.objects.filter(territory__in=territories).select_related("territory")
        communes = communes.order_by("territory__name", "name")
        super().__init__(communes, label=_("Commune"), required=False, **kwargs)

    def label_from_instance(self, commune):
        return f"{commune}, {commune.territory}" if self._several else str(commune)


class PlaceForm(ModelForm):
    """`territories`: where the person may note one; `organisations`: those known there."""

    accessibility = forms.MultipleChoiceField(
        label=_("Facile pour tous"),
        required=False,
        choices=ACCESSIBILITY.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ce que vous avez vu sur place. Rien de coché : on ne sait pas encore."),
    )
    postcode = forms.RegexField(
        r"^[0-9]{5}$",
        label=_("Code postal"),
        required=False,
        error_messages={"invalid": _("Un code postal a cinq chiffres.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = Place
        fields = [
            "name",
            "territory",
            "organisation",
            "kind",
            "address",
            "postcode",
            "commune",
            "how_to_come",
            "opening",
            "accessibility",
        ]
        labels = {
            "name": _("Nom"),
            "territory": _("Territoire"),
            "organisation": _("Structure qui le tient"),
            "kind": _("Ce qu’on y trouve"),
            "address": _("Rue"),
            "how_to_come": _("Comment venir"),
            "opening": _("Ouverture"),
        }
        help_texts = {
            "name": _("Comme les gens l’appellent : « Le potager », « La cuisine partagée »."),
            "kind": _("Par exemple : fablab, salle de réunion, jardin."),
            "how_to_come": _("Ligne, arrêt, entrée : ce qu’il faut à qui vient la première fois."),
            "opening": _("Par exemple : du mardi au samedi, de 10 h à 18 h."),
        }
        widgets = {"how_to_come": forms.Textarea({"rows": 2})}

    def __init__(self, *args, territories, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self._only = territories[0]
        # Journeys and sessions point at a place by its territory: it stays where it is.
        if self.instance.pk or len(territories) == 1:
            del self.fields["territory"]
        else:
            self.fields["territory"].queryset = territories
            self.fields["territory"].empty_label = None
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = _("Aucune, ou pas dans la liste")
        self.fields["commune"] = CommuneField(territories, empty_label=_("Aucune, ou ailleurs"))
        self.fields["address"].widget.attrs["autocomplete"] = "off"
        if not self.instance.pk:
            self.instance.territory = self._only

    @property
    def chosen_territory(self) -> Territory:
        if self.instance.pk:
            return self.instance.territory
        return self.cleaned_data.get("territory") or self._only

    def clean(self):
        cleaned = super().clean()
        commune, there = cleaned.get("commune"), self.chosen_territory
        if commune and commune.territory_id != there.pk:
            self.add_error("commune", _("Cette commune n’est pas dans ce territoire."))
        name = cleaned.get("name")
        same = there.places.filter(name__iexact=name).exclude(pk=self.instance.pk)
        if name and same.exists():
            self.add_error("name", _("Un lieu de ce territoire a déjà ce nom."))
        return cleaned


class EquipmentForm(ModelForm):
    class Meta:
        model = Equipment
        fields = ["name", "quantity", "needs_briefing", "out_of_service_on"]
        labels = {
            "name": _("Nom"),
            "quantity": _("Combien"),
            "needs_briefing": _("Il faut une consigne de sécurité avant de s’en servir"),
            "out_of_service_on": _("Hors service depuis le"),
        }
        help_texts = {
            "name": _("Par exemple : découpe laser, four, appareil photo."),
            "needs_briefing": _("Personne ne s’en sert avant que la consigne soit notée."),
            "out_of_service_on": _("Laissez vide s’il marche."),
        }

    def clean_name(self):
        """The database says it too; here it is said beside the name."""
        name = self.cleaned_data["name"]
        others = self.instance.place.equipment.kept().exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("Cet équipement est déjà noté dans ce lieu."))
        return name
