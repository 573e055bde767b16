from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.activities.enums import Attendance
from rtr.lib import french
from rtr.lib.forms import Form


class MarkForm(Form):
    number = forms.IntegerField(min_value=1, max_value=32767)
    attendance = forms.ChoiceField(choices=Attendance)
    minutes = forms.IntegerField(min_value=1, max_value=24 * 60, required=False)


class WalkInForm(Form):
    who = forms.CharField(
        label=_("Surnom, ou code de la carte"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "words"}),
    )


class PresenceForm(Form):
    """Which presences become the person's."""

    rows = forms.TypedMultipleChoiceField(
        label=_("Les présences de la personne"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, found=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = [(row.pk, _said(row)) for row in found]


def _said(row) -> str:
    day = french.day(timezone.localdate(row.session.starts_at))
    return f"{row.nickname}, {row.session.activity.title}, {day} · n° {row.number}"


class SignForm(Form):
    sha256 = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField()

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = label
        self.fields["agreed"].error_messages = {
            "required": _("Cochez cette case pour dire que vous êtes d’accord.")
        }
