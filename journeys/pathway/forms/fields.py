"""Fields that several acts share."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys.documents.enums import OWN, DocumentKind

OWN_PAPERS = [(kind.value, capfirst(kind.label)) for kind in OWN]
# A page signed by hand comes with its signature, not from here.
PROOFS = [
    (kind.value, capfirst(kind.label))
    for kind in DocumentKind
    if kind not in (*OWN, DocumentKind.SIGNED_PAGE)
]
FARTHEST = datetime.timedelta(days=5 * 366)


def near(day: datetime.date) -> None:
    """A validator against a slip on the year: no programme is older than 2000, none plans for more
    than five years. Raises ValidationError."""
    if not datetime.date(2000, 1, 1) <= day <= timezone.localdate() + FARTHEST:
        raise ValidationError(_("Vérifiez l’année de cette date."))


class Day(forms.DateField):
    def __init__(self, **options):
        super().__init__(validators=[near], **options)


class Photo(forms.FileField):
    """A photograph or a PDF; the action writes it again, or says why it cannot.

    Naming the types makes iPhones send a JPEG. With static/js/papers.js a photograph is reduced
    before it leaves.
    """

    widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"})


def radios(choices, **options) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


class NumberLost(forms.BooleanField):
    """The number is somebody else's now: whatever it opened is closed."""

    def __init__(self):
        super().__init__(
            label=_("L’ancien numéro n’est plus le sien"),
            required=False,
            help_text=_("Tous ses téléphones et sa carte d’entrée sont alors fermés."),
        )
