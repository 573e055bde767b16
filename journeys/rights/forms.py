"""What is asked on the person's own phone: short, and nothing about why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.pathway.forms.fields import radios
from journeys.rights.enums import WITHOUT_CONTRACT, What
from rtr.lib.forms import Form, PersonText


class CorrectForm(Form):
    says_optional = False
    subject = radios(
        What.choices,
        label=_("Qu’est-ce qui est faux ?"),
        error_messages={"required": _("Choisissez dans la liste.")},
    )
    text = forms.CharField(
        label=_("Qu’est-ce qui est juste ?"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Quelques mots suffisent."),
    )

    def __init__(self, *args, has_identity: bool, **options):
        super().__init__(*args, **options)
        if not has_identity:  # rule 1: no word about the person yet
            kept = [pair for pair in What.choices if pair[0] in WITHOUT_CONTRACT]
            self.fields["subject"].choices = kept
            del self.fields["text"]


class NicknameForm(Form):
    nickname = forms.CharField(
        label=_("Mon surnom"),
        max_length=40,
        help_text=_("Un mot que vous aimez. Pas votre nom de famille."),
    )


class HelpForm(Form):
    agreed = forms.BooleanField(
        label=_("La personne est à côté de moi. Elle est d’accord, elle l’a dit."),
        error_messages={"required": _("Demandez d’abord son accord à la personne.")},
    )


class AnswerForm(Form):
    is_done = radios(
        [("yes", _("C’est fait")), ("no", _("Ce n’est pas fait"))],
        label=_("Votre réponse"),
    )
    answer = PersonText(
        label=_("Quelques mots"),
        max_length=200,
        rows=3,
        required=False,
        help_text=_("Si ce n’est pas fait : dites pourquoi, simplement."),
    )

    def clean(self):
        data = super().clean()
        if data.get("is_done") == "no" and not data.get("answer"):
            self.add_error("answer", _("Dites pourquoi ce n’est pas fait."))
        return data
