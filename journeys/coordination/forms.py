"""Forms of the pages that compose chapters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rtr.lib.forms import Form


class MembershipField(forms.ModelChoiceField):
    def label_from_instance(self, membership):
        return f"{membership.user.get_full_name()}, {membership.organisation}"


class ReferentForm(Form):
    membership = MembershipField(
        queryset=None,
        label=_("Qui devient référent"),
        help_text=_("Référents et coordinateurs qui travaillent là où sont ces personnes."),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez qui devient référent."),
            "invalid_choice": _("Cette personne ne travaille pas là où sont celles cochées."),
        },
    )

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = memberships
