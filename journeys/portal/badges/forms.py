"""Asking for a badge, choosing one's words, showing a badge: short forms, made for a phone."""

import datetime
import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.credentials.models import Credential
from badges.proofs import baking
from journeys.experiences.models import Reflection
from journeys.pathway.forms.fields import radios
from rtr.lib import tongue
from rtr.lib.forms import Form, SignedText

WEEK, MONTH, SEASON, YEAR = "7", "30", "90", "365"  # days


def _words(**options) -> forms.CharField:
    widget = forms.Textarea({"rows": 4, "maxlength": options["max_length"]})
    return forms.CharField(required=False, widget=widget, **options)


def _told(reflections: list[Reflection]) -> forms.ChoiceField:
    """Which of one's stories goes with the request."""
    named = [
        (one.pk, _("Mon récit du %(day)s") % {"day": tongue.day_in_full(one.told_on)})
        for one in reflections
    ]
    return radios([*named, ("", _("Sans récit"))], label=_("Avec quel récit ?"), required=False)


class AskForm(Form):
    """« J'aimerais faire reconnaître… »: a badge, or one's own words for it."""

    says_optional = False
    achievement = forms.ChoiceField(label=_("Quel badge ?"), required=False)
    asked_for = forms.CharField(
        label=_("Ou dites-le avec vos mots"),
        max_length=120,
        required=False,
        help_text=_("Votre équipe cherche le badge pour vous."),
    )
    words = _words(label=_("Pourquoi ce badge ?"), max_length=500)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, badges, reflections: list[Reflection], **options):
        told = reflections[0].pk if reflections else ""
        options["initial"] = {"client_uuid": uuid.uuid4(), "reflection": told}
        super().__init__(*args, **options)
        self.reflections = {str(one.pk): one for one in reflections}
        self.fields["achievement"].choices = [("", _("Je ne sais pas encore")), *badges]
        if reflections:
            self.fields["reflection"] = _told(reflections)

    def clean(self):
        data = super().clean()
        if not (data.get("achievement") or data.get("asked_for") or self.errors):
            self.add_error("achievement", _("Choisissez un badge, ou écrivez quelques mots."))
        return data

    def asked(self) -> dict:
        """What the act is told; `achievement`, the key of the badge chosen."""
        data = self.cleaned_data
        chosen = data["achievement"]
        return {
            "achievement": chosen,
            "asked_for": "" if chosen else data["asked_for"],
            "reflection": self.reflections.get(data.get("reflection", "")),
            "words": data["words"],
            "client_uuid": data["client_uuid"],
        }


class CompleteForm(Form):
    """What the team asks for more."""

    says_optional = False
    words = _words(label=_("Ce que je veux ajouter"), max_length=500)

    def __init__(self, *args, reflections: list[Reflection], **options):
        super().__init__(*args, **options)
        self.reflections = {str(one.pk): one for one in reflections}
        if reflections:
            self.fields["reflection"] = _told(reflections)

    def added(self) -> dict:
        data = self.cleaned_data
        told = self.reflections.get(data.get("reflection", ""))
        return {"words": data["words"], "reflection": told}


class WordsForm(Form):
    """Written in the badge itself: whoever sees it reads them."""

    says_optional = False
    words = _words(
        label=_("Mes mots dans ce badge"),
        max_length=1000,
        help_text=_("Vide : le badge ne montre aucun mot de vous."),
    )


class ShareForm(Form):
    says_optional = False
    days = radios(
        [
            (WEEK, _("Une semaine")),
            (MONTH, _("Un mois")),
            (SEASON, _("Trois mois")),
            (YEAR, _("Un an")),
        ],
        label=_("Pendant combien de temps ?"),
        initial=MONTH,
    )
    name = forms.CharField(
        label=_("Quel nom montrer ?"),
        max_length=120,
        required=False,
        help_text=_("Vide : votre nom n’est pas montré."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def until(self) -> datetime.datetime:
        """The end of the last day."""
        last = timezone.localdate() + datetime.timedelta(days=int(self.cleaned_data["days"]))
        return timezone.make_aware(datetime.datetime.combine(last, datetime.time(23, 59, 59)))


class CollectionForm(Form):
    says_optional = False
    name = forms.CharField(
        label=_("Quel nom lui donner ?"),
        max_length=120,
        help_text=_("Par exemple : pour un travail en cuisine."),
        error_messages={"required": _("Donnez un nom à votre portefeuille.")},
    )
    words = _words(label=_("Quelques mots"), max_length=1000)
    badges = forms.MultipleChoiceField(
        label=_("Quels badges ?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez un badge au moins.")},
    )

    def __init__(self, *args, held: list[Credential], **options):
        super().__init__(*args, **options)
        self.held = {str(one.pk): one for one in held}
        self.fields["badges"].choices = [(pk, one.version.name) for pk, one in self.held.items()]

    def chosen(self) -> list[Credential]:
        return [self.held[pk] for pk in dict.fromkeys(self.cleaned_data["badges"])]


class ForeignForm(Form):
    """A badge as one received it: its link or its text, or its file."""

    says_optional = False
    link = SignedText(
        label=_("Le lien du badge"),
        max_length=baking.TEXT,
        required=False,
        widget=forms.Textarea(
            {"rows": 3, "spellcheck": "false", "autocomplete": "off", "dir": "ltr"}
        ),
    )
    file = forms.FileField(
        label=_("Ou son fichier"),
        required=False,
        help_text=_("L’image du badge, ou le fichier reçu avec."),
    )

    def clean(self):
        data = super().clean()
        if not (data.get("link") or data.get("file") or self.errors):
            self.add_error("link", _("Donnez un lien ou un fichier."))
        return data

    def source(self) -> bytes | str:
        file = self.cleaned_data["file"]
        return file.read(baking.MOST + 1) if file else self.cleaned_data["link"].strip()
