"""The forms of the person's own pages: short, and made for a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.documents.enums import DocumentKind
from journeys.pathway.forms.fields import Photo, radios
from rtr.lib.forms import Form

KINDS = [
    (DocumentKind.CV, _("Mon CV")),
    (DocumentKind.LETTER, _("Ma lettre de motivation")),
    (DocumentKind.DIPLOMA, _("Un diplôme ou une attestation")),
    (DocumentKind.PORTRAIT, _("Une photo de moi")),
    (DocumentKind.OWN_OTHER, _("Un autre papier")),
]


class OwnPaperForm(Form):
    says_optional = False
    kind = radios(
        KINDS,
        label=_("Quel papier ?"),
        error_messages={"required": _("Choisissez un papier dans la liste.")},
    )
    photo = Photo(
        label=_("Prendre une photo"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    file = Photo(label=_("Ou choisir un fichier"), required=False, help_text=_("Photo ou PDF."))
    agreed = forms.BooleanField(
        label=_("Pour une photo de moi : j’accepte que mon équipe la garde"),
        required=False,
        help_text=_("Vous pouvez changer d’avis. La photo s’efface."),
    )

    def clean(self):
        data = super().clean()
        if not (data.get("photo") or data.get("file") or self.errors):
            self.add_error("photo", _("Prenez une photo ou choisissez un fichier."))
        if data.get("kind") == DocumentKind.PORTRAIT and not data.get("agreed"):
            self.add_error("agreed", _("Cochez pour garder une photo de vous."))
        return data

    def paper(self) -> dict:
        """What the action is told; no title: the kind says enough, and nothing is to be typed."""
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "photo": data.get("photo") or data.get("file"),
            "agreed": data["kind"] == DocumentKind.PORTRAIT and data["agreed"],
        }
