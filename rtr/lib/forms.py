"""How every form of the house is drawn, without a form library.

`FORM_RENDERER` names `Renderer`: each field of each form (allauth's and django-filter's too) comes
out of templates/components/_field.html, with the label above, the help under it, the error linked.
`Form` and `ModelForm` add the browser's own date, time and number fields, refuse the numbers that
no text of people may hold, and ask to read again a text about a person with a delicate word.
"""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from rtr.lib import french
from rtr.lib.forbidden import forbidden_numbers
from rtr.lib.plain_words import delicate_words
from rtr.lib.uploads import refuse_too_big

CLASSES = {
    "checkbox": "form-check-input",
    "radio": "form-check-input",
    "select": "form-select",
    "hidden": "",
}


class RtrBoundField(BoundField):
    """A field that knows what its template has to say of it."""

    def __init__(self, *args):
        super().__init__(*args)
        self.label = french.spaced(str(self.label))  # « ? » never goes alone to the next line

    @property
    def is_lone_checkbox(self) -> bool:
        return getattr(self.field.widget, "input_type", "") == "checkbox" and not self.use_fieldset

    @property
    def says_optional(self) -> bool:
        """Required is the rule and goes unsaid; a box to tick is never « facultatif »."""
        said = getattr(self.form, "says_optional", True)
        return said and not self.field.required and not self.is_lone_checkbox

    @property
    def focus_id(self) -> str:
        """Where the error summary sends: the field itself, or the first of a group."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def delicate(self) -> list[str]:
        """Words of a text about a person that ask to be read again before they are kept."""
        return getattr(self.form, "delicate", {}).get(self.name, [])

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        kind = "hidden" if widget.is_hidden else getattr(widget, "input_type", "")
        classes = [widget.attrs.get("class", ""), CLASSES.get(kind, "form-control")]
        if "placeholder" in widget.attrs and getattr(self.form, "says_optional", True):
            attrs["placeholder"] = False  # the label above says it, and stays when one types
        if self.use_fieldset:
            attrs.pop("aria-invalid", None)  # said once, by the fieldset and its message
        if found := " ".join(filter(None, classes)):
            attrs["class"] = found
        return attrs


class Renderer(TemplatesSetting):
    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"
    bound_field_class = RtrBoundField


class DateInput(forms.DateInput):
    """The browser's calendar; the value travels as ISO whatever the language."""

    input_type = "date"

    def __init__(self, attrs=None, format="%Y-%m-%d"):  # noqa: A002 (Django's name)
        super().__init__(attrs, format)


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None, format="%Y-%m-%dT%H:%M"):  # noqa: A002
        super().__init__(attrs, format)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None, format="%H:%M"):  # noqa: A002
        super().__init__(attrs, format)


class CodeInput(forms.TextInput):
    """Figures typed one by one (a code received, a count of people): a keypad on phones."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "numeric", "autocomplete": "off"} | (attrs or {}))


BOUNDS = {
    "min_value": _("Notez %(limit_value)s au moins."),
    "max_value": _("Notez %(limit_value)s au plus."),
}
NATIVE = {
    widgets.DateInput: DateInput,
    widgets.DateTimeInput: DateTimeInput,
    widgets.TimeInput: TimeInput,
}


def refuse_numbers(text: str) -> None:
    """No social security, payment card nor account number in any text (rtr/lib/forbidden.py)."""
    found = forbidden_numbers(str(text))
    if "nir" in found:
        raise ValidationError(_("Un numéro de sécurité sociale n’a pas sa place ici. Retirez-le."))
    if "card" in found:
        raise ValidationError(_("Un numéro de carte bancaire n’a pas sa place ici. Retirez-le."))
    if "iban" in found:
        raise ValidationError(_("Un numéro de compte en banque n’a pas sa place ici. Retirez-le."))


UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


def refuse_unseen(text: str) -> None:
    """Characters that show nothing (controls, overrides of direction, spaces) are no words."""
    if {unicodedata.category(one) for one in str(text)} <= UNSEEN:
        raise ValidationError(_("Écrivez quelques mots."))


class ComposedLength(MaxLengthValidator):
    """Some letters make three once composed (NFC), as badges are signed: they count for three."""

    def clean(self, text):
        return len(unicodedata.normalize("NFC", str(text)))


def _as_composed(validator):
    if type(validator) is MaxLengthValidator:
        return ComposedLength(validator.limit_value)
    return validator


class PersonText(forms.CharField):
    """A few words about a person, who may read them: says so, and minds delicate words."""

    def __init__(self, *, rows: int = 0, help_text="", **options):
        if rows:
            options["widget"] = forms.Textarea({"rows": rows})
        said = _("La personne peut lire ce texte.")
        help_text = format_lazy("{} {}", help_text, said) if help_text else said
        super().__init__(help_text=help_text, **options)


class SignedText(forms.CharField):
    """A text that a program wrote and signed: figures in it are nobody's number."""


class NativeFields:
    """Swaps Django's text dates for the browser's, unless a form chose its own widget."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                kept = [_as_composed(one) for one in field.validators]
                minded = [] if isinstance(field, SignedText) else [refuse_numbers]
                field.validators = [*kept, *minded, refuse_unseen]
            if isinstance(field, forms.FileField):
                field.validators = [*field.validators, refuse_too_big]
            if native := NATIVE.get(type(field.widget)):
                field.widget = _same_but(native, field)
            if isinstance(field, forms.IntegerField | forms.DecimalField):
                field.error_messages = BOUNDS | field.error_messages
                field.widget.attrs.setdefault("inputmode", "numeric")
            if isinstance(field, forms.ChoiceField):
                _say_choose(field)

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            self.delicate = dict(self._to_read_again())

    def is_valid(self):
        """Valid, and its delicate words, if any, sent a second time knowingly."""
        return super().is_valid() and not self.delicate

    def _to_read_again(self):
        read = self.data.getlist("reread") if hasattr(self.data, "getlist") else []
        read = {*read, self.data.get("reread")}
        for name, field in self.fields.items():
            if isinstance(field, PersonText):
                words = list(delicate_words(self.cleaned_data.get(name) or ""))
                if set(words) - read:
                    yield name, words


def _say_choose(field: forms.ChoiceField) -> None:
    """« Choisissez » where Django would draw a line of dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == BLANK_CHOICE_DASH[0][1]:
            field.empty_label = _("Choisissez")
        return
    choices = list(field.choices)
    if choices[:1] == BLANK_CHOICE_DASH:
        field.choices = [("", _("Choisissez")), *choices[1:]]


def _same_but(native: type[widgets.Input], field: forms.Field) -> widgets.Input:
    widget = native(attrs=field.widget.attrs)
    widget.is_required = field.widget.is_required
    return widget


class Form(NativeFields, forms.Form):
    pass


class ModelForm(NativeFields, forms.ModelForm):
    pass


class FilterForm(NativeFields, forms.Form):
    """The form of a list's filters: nothing in it is required, so nothing says so."""

    says_optional = False
    use_required_attribute = False
