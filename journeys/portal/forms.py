"""The forms of the person's own pages: short, and made for a phone."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys.documents.enums import DocumentKind
from journeys.participants.enums import DayPart
from journeys.pathway.forms.fields import Photo, radios
from rtr.lib import contacts
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


class CallMeForm(Form):
    """When, and at which number. The number serves for this call, then it is forgotten."""

    says_optional = False
    moment = radios(
        [("", _("Quand vous voulez")), *((part.value, capfirst(part.label)) for part in DayPart)],
        label=_("Quel moment vous va ?"),
        required=False,
    )
    phone = forms.CharField(
        label=_("À quel numéro ?"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, known: bool, **options):
        super().__init__(*args, **options)
        self.known = known
        if known:
            self.fields["phone"].help_text = _("Vide : le numéro que nous avons déjà.")

    def clean_phone(self):
        typed = self.cleaned_data["phone"].strip()
        if not typed and not self.known:
            raise forms.ValidationError(_("Écrivez un numéro pour être rappelé."))
        if typed and not contacts.phone(typed):
            raise forms.ValidationError(_("Vérifiez ce numéro : il lui manque des chiffres."))
        return contacts.phone(typed)


class NumberForm(Form):
    """Whose phone it is, nobody says; only that it is a number."""

    says_optional = False
    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        max_length=30,
        error_messages={"required": _("Écrivez votre numéro.")},
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self):
        number = contacts.dialled(self.cleaned_data["phone"])
        if not number:
            raise forms.ValidationError(_("Vérifiez ce numéro : il lui manque des chiffres."))
        return number


class Figures(forms.CharField):
    """So many figures, typed with or without spaces."""

    def __init__(self, figures: int, *, label, wrong, autocomplete: str = "off"):
        self.figures = figures
        super().__init__(
            label=label,
            max_length=3 * figures,
            error_messages={"required": wrong, "max_length": wrong, "figures": wrong},
            widget=forms.TextInput(
                {
                    "inputmode": "numeric",
                    "autocomplete": autocomplete,
                    "class": "figures",
                    "dir": "ltr",
                }
            ),
        )

    def clean(self, value):
        found = "".join(super().clean(value).split())
        # Arabic phones may type their own figures: they are the same.
        if len(found) != self.figures or not found.isdecimal():
            raise forms.ValidationError(self.error_messages["figures"])
        return "".join(str(int(figure)) for figure in found)


class CodeForm(Form):
    says_optional = False
    code = Figures(
        6,
        label=_("Votre code"),
        wrong=_("Écrivez les six chiffres du message."),
        autocomplete="one-time-code",
    )


class PinForm(Form):
    says_optional = False
    pin = Figures(4, label=_("Vos quatre chiffres"), wrong=_("Écrivez vos quatre chiffres."))


class ScreenForm(Form):
    says_optional = False
    code = Figures(
        8,
        label=_("Le code de l’écran"),
        wrong=_("Écrivez les huit chiffres de l’écran."),
        autocomplete="one-time-code",
    )


class AgreeForm(Form):
    """Yes to all that an application asks; `request` is what was asked, signed by us."""

    says_optional = False
    request = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, user, requested_scopes, **options):
        super().__init__(*args, **options)
        self.requested_scopes = requested_scopes

    def clean(self):
        return super().clean() | {"scopes": self.requested_scopes}
