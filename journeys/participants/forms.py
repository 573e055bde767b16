"""Forms of meeting people: as little as the moment needs."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.participants import lists
from journeys.participants.enums import DeclineReason
from journeys.participants.models import Outreach, Participant, Referral
from rtr.lib.forms import Form, ModelForm
from territories.places.models import Territory


class TerritoryField(forms.ModelChoiceField):
    def __init__(self, territories, **kwargs):
        several = len({territory.programme_id for territory in territories}) > 1
        self._name = "{0.programme}, {0}" if several else "{0}"
        super().__init__(territories, label=_("Territoire"), empty_label=None, **kwargs)

    def label_from_instance(self, territory):
        return self._name.format(territory)


class AskTerritory:
    """Asks for the territory only of those who work in several."""

    def __init__(self, *args, territories, territory=None, **kwargs):
        super().__init__(*args, **kwargs)
        self._only, self.asks_territory = territories[0], len(territories) > 1
        if self.asks_territory:
            self.fields["territory"] = TerritoryField(territories, initial=territory)

    @property
    def chosen_territory(self) -> Territory:
        return self.cleaned_data.get("territory") or self._only


class WelcomeForm(AskTerritory, ModelForm):
    class Meta:
        model = Participant
        fields = ["nickname", "channel", "contact"]
        labels = {
            "nickname": _("Surnom"),
            "channel": _("Comment s’est faite la rencontre"),
            "contact": _("Un moyen de la rappeler"),
        }
        help_texts = {
            "nickname": _("Celui que la personne choisit, rien d’autre."),
            "channel": _("Le plus proche suffit, vous pourrez corriger."),
            "contact": _("Seulement si elle le propose. Il sert à rappeler, puis s’efface."),
        }
        widgets = {
            "nickname": forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
            "contact": forms.TextInput(attrs={"autocomplete": "off"}),
        }


class ReferralForm(AskTerritory, ModelForm):
    class Meta:
        model = Referral
        fields = [
            "channel",
            "prescriber",
            "prescriber_email",
            "first_name",
            "contact",
            "agreed_on",
            "received_on",
        ]
        labels = {
            "channel": _("Qui vous oriente la personne"),
            "prescriber": _("Nom du prescripteur"),
            "prescriber_email": _("Son adresse de courriel"),
            "first_name": _("Prénom de la personne"),
            "contact": _("Un moyen de la joindre"),
            "agreed_on": _("La personne a donné son accord le"),
            "received_on": _("Orientation reçue le"),
        }
        help_texts = {
            "prescriber": _("Par exemple : Mme Legrand, agence de Caen Fresnel."),
            "prescriber_email": _("Pour lui dire la réponse, et rien d’autre."),
            "first_name": _("Le prénom suffit : aucun nom, aucune situation."),
            "contact": _("Un seul : un téléphone ou une adresse."),
            "agreed_on": _("Sans accord, l’orientation ne s’enregistre pas."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "contact"):
            self.fields[name].required = True


class AcceptForm(Form):
    nickname = forms.CharField(
        label=_("Surnom"),
        max_length=40,
        help_text=_("Le prénom fait l’affaire, si la personne n’en préfère pas un autre."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DeclineForm(Form):
    decline_reason = forms.ChoiceField(
        label=_("Pourquoi"), choices=DeclineReason.choices, widget=forms.RadioSelect
    )


class OutreachForm(AskTerritory, ModelForm):
    """How many people were met; the place is a known one when its name is."""

    channel = forms.ChoiceField(
        label=_("Nature de la présence"), choices=lists.PRESENCES.choices, initial="presence"
    )

    class Meta:
        model = Outreach
        fields = ["on", "channel", "where", "people_met"]
        labels = {
            "on": _("Jour"),
            "where": _("Où"),
            "people_met": _("Personnes rencontrées"),
        }
        help_texts = {
            "where": _(
                "Un lieu connu, ou ce qu’on en dit : « pied d’immeuble, rue des Boutiques »."
            ),
            "people_met": _("Un nombre, et rien sur les personnes."),
        }

    def __init__(self, *args, known_places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.known_places = known_places
        self.fields["where"].widget.attrs |= {"list": "lieux-connus", "autocomplete": "off"}
        self.fields["on"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.fields["people_met"].min_value = 1
        self.fields["people_met"].widget.attrs |= {"min": 1, "max": 2000}

    def clean_people_met(self):
        number = self.cleaned_data["people_met"]
        if not 1 <= number <= 2000:
            raise forms.ValidationError(_("Écrivez un nombre entre 1 et 2 000."))
        return number

    def clean(self):
        cleaned = super().clean()
        known = {place.name.casefold(): place for place in self.known_places}
        place = known.get(cleaned.get("where", "").casefold())
        if place and place.territory_id == self.chosen_territory.pk:
            self.instance.place = place
        return cleaned
