"""Choosing the other file, then what stays of each."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.duplicates.actions.merging import CHOSEN
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from rtr.lib import french
from rtr.lib.forms import Form

ONE, OTHER = "one", "other"


class OtherForm(Form):
    code = forms.CharField(
        label=_("Code de l’autre dossier"),
        max_length=24,
        help_text=_("Il est sur sa carte et en haut de son dossier, par exemple LOUTRE-4821."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper()


class MergeForm(Form):
    """Which file stays, and whose word where they differ; values are of `one` or of `other`."""

    keeps = forms.ChoiceField(label=_("Quel dossier gardez-vous ?"), widget=forms.RadioSelect)
    sure = forms.BooleanField(
        label=_("C’est bien la même personne"),
        error_messages={"required": _("Cochez pour dire que c’est la même personne.")},
    )
    seen_other = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, one: Journey, other: Journey, keeps: str, **kwargs):
        super().__init__(*args, **kwargs)
        stays, goes = (one, OTHER) if keeps == ONE else (other, ONE)
        self.fields["keeps"].initial = keeps
        self.fields["keeps"].choices = [(ONE, _file(one)), (OTHER, _file(other))]
        sure = self.fields.pop("sure")
        for name in differing(one.participant, other.participant):
            label = Participant._meta.get_field(name).verbose_name
            self.fields[f"take_{name}"] = forms.ChoiceField(
                label=french.capitalised(str(label)),
                choices=[(ONE, shown(one, name)), (OTHER, shown(other, name))],
                widget=forms.RadioSelect,
                initial=keeps if getattr(stays.participant, name) else goes,
            )
        self.fields["sure"] = sure  # said last, when all is chosen

    def taken(self, kept: str) -> dict[str, bool]:
        """Which of the differing words come from the file that does not stay."""
        chosen = {name: self.cleaned_data.get(f"take_{name}", kept) for name in CHOSEN}
        return {name: whose != kept for name, whose in chosen.items()}


def differing(one: Participant, other: Participant) -> list[str]:
    return [name for name in CHOSEN if getattr(one, name) != getattr(other, name)]


def shown(journey: Journey, name: str) -> str:
    value = getattr(journey.participant, name)
    if not value:
        return _now("rien (%(code)s)") % {"code": journey.participant.code}
    if name == "birth_date":
        value = french.day(value, weekday=False)
    if name in ("phone", "contact"):
        value = french.phone(str(value))
    return f"{value} ({journey.participant.code})"


def _file(journey: Journey) -> str:
    since = french.day(journey.first_contact_on, weekday=False)
    text = _now("%(name)s %(code)s, première rencontre le %(day)s, sans contrat")
    if journey.entry_on:
        text = _now("%(name)s %(code)s, première rencontre le %(day)s, sous contrat")
    person = journey.participant
    return text % {"name": person.nickname, "code": person.code, "day": since}


class LinkForm(Form):
    agreed_on = forms.DateField(label=_("La personne a donné son accord le"))
    agreed = forms.BooleanField(
        label=_("La personne est d’accord pour que ses deux dossiers soient reliés"),
        error_messages={"required": _("Sans l’accord de la personne, rien ne se relie.")},
    )
