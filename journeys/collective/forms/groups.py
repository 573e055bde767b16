"""Forms of groups: short, in words that anybody may read on the public page."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.activities.models import Activity
from journeys.collective.models import EndInterview, GroupEntry
from journeys.pathway.enums import Reader
from journeys.pathway.forms.fields import Day, radios
from rtr.lib.forms import Form, ModelForm, PersonText
from rtr.lib.words import plain

MOST_HALF_DAYS = 40
WEEKDAYS = [
    (0, _("lundi")),
    (1, _("mardi")),
    (2, _("mercredi")),
    (3, _("jeudi")),
    (4, _("vendredi")),
    (5, _("samedi")),
]
HALVES = {
    "morning": (datetime.time(9), datetime.time(12, 30)),
    "afternoon": (datetime.time(13, 30), datetime.time(17)),
}
# What would tell the situation of those who made it. Lower case, no accents.
TELLING = re.compile(
    r"(?<!\w)(insertion|rsa|pmsmp|rqth|beneficiaires?|chomeu\w+|demandeu\w+ d.emploi"
    r"|france travail|pole emploi|mission locale|cap emploi|talents? caches?"
    r"|contrats? d.(?:accompagnement|engagement)"
    r"|(?:public|personne)s? (?:eloigne|exclu|invisible)\w*"
    r"|eloigne\w* de l.emploi)(?!\w)"
)


def refuse_telling(text: str) -> None:
    """No word that tells people's situation where the group may show it to anybody."""
    if found := TELLING.search(plain(text)):
        said = _now("« %(word)s » dit la situation des personnes : retirez ce mot.")
        raise ValidationError(said % {"word": found[0]})


class GroupText(PersonText):
    """A text that the whole group reads: it minds delicate words too."""

    def __init__(self, *, help_text="", **options):
        super().__init__(**options)
        self.help_text = help_text or _("Tout le groupe lit ce texte.")


class Colleague(forms.ModelChoiceField):
    def label_from_instance(self, user) -> str:
        return user.get_full_name()


# -- The action ------------------------------------------------------------------------------------


class LeadersForm(Form):
    title = forms.CharField(label=_("Titre"), max_length=80, validators=[refuse_telling])
    question = forms.CharField(
        label=_("La question que le groupe se pose"),
        max_length=200,
        validators=[refuse_telling],
        help_text=_("Par exemple : « Qui répare quoi dans notre quartier ? »"),
    )
    leader = Colleague(label=_("Qui anime"), queryset=None)
    co_leader = Colleague(label=_("Avec qui"), queryset=None, required=False)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = colleagues
        self.fields["co_leader"].queryset = colleagues

    def clean(self):
        data = super().clean()
        if data.get("leader") and data.get("leader") == data.get("co_leader"):
            self.add_error("co_leader", _("Choisissez deux personnes différentes."))
        return data


class OpenForm(LeadersForm):
    organisation = forms.ModelChoiceField(label=_("Structure"), queryset=None)
    place = forms.ModelChoiceField(label=_("Lieu"), queryset=None, required=False)
    first_on = Day(label=_("À partir du"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Quels jours"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez un jour au moins.")},
    )
    half = radios(
        [
            ("morning", _("Le matin, 9 h à 12 h 30")),
            ("afternoon", _("L’après-midi, 13 h 30 à 17 h")),
        ],
        label=_("Quand dans la journée"),
        initial="morning",
    )
    count = forms.IntegerField(
        label=_("Combien de demi-journées"), initial=12, min_value=1, max_value=MOST_HALF_DAYS
    )
    places = forms.IntegerField(
        label=_("Combien de places"),
        initial=10,
        min_value=8,
        max_value=12,
        help_text=_("De 8 à 12, pour que chacun parle."),
    )

    def __init__(self, *args, territory, organisations, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.territory = territory
        self.fields["organisation"].queryset = organisations
        self.fields["place"].queryset = places
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0].pk

    def clean_first_on(self):
        day = self.cleaned_data["first_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Choisissez un jour à partir d’aujourd’hui."))
        return day

    def activity(self) -> Activity:
        data = self.cleaned_data
        return Activity(
            territory=self.territory,
            organisation=data["organisation"],
            place=data["place"],
            title=data["title"],
            places=data["places"],
        )


