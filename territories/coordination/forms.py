"""Forms of a programme's settings, periods and targets."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib.forms import Form, ModelForm
from territories.coordination import above
from territories.coordination.subjects import PHASES, Subject
from territories.programmes.models import Period, Programme

FOLLOW_UPS = [(3, gettext_lazy("à 3 mois")), (6, gettext_lazy("à 6 mois"))]
MOST_DAYS, MOST = 3650, 120  # a number beyond is a slip of the finger
LEAST = {"minimum_age": 18}  # adults only (security.md)


class NumbersField(forms.CharField):
    """A few numbers on one line, « 30, 60, 90 »; the order is that of the rule."""

    def __init__(self, *, descending: bool = False, most: int, **options):
        self.descending, self.most = descending, most
        super().__init__(**options)

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        text = super().to_python(value)
        parts = [part for part in re.split(r"[\s,;]+", text) if part]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValidationError(_("Écrivez des nombres entiers séparés par des virgules."))
        numbers = {int(part) for part in parts if len(part) < 6}
        if len(numbers) < len(parts) or not all(1 <= n <= self.most for n in numbers):
            raise ValidationError(
                _("Écrivez des nombres différents, de 1 à %(most)s.") % {"most": self.most}
            )
        return sorted(numbers, reverse=self.descending)


class SettingsForm(ModelForm):
    """The settings of one subject. `seen`: the last change known when the page was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Programme
        fields = []

    def clean(self):
        data = super().clean()
        longest = data.get("journey_months") or 0
        too_early = any(before >= longest for before in data.get("warning_months") or [])
        if longest and too_early:
            text = _("Un rappel vient après le début du parcours : moins de mois que sa durée.")
            self.add_error("warning_months", text)
        return data


def settings_form(subject: Subject) -> type[SettingsForm]:
    """The form of a subject: the model's fields, save those that a person types another way."""
    own = {name: _special(name) for name in subject.settings}
    own = {name: field for name, field in own.items() if field}
    if "phase_steps" in subject.settings:
        own = {f"steps_{phase}": _steps_field(word) for phase, word in PHASES.items()}
    shown = [name for name in subject.settings if name not in own and name != "phase_steps"]
    base = StepsForm if "phase_steps" in subject.settings else SettingsForm
    form = forms.modelform_factory(Programme, form=base, fields=shown)
    form = type(form.__name__, (form,), own)
    form.base_fields = {n: form.base_fields[n] for n in _in_order(subject, form.base_fields)}
    for name, field in form.base_fields.items():
        if isinstance(field, forms.IntegerField) and not field.widget.is_hidden:
            _bound(name, field)
    return form


def _in_order(subject: Subject, found) -> list[str]:
    known = [name for name in subject.settings if name in found]
    return known + [name for name in found if name not in known]


def _bound(name: str, field: forms.IntegerField) -> None:
    least, most = LEAST.get(name, 1), MOST_DAYS if name.endswith("_days") else MOST
    field.validators += [MinValueValidator(least), MaxValueValidator(most)]
    field.widget.attrs |= {"min": least, "max": most}


def _special(name: str) -> forms.Field | None:
    label = _label(name)
    if name == "contract_text":
        help_text = gettext_lazy(
            "En français, des phrases courtes. Une ligne vide sépare les parties ; la première"
            " ligne d’une partie est son titre."
        )
        return forms.CharField(
            label=label, widget=forms.Textarea({"rows": 24}), help_text=help_text
        )
    if name == "warning_months":
        help_text = gettext_lazy("En mois avant la limite, séparés par des virgules : 3, 1.")
        return NumbersField(label=label, descending=True, most=60, help_text=help_text)
    if name == "no_contact_days":
        help_text = gettext_lazy("En jours, séparés par des virgules : 30, 60, 90.")
        return NumbersField(label=label, most=3650, help_text=help_text)
    if name == "followup_months":
        return forms.TypedMultipleChoiceField(
            label=label,
            choices=FOLLOW_UPS,
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    if name == "official_positive_exits":
        return forms.MultipleChoiceField(
            label=label,
            choices=lambda: above.choices(name),
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy(
                "Celles que le financeur compte. Les sorties du programme se comptent à part."
            ),
        )
    return None


def _label(name: str) -> str:
    return Programme._meta.get_field(name).verbose_name.capitalize()


def _steps_field(word: str) -> forms.Field:
    return forms.CharField(
        label=word,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Une étape par ligne, dans l’ordre."),
    )


class StepsForm(SettingsForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for phase in PHASES:
            self.initial[f"steps_{phase}"] = "\n".join(self.instance.phase_steps.get(phase, []))

    def clean(self):
        data = super().clean()
        data["phase_steps"] = {}
        for phase in PHASES:
            name = f"steps_{phase}"
            steps = [line.strip() for line in data.pop(name, "").splitlines() if line.strip()]
            if len({step.lower() for step in steps}) < len(steps):
                self.add_error(name, _("Deux étapes ont le même nom."))
            if any(len(step) > 60 for step in steps):
                self.add_error(name, _("Une étape tient en 60 caractères."))
            if steps:
                data["phase_steps"][phase] = steps
        return data


class PeriodForm(ModelForm):
    class Meta:
        model = Period
        fields = ["name", "starts_on", "ends_on"]
        help_texts = {"ends_on": gettext_lazy("Le dernier jour. Vide : elle dure encore.")}


class CloseForm(Form):
    ends_on = forms.DateField(label=gettext_lazy("Dernier jour"))


class TargetsForm(Form):
    """How many people, and how many positive exits, each period aims at in each territory."""

    def __init__(self, *args, periods, territories, targets, **kwargs):
        self.periods, self.territories = periods, territories
        super().__init__(*args, **kwargs)
        for period in periods:
            for territory in territories:
                target = targets.get((period.pk, territory.pk))
                self._add(period, territory, "people", target and target.entries)
                self._add(period, territory, "exits", target and target.positive_exits)

    def _add(self, period, territory, what, initial) -> None:
        words = {
            "people": _("Personnes visées, %(territory)s, %(period)s"),
            "exits": _("Sorties positives visées, %(territory)s, %(period)s"),
        }
        self.fields[name_of(what, period, territory)] = forms.IntegerField(
            label=words[what] % {"territory": territory, "period": period},
            required=False,
            min_value=0,
            max_value=100_000,
            initial=initial,
        )

    def clean(self):
        data = super().clean()
        for period in self.periods:
            for territory in self.territories:
                people, exits = (data.get(name_of(w, period, territory)) for w in WHAT)
                if exits is not None and exits > (people or 0):
                    self.add_error(
                        name_of("exits", period, territory),
                        _("Pas plus de sorties visées que de personnes visées."),
                    )
        return data

    def found(self) -> dict[tuple[int, int], tuple[int | None, int | None]]:
        """(period, territory) → people and exits aimed at, of those that were on the page."""
        return {
            (period.pk, territory.pk): tuple(
                self.cleaned_data[name_of(what, period, territory)] for what in WHAT
            )
            for period in self.periods
            for territory in self.territories
            if name_of("people", period, territory) in self.data
        }


WHAT = ("people", "exits")


def name_of(what: str, period: Period, territory) -> str:
    return f"{what}_{period.pk}_{territory.pk}"


def overlapping(period: Period, others: list[Period]) -> list[Period]:
    """The other periods that share a day with this one."""
    end = period.ends_on or datetime.date.max
    return [
        other
        for other in others
        if other.pk != period.pk
        and other.starts_on <= end
        and (other.ends_on or datetime.date.max) >= period.starts_on
    ]
