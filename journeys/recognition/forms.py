"""What is asked of who proposes, answers, gives or takes back a badge."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from badges.achievements.models import Achievement
from badges.credentials.enums import RevokeReason
from rtr.lib.forms import Form, PersonText


class BadgeField(forms.ModelChoiceField):
    """A published badge, grouped by field."""

    def __init__(self, **options):
        super().__init__(Achievement.objects.none(), empty_label=_("Choisir"), **options)

    def offer(self, badges) -> None:
        self.queryset = badges
        groups: dict[str, list] = {}
        for one in badges:
            groups.setdefault(one.field, []).append((one.pk, one.name))
        self.choices = [("", self.empty_label), *groups.items()]


class ProposeForm(Form):
    achievement = BadgeField(label=_("Badge"))
    experience = forms.ModelChoiceField(
        None,
        label=_("Pour quelle expérience"),
        required=False,
        empty_label=_("Aucune en particulier"),
    )
    reason = PersonText(
        label=_("Ce que la personne a fait"),
        help_text=_("Ce que vous avez vu, en une phrase. Inutile si son récit le dit."),
        max_length=500,
        required=False,
        rows=3,
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, badges, lived, **options):
        super().__init__(*args, **options)
        self.fields["achievement"].offer(badges)
        self.fields["experience"].queryset = lived


class AcceptForm(Form):
    achievement = BadgeField(label=_("Badge"))
    reason = PersonText(label=_("Pourquoi ce badge"), max_length=500, required=False, rows=3)

    def __init__(self, *args, badges, needs_reason: bool, **options):
        super().__init__(*args, **options)
        self.fields["achievement"].offer(badges)
        self.fields["reason"].required = needs_reason


class MoreForm(Form):
    answer = PersonText(
        label=_("Ce qu’il manque"),
        help_text=_("Par exemple : « Racontez comment vous avez fini la pièce. »"),
        max_length=300,
        rows=3,
    )


class DeclineForm(Form):
    answer = PersonText(
        label=_("Pourquoi pas cette fois"),
        help_text=_("Parlez de ce qui a été fait, et de ce qui ouvrira ce badge."),
        max_length=300,
        rows=3,
    )


class RevokeForm(Form):
    reason = forms.ChoiceField(
        label=_("Raison"),
        choices=[
            ("", _("Choisir")),
            *((one.value, one.label) for one in RevokeReason if one != RevokeReason.KEY),
        ],
    )
    words = PersonText(
        label=_("Précision"),
        help_text=_("Nécessaire pour « Autre raison »."),
        max_length=300,
        required=False,
    )


class GiveForm(Form):
    achievement = BadgeField(label=_("Badge"))
    reason = forms.CharField(
        label=_("Ce que les personnes ont fait"),
        help_text=_("Une phrase pour toutes, la raison du badge. Chacune peut la lire."),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    numbers = forms.TypedMultipleChoiceField(
        label=_("Pour qui"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez une personne au moins.")},
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, badges, present, **options):
        super().__init__(*args, **options)
        self.fields["achievement"].offer(badges)
        self.fields["numbers"].choices = present


class ScanForm(Form):
    achievement = BadgeField(label=_("Badge"))

    def __init__(self, *args, badges, **options):
        super().__init__(*args, **options)
        self.fields["achievement"].offer(badges)
