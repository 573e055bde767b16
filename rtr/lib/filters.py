"""Filters of a list, each in force a chip that can be removed."""

import datetime
from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, Filter, FilterSet

from rtr.lib import french
from rtr.lib.forms import FilterForm

PAGE_KEYS = ("after", "before", "page")


class Choice(ChoiceFilter):
    def __init__(self, **kwargs):
        super().__init__(empty_label=gettext_lazy("Peu importe"), **{"choices": []} | kwargs)


class Tick(Filter):
    field_class = forms.BooleanField


class ChipFilters(FilterSet):
    """Subclasses name their filters; `run_on`, those said with their value in one breath."""

    run_on: tuple[str, ...] = ()

    class Meta:
        form = FilterForm

    def __init__(self, data, queryset, *, request):
        super().__init__(data, queryset, request=request)
        self.user, self.places = request.user, request.place_ids

    def _offer(self, name: str, choices: list) -> None:
        """A choice between nothing and one thing is no choice."""
        if choices:
            self.filters[name].extra["choices"] = choices
        else:
            del self.filters[name]

    @property
    def in_force(self) -> dict:
        """Name → value of each filter that was understood and narrows the list."""
        self.form.is_valid()
        return {k: v for k, v in self.form.cleaned_data.items() if v not in (None, "", False)}

    def chips(self) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(label=self._said(name, value), url=self.url_without(name))
            for name, value in self.in_force.items()
        ]

    def url_without(self, *names: str) -> str:
        """The same list from its first page, without these filters."""
        kept = self.data.copy()
        for name in (*names, *PAGE_KEYS):
            kept.pop(name, None)
        return f"?{kept.urlencode()}"

    def _said(self, name: str, value) -> str:
        field = self.form.fields[name]
        if value is True:
            return str(field.label)
        if isinstance(value, datetime.date):
            return f"{field.label} {french.day(value, weekday=False)}"
        said = str(_flat(field.choices)[str(value)])
        if name in self.run_on:
            return f"{field.label} {said}"
        return _("%(what)s : %(which)s") % {"what": field.label, "which": said}


def _flat(choices) -> dict[str, str]:
    """Value → label, through the groups."""
    flat = {}
    for value, label in choices:
        flat |= _flat(label) if isinstance(label, list | tuple) else {str(value): label}
    return flat