class EditForm(LeadersForm):
    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        for step in steps:
            self.fields[f"step_{step.number}"] = forms.CharField(
                label=_("Étape %(number)s") % {"number": step.number},
                max_length=80,
                initial=step.title,
                validators=[refuse_telling],
            )

    def steps(self) -> dict[int, str]:
        said = self.cleaned_data.items()
        return {int(k.removeprefix("step_")): v for k, v in said if k.startswith("step_")}


class EndForm(Form):
    on = Day(label=_("Terminée le"))


# -- The group -------------------------------------------------------------------------------------


class JoinForm(Form):
    """A nickname for anybody; besides, one of one's own participants where one follows some."""

    says_optional = False
    participant = forms.ModelChoiceField(
        label=_("Une personne que vous suivez"), queryset=None, required=False, empty_label="—"
    )
    code = forms.CharField(
        label=_("Ou le code de sa carte"),
        max_length=40,
        required=False,
        help_text=_("Comme LOUTRE-4821, si la personne vous le donne."),
    )
    nickname = forms.CharField(
        label=_("Ou un surnom"),
        max_length=40,
        required=False,
        help_text=_("Le groupe ne voit que ce surnom."),
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, participants, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["participant"].queryset = participants
        if not participants:
            del self.fields["participant"]
            self.fields["code"].label = _("Le code de sa carte")

    def clean(self):
        data = super().clean()
        given = [data.get(name) for name in ("participant", "code", "nickname")]
        if not self.errors and sum(map(bool, given)) != 1:
            self.add_error(
                "nickname", _("Donnez l’un des trois : la personne, un code, un surnom.")
            )
        if code := data.get("code"):
            data["participant"] = self.known.filter(code__iexact=code.strip()).first()
            if data["participant"] is None:
                self.add_error("code", _("Ce code n’est pas d’ici : relisez la carte."))
        return data


class InterviewForm(ModelForm):
    """Three questions, in the person's words."""

    discovered = PersonText(
        label=_("Ce que j’ai découvert d’un métier, d’un territoire"),
        rows=3,
        max_length=500,
        required=False,
    )
    follows = PersonText(
        label=_("Ce que je voudrais ensuite"), rows=3, max_length=500, required=False
    )
    change = PersonText(
        label=_("Ce que je changerais dans l’action"), rows=3, max_length=500, required=False
    )
    on = Day(label=_("Entretien du"))
    reader = radios(Reader.choices, label=_("Qui peut lire, dit la personne"))

    class Meta:
        model = EndInterview
        fields = ["discovered", "follows", "change", "on", "reader"]

    def clean(self):
        data = super().clean()
        if not self.errors and not (data["discovered"] or data["follows"] or data["change"]):
            self.add_error("discovered", _("Notez une réponse au moins."))
        return data

    def _post_clean(self):
        """The action checks the row: the form knows neither its journey nor its action."""

    def said(self) -> dict:
        return self.cleaned_data


# -- The journal -----------------------------------------------------------------------------------


class EntryForm(ModelForm):
    field_order = ["on", "step", "did", "decided", "picture", "photo_alt"]
    on = Day(label=_("Quel jour"))
    step = forms.ModelChoiceField(
        label=_("Quelle étape"),
        queryset=None,
        required=False,
        empty_label=_("Aucune en particulier"),
    )
    did = GroupText(label=_("Ce que nous avons fait"), rows=4, max_length=1000)
    decided = GroupText(label=_("Ce que nous avons décidé"), rows=3, max_length=500, required=False)
    picture = forms.FileField(
        label=_("Une photo"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Pas de visage sans l’accord de la personne."),
    )
    photo_alt = forms.CharField(label=_("Ce que montre la photo"), max_length=120, required=False)

    class Meta:
        model = GroupEntry
        fields = ["on", "step", "did", "decided", "photo_alt"]

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = steps


class OwnEntryForm(EntryForm):
    """The same, on one's own phone."""

    says_optional = False


class ReaderForm(Form):
    reader = radios(Reader.choices, label=_("Qui peut lire ?"))
