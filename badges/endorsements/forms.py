"""What one writes to endorse, and to ask for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rtr.lib.forms import Form, PersonText
from territories.organisations.models import Organisation


class EndorseForm(Form):
    """Behind the link. `body`, the structure that the mail address already names."""

    comment = PersonText(
        label=_("Pourquoi soutenez-vous ce badge ?"),
        help_text=_("Dites ce que vous avez vu. Vos mots seront lus avec le badge."),
        rows=5,
        max_length=2000,
    )
    name = forms.CharField(label=_("Votre prénom et votre nom"), max_length=120)
    function = forms.CharField(label=_("Votre fonction"), max_length=120, required=False)
    body = forms.CharField(label=_("Votre structure"), max_length=160, required=False)

    def __init__(self, *args, body: Organisation | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["function"].widget.attrs["autocomplete"] = "organization-title"
        self.fields["body"].widget.attrs["autocomplete"] = "organization"
        if body:
            del self.fields["body"]


class AskForm(Form):
    """Asking somebody, for a model or an issuer. `bodies`, whom the network knows."""

    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        help_text=_("Sans adresse, un lien à imprimer s’affiche."),
        required=False,
    )
    name = forms.CharField(label=_("Son nom"), max_length=120, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Sa structure, si elle est du réseau"),
        queryset=Organisation.objects.none(),
        required=False,
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies


class AskForBadgeForm(AskForm):
    """The same for somebody's badge, which is theirs to have endorsed."""

    name_shown = forms.CharField(
        label=_("Le nom que cette personne lira"),
        help_text=_("Seulement si la personne qui a le badge le veut."),
        max_length=120,
        required=False,
    )
    is_agreed = forms.BooleanField(label=_("La personne qui a le badge est d’accord"))


class OfferForm(Form):
    """A word of support in the name of one's house."""

    comment = forms.CharField(
        label=_("Vos mots"),
        help_text=_("Ils seront lus par tout le monde, signés de votre structure."),
        widget=forms.Textarea({"rows": 5}),
        max_length=2000,
    )


class OfferAboutPersonForm(Form):
    """The same about somebody’s badge."""

    comment = PersonText(
        label=_("Vos mots"),
        help_text=_("Ils seront lus avec le badge, signés de votre structure."),
        rows=5,
        max_length=2000,
    )
