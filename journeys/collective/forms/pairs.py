"""Forms of pairs, and of what each gives the other."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys.collective.enums import DigitalLevel
from journeys.collective.forms.groups import Colleague
from journeys.collective.pairs import Pair, PairFeedback
from journeys.pathway.forms.fields import Day
from rtr.lib.forms import ModelForm


class PairForm(ModelForm):
    third_place_lead = Colleague(label=_("Pour le tiers-lieu"), queryset=None)
    agency_lead = Colleague(label=_("Pour l’agence"), queryset=None)
    from_on = Day(label=_("Depuis le"))
    until_on = Day(label=_("Jusqu’au"), required=False)

    class Meta:
        model = Pair
        fields = [
            "third_place",
            "third_place_lead",
            "agency",
            "agency_lead",
            "activity",
            "level",
            "from_on",
            "until_on",
        ]
        widgets = {"level": forms.RadioSelect}

    def __init__(self, *args, third_places, agencies, colleagues, activities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["third_place"].queryset = third_places
        self.fields["agency"].queryset = agencies
        self.fields["third_place_lead"].queryset = colleagues
        self.fields["agency_lead"].queryset = colleagues
        self.fields["activity"].queryset = activities
        self.fields["level"].choices = [
            (one.value, f"{capfirst(one.label)}. {one.plain}") for one in DigitalLevel
        ]


class FeedbackForm(ModelForm):
    on = Day(label=_("Le"))

    class Meta:
        model = PairFeedback
        fields = ["worked", "learnt", "change", "on"]
        widgets = dict.fromkeys(["worked", "learnt", "change"], forms.Textarea({"rows": 3}))

    def clean(self):
        data = super().clean()
        if not self.errors and not (data["worked"] or data["learnt"] or data["change"]):
            self.add_error("worked", _("Dites une chose au moins."))
        return data

    def _post_clean(self):
        """The action checks the row, once it knows its side."""
