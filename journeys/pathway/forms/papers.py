"""Forms of papers: proofs, the person's own, what changes of them."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.documents.enums import DocumentKind, RemovalReason
from journeys.pathway.forms.fields import OWN_PAPERS, PROOFS, Day, Photo, radios
from journeys.pathway.forms.path import ProofForm
from rtr.lib import french
from rtr.lib.forms import Form


class DocumentForm(Form):
    kind = forms.ChoiceField(label=_("Quelle pièce ?"), choices=[("", _("Choisissez")), *PROOFS])
    title = forms.CharField(label=_("Titre"), max_length=120, required=False)
    seen_on = Day(label=_("Vue le"))
    photo = Photo(
        label=_("Photo ou PDF"),
        required=False,
        help_text=_("Seulement si elle doit être gardée. 10 Mo au plus."),
    )

    def clean_seen_on(self):
        if self.cleaned_data["seen_on"] > timezone.localdate():
            raise forms.ValidationError(_("Choisissez aujourd’hui ou un jour passé."))
        return self.cleaned_data["seen_on"]


class PaperForm(Form):
    """One of the person's own papers; their photograph asks their agreement."""

    kind = radios(OWN_PAPERS, label=_("Quel papier ?"))
    title = forms.CharField(label=_("Titre"), max_length=120, required=False)
    photo = Photo(label=_("Photo ou PDF"), help_text=_("10 Mo au plus."))
    agreed = forms.BooleanField(
        label=_("La personne accepte, aujourd’hui, que sa photo soit gardée"),
        required=False,
        help_text=_("Seulement pour une photo d’elle. Elle peut changer d’avis : tout s’efface."),
    )

    def clean(self):
        data = super().clean()
        is_portrait = data.get("kind") == DocumentKind.PORTRAIT
        if is_portrait and not data.get("agreed"):
            self.add_error("agreed", _("Sans accord, la photo ne se garde pas."))
        data["agreed"] = is_portrait and bool(data.get("agreed"))
        return data


class FileForm(Form):
    photo = Photo(label=_("Photo ou PDF"), help_text=_("10 Mo au plus."))


class TitleForm(Form):
    title = forms.CharField(label=_("Titre"), max_length=120, required=False)


class RemovalForm(Form):
    reason = radios(RemovalReason.choices, label=_("Pourquoi ?"))


class ClaimForm(ProofForm):
    """A proof of an exit or an outcome: one noted before, or a new one."""

    document = forms.ChoiceField(label=_("Une pièce déjà notée"), required=False)
    field_order = ["document"]

    def __init__(self, *args, papers, **options):
        super().__init__(*args, **options)
        self.fields["proof_kind"].choices = [("", _("Choisissez")), *PROOFS]
        known = [(paper.pk, f"{paper}, {french.day(paper.seen_on)}") for paper in papers]
        if known:
            self.fields["document"].choices = [("", _("Non, une autre")), *known]
        else:
            del self.fields["document"]

    def clean(self):
        data = super().clean()
        if not data.get("document") and not data.get("proof_kind") and not self.errors:
            self.add_error("proof_kind", _("Choisissez de quel justificatif il s’agit."))
        return data
