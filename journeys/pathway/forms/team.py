"""Forms of the team: who is in it, why, and what each may read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.pathway.enums import Category, TeamRole
from journeys.pathway.forms.fields import radios
from rtr.lib.forms import Form, PersonText


class MemberField(forms.ModelChoiceField):
    def label_from_instance(self, membership):
        role = membership.get_role_display().lower()
        return f"{membership.user}, {membership.organisation} ({role})"


class MemberForm(Form):
    member = MemberField(None, label=_("Qui ?"), empty_label=_("Choisissez"))
    role = radios(TeamRole.choices, label=_("Pour quoi faire ?"))
    reason = PersonText(
        label=_("Pourquoi cette personne"),
        max_length=120,
        help_text=_("Par exemple : anime l’atelier vélo."),
    )

    def __init__(self, *args, members, **options):
        super().__init__(*args, **options)
        self.fields["member"].queryset = members


class ShareForm(Form):
    says_optional = False
    categories = forms.MultipleChoiceField(
        label="",
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, label, **options):
        super().__init__(*args, **options)
        self.fields["categories"].label = label


class ObjectionForm(Form):
    """Whether the access is given back, or suspended."""

    standing = forms.BooleanField(widget=forms.HiddenInput, required=False)
