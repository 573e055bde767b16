from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from badges.proofs import baking
from rtr.lib.forms import Form, SignedText


class SourceForm(Form):
    """A badge as people have it: a file, or something they copied."""

    says_optional = False  # one of both

    file = forms.FileField(
        label=_("Le fichier du badge"),
        help_text=_("L’image du badge, ou son fichier signé."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".png,.svg,.json,.jwt,.jsonld,.txt"}),
    )
    words = SignedText(
        label=_("Ou son lien, ou son texte"),
        help_text=_("Collez ici ce que l’on vous a envoyé."),
        required=False,
        max_length=baking.TEXT,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false", "dir": "ltr"}),
    )

    def clean(self):
        found = super().clean()
        if not self.errors and not found.get("file") and not found.get("words"):
            raise ValidationError(gettext("Choisissez un fichier, ou collez un lien."))
        return found

    def source(self) -> bytes | str:
        """The file first, and no more of it than a badge has."""
        if file := self.cleaned_data.get("file"):
            return file.read(baking.MOST + 1)
        return self.cleaned_data["words"]
