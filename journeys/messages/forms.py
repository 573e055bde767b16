"""A programme's own words, and what is decided of a message."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.messages.discretion import names_around, places_in, telling_words
from journeys.messages.enums import Channel, Decision
from journeys.messages.wording import Kind, Words
from rtr.lib import french, gsm
from rtr.lib.forms import Form
from territories.programmes.models import Programme

MOST_SEGMENTS = 3


class WordsForm(Form):
    """A message in one language: what its words name, and what they never say."""

    subject = forms.CharField(label=gettext_lazy("Objet du courriel"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Texte"), max_length=1000, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args, kind: Kind, programme: Programme, house: Words, direction, **options):
        super().__init__(*args, **options)
        self.kind, self.programme, self.house = kind, programme, house
        self.fields["body"].widget.attrs |= {"dir": direction}
        if Channel.MAIL not in kind.channels:
            del self.fields["subject"]

    def clean_subject(self):
        return self._checked(self.cleaned_data["subject"], self.house.subject)

    def clean_body(self):
        text = self._checked(self.cleaned_data["body"], self.house.body)
        if Channel.SMS in self.kind.channels and _length(text, self.kind) > MOST_SEGMENTS:
            raise ValidationError(_("Raccourcissez ce texte : il ferait plus de trois SMS."))
        return text

    def _checked(self, text: str, house: str) -> str:
        try:
            places = set(places_in(text))
        except ValueError as error:
            raise ValidationError(
                _("Écrivez ce qui change entre accolades, comme dans le texte de départ.")
            ) from error
        if unknown := places - set(self.kind.places):
            raise ValidationError(
                _("%(place)s ne veut rien dire ici. Ce qui peut être nommé : %(known)s.")
                % {"place": _listed(unknown), "known": _listed(self.kind.places) or _("rien")}
            )
        if missing := set(places_in(house)) - places:
            raise ValidationError(_("Il manque %(places)s.") % {"places": _listed(missing)})
        if telling := telling_words(text, names=names_around(self.programme)):
            raise ValidationError(
                _("Qui lit l’écran par-dessus l’épaule en saurait trop. À retirer : %(words)s.")
                % {"words": french.listed([f"« {word} »" for word in telling])}
            )
        return text

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["body"], self.cleaned_data.get("subject", ""))


def _length(text: str, kind: Kind) -> int:
    return gsm.segments(gsm.fitted(text.format_map(kind.places)))


def _listed(places) -> str:
    return french.listed([f"{{{place}}}" for place in sorted(places)])


class DecisionForm(Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Que faire de ce message ?"), widget=forms.RadioSelect
    )

    def __init__(self, *args, decisions: list[Decision], effects: dict, **options):
        super().__init__(*args, **options)
        field = self.fields["decision"]
        field.choices = [
            (decision.value, french.spaced(f"{decision.label} : {effects[decision]}"))
            for decision in decisions
        ]
        self.is_choice = len(decisions) > 1
        if not self.is_choice:
            field.widget, field.initial = forms.HiddenInput(), decisions[0].value
