"""What a manager says of an issuer and of its keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from badges.issuers.enums import State
from badges.issuers.models import Issuer
from rtr.lib.forms import Form


class NetworkForm(Form):
    programme = forms.ChoiceField(label=_("Programme"))
    name = forms.CharField(
        label=_("Nom public"),
        help_text=_("Il est lu sur les badges : il ne dit rien du programme ni des personnes."),
        max_length=160,
    )
    description = forms.CharField(
        label=_("Présentation"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [(str(one.pk), one.name) for one in programmes]


class StateForm(Form):
    state = forms.ChoiceField(label=_("État"), choices=State, widget=forms.RadioSelect)
    left_on = forms.DateField(
        label=_("Partie le"), help_text=_("Pour un départ seulement."), required=False
    )


class NeutralForm(Form):
    neutral = forms.ModelChoiceField(
        label=_("Ses badges sont délivrés sous le nom"),
        queryset=Issuer.objects.none(),
        required=False,
        empty_label=_("de la structure elle-même"),
    )

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["neutral"].queryset = networks


class ReplaceForm(Form):
    reason = forms.CharField(label=_("Pourquoi"), max_length=300, required=False)


class StrikeForm(Form):
    """A key that others may hold. `then`: what becomes of the badges that it signed."""

    REISSUE, REVOKE = "reissue", "revoke"

    reason = forms.CharField(
        label=_("Que s’est-il passé ?"),
        help_text=_("Gardé ici. Si les badges sont annulés, c’est aussi la raison notée."),
        max_length=300,
    )
    then = forms.ChoiceField(
        label=_("Les badges qu’elle a signés"),
        choices=[
            (REISSUE, _("Les signer de nouveau avec une autre clé")),
            (REVOKE, _("Les annuler")),
        ],
        widget=forms.RadioSelect,
        initial=REISSUE,
    )
    is_sure = forms.BooleanField(label=_("Je sais que cela ne se défait pas"))
