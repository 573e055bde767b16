"""Forms of meeting people: as little as the moment needs."""

import time

from django import forms
from django.core import signing
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.participants import lists
from journeys.participants.actions import refuse_future
from journeys.participants.enums import DeclineReason
from journeys.participants.models import Outreach, Participant, Referral
from rtr.lib.contacts import LONGEST, checked
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


class PastDays:
    """Days that have come: refused with the other errors of the form, not after them."""

    past_days: tuple[str, ...] = ()

    def clean(self):
        cleaned = super().clean()
        for name in self.past_days:
            if day := cleaned.get(name):
                try:
                    refuse_future(day)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return cleaned


class ReferralForm(PastDays, AskTerritory, ModelForm):
    past_days = ("agreed_on", "received_on")

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


LEAST_SECONDS = 3  # a person reads the page before sending it
ROBOT = _(
    "Cet envoi est parti très vite, comme celui d’un robot. Relisez, puis envoyez de nouveau."
)
A_FIRST_NAME = RegexValidator(
    r"^[^\W\d_]+(?:[ '’-][^\W\d_]+){0,2}\Z", _("Écrivez le prénom seul, en lettres.")
)


class SendForm(PastDays, Form):
    """What a prescriber sends: a first name, one contact, the person's agreement."""

    first_name = forms.CharField(
        label=_("Prénom de la personne"),
        max_length=40,
        validators=[A_FIRST_NAME],
        help_text=_("Le prénom suffit : aucun nom, aucune situation."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=_("Un moyen de la joindre"),
        max_length=LONGEST,
        help_text=_("Un seul, à elle : un téléphone ou une adresse de courriel."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=_("Cette personne est d’accord pour que je transmette son prénom et ce contact"),
        error_messages={"required": _("Sans son accord, rien ne s’envoie : demandez-le-lui.")},
    )
    agreed_on = forms.DateField(label=_("Elle a donné son accord le"))
    past_days = ("agreed_on",)

    def clean_contact(self):
        return checked(self.cleaned_data["contact"])

    @property
    def answers(self) -> dict:
        """The columns of the referral that this form fills."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed"}


def channel_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Vous êtes"), choices=[("", _("Choisissez")), *lists.PRESCRIBERS.choices()]
    )


class PublicReferralForm(SendForm):
    """The same without an account: who sends, and a trap for programs that fill every field."""

    channel = channel_field()
    prescriber = forms.CharField(
        label=_("Votre structure"),
        max_length=120,
        help_text=_("Votre nom n’est pas nécessaire."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    prescriber_email = forms.EmailField(
        label=_("Votre courriel professionnel"),
        help_text=_("Pour vous dire la réponse, et rien d’autre."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    site = forms.CharField(
        label=_("Laissez cette case vide"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["first_name", "contact", "agreed", "agreed_on", "channel", "prescriber"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["opened"] = _now()
        if (
            self.is_bound
        ):  # whoever is asked to send again is heard: they have read the page by then
            self.data = self.data.copy()
            read_for = _seconds_since(self.data.get("opened", ""))
            self.is_robot = bool(self.data.get("site")) or (read_for or 0) < LEAST_SECONDS
            self.data["site"] = ""
            if read_for is None:
                self.data["opened"] = _now()

    def clean(self):
        if self.is_robot:
            raise forms.ValidationError(ROBOT)
        return super().clean()

    @property
    def answers(self) -> dict:
        hidden = ("site", "opened")
        return {name: value for name, value in super().answers.items() if name not in hidden}


def _now() -> str:
    return signing.dumps(time.time(), salt=__name__)


def _seconds_since(opened: str) -> float | None:
    """How long ago the page was shown; None for a token that we did not give."""
    try:
        return time.time() - signing.loads(opened, salt=__name__)
    except signing.BadSignature:
        return None


class AccountReferralForm(AskTerritory, SendForm):
    """From an account the structure and its mail are known; the channel, after the first time."""

    def __init__(self, *args, channel: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self._channel = channel
        if not channel:
            self.fields["channel"] = channel_field()

    @property
    def answers(self) -> dict:
        answers = {"channel": self._channel} | super().answers
        return answers | {"territory": self.chosen_territory}


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


class OutreachForm(PastDays, AskTerritory, ModelForm):
    """How many people were met; the place is a known one when its name is."""

    past_days = ("on",)

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
