"""Telling what was lived: on the person's own phone, or with somebody holding the pen."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journeys.activities.enums import Frame
from journeys.experiences.actions.telling import Said
from journeys.experiences.enums import ASKED, ICONS, PROMPTS, READERS, Reader
from journeys.experiences.lists import SKILLS, skills_by_family
from journeys.experiences.models import Experience, Reflection
from journeys.pathway.forms.fields import Day, radios
from rtr.lib.forms import Form, PersonText

MOST_WORDS = 5  # of one's own
REFERRING = _("Vos référents : qui coordonne et qui suit votre parcours.")


class VoiceField(forms.FileField):
    """Recorded in the page by static/js/voice.js; without it, a file or the phone's recorder."""

    widget = forms.FileInput({"accept": "audio/*", "capture": "user"})


class OwnWords(forms.CharField):
    """A few words between commas."""

    def to_python(self, value):
        words = [" ".join(word.split()) for word in super().to_python(value).split(",")]
        return list(dict.fromkeys(filter(None, words)))

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_WORDS or any(len(word) > 60 for word in value):
            raise ValidationError(_("Gardez cinq mots au plus, courts, avec des virgules."))

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def run_validators(self, value):
        super().run_validators(", ".join(value))


class TellForm(Form):
    """On the person's own page: everything may be left empty, save for one thing at least."""

    says_optional = False
    did = forms.CharField(max_length=500, required=False)
    liked = forms.CharField(max_length=500, required=False)
    learnt = forms.CharField(max_length=500, required=False)
    follows = forms.CharField(max_length=500, required=False)
    voice = VoiceField(
        label=_("Un enregistrement de ma voix"),
        required=False,
        help_text=_("Trois minutes au plus."),
    )
    without_voice = forms.BooleanField(label=_("Effacer ma voix"), required=False)
    photo = forms.FileField(
        label=_("Une photo"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("De ce que vous avez fait. Pas le visage des autres sans leur accord."),
    )
    without_photo = forms.BooleanField(label=_("Effacer la photo"), required=False)
    skills = forms.MultipleChoiceField(
        label=_("Ce que je sais faire"),
        required=False,
        choices=SKILLS.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    own_words = OwnWords(
        label=_("Avec mes mots"),
        required=False,
        max_length=320,
        help_text=_("Quelques mots, avec des virgules."),
    )
    reader = radios(
        READERS.items(),
        label=_("Qui lit ce récit ?"),
        initial=Reader.REFERENTS,
        help_text=REFERRING,
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, reflection: Reflection | None = None, draft=(), **options):
        initial = _initial(reflection, dict(draft)) | options.pop("initial", {})
        super().__init__(*args, initial=initial, **options)
        self.reflection = reflection
        for name in PROMPTS:
            field = self.fields[name]
            field.label = field.label or ASKED[name]
            field.widget = forms.Textarea({"rows": 3, "maxlength": 500, "data-counted": "300"})
        for name in ("voice", "photo"):
            if not (reflection and getattr(reflection, name)):
                del self.fields[f"without_{name}"]

    def clean(self):
        data = super().clean()
        if not (self.errors or self._says_something(data)):
            self.add_error(None, _("Dites quelque chose : un mot, une photo, votre voix."))
        return data

    def _says_something(self, data) -> bool:
        kept = any(
            f"without_{name}" in self.fields and not data[f"without_{name}"]
            for name in ("voice", "photo")
        )
        return kept or any(data.get(name) for name in (*PROMPTS, "voice", "photo"))

    def said(self) -> Said:
        names = Said.__dataclass_fields__
        return Said(**{name: value for name, value in self.cleaned_data.items() if name in names})

    @property
    def prompts(self):
        return [(ICONS[name], self[name]) for name in PROMPTS]

    @property
    def families(self):
        """The boxes to tick by family, with what is ticked, and whether to show it open."""
        chosen = set(self["skills"].value() or [])
        for label, skills in skills_by_family():
            yield label, [(skill, skill.code in chosen) for skill in skills]


def _initial(reflection: Reflection | None, draft: dict) -> dict:
    if reflection is None:
        return draft | {"client_uuid": uuid.uuid4()}
    names = (*PROMPTS, "skills", "own_words", "reader", "client_uuid")
    return {name: getattr(reflection, name) for name in names}


class PenForm(TellForm):
    """With the person, somebody of the team holds the pen: they read, so « moi » is not offered."""

    READERS = [
        (Reader.REFERENTS, _("Ses référents : qui coordonne et qui suit son parcours")),
        (Reader.TEAM, _("Toute son équipe")),
    ]
    did = PersonText(label=_("Ce que la personne a fait"), max_length=500, required=False)
    liked = PersonText(label=_("Ce qu’elle a aimé"), max_length=500, required=False)
    learnt = PersonText(label=_("Ce qu’elle a appris"), max_length=500, required=False)
    follows = PersonText(label=_("La suite"), max_length=500, required=False)
    reader = radios(READERS, label=_("Qui lit ce récit ? La personne choisit."))

    def __init__(self, *args, readers: list[Reader], **options):
        super().__init__(*args, **options)
        offered = [(reader, word) for reader, word in self.READERS if reader in readers]
        self.fields["reader"].choices = offered
        if len(offered) == 1:
            self.initial["reader"] = offered[0][0]
        words = {
            "voice": _("Un enregistrement de sa voix"),
            "skills": _("Ce qu’elle sait faire"),
            "own_words": _("Avec ses mots"),
        }
        for name, label in words.items():
            self.fields[name].label = label
        self.fields["photo"].help_text = _("De ce qui a été fait, avec l’accord de chacun.")


class ElsewhereForm(Form):
    """« Ce que j'ai fait ailleurs »."""

    says_optional = True
    title = forms.CharField(label=_("Qu’avez-vous fait ?"), max_length=80)
    where = forms.CharField(label=_("Où ?"), max_length=120, required=False)
    frame = radios(
        [
            (Frame.OPEN, _("Une activité, un coup de main")),
            (Frame.VOLUNTEERING, _("Du bénévolat")),
            (Frame.TRAINING, _("Une formation")),
            (Frame.IMMERSION, _("Un stage, une immersion")),
            (Frame.JOB, _("Un travail")),
        ],
        label=_("C’était quoi ?"),
    )
    from_on = Day(label=_("Quand ?"), help_text=_("À peu près, si vous ne savez plus."))
    until_on = Day(label=_("Jusqu’à quand ?"), required=False)


class ElsewhereOfPersonForm(ElsewhereForm):
    """The same, noted by the team."""

    title = PersonText(label=_("Qu’a fait la personne ?"), max_length=80)
    where = PersonText(label=_("Où ?"), max_length=120, required=False)


def elsewhere_initial(experience: Experience) -> dict:
    return {name: getattr(experience, name) for name in ElsewhereForm.base_fields}


class ReaderForm(Form):
    """Who reads; « moi » is not offered when somebody held the pen."""

    def __init__(self, *args, reflection: Reflection, **options):
        super().__init__(*args, initial={"reader": reflection.reader}, **options)
        offered = [
            (reader, label)
            for reader, label in READERS.items()
            if reader != Reader.ME or not reflection.is_by_hand_of
        ]
        self.fields["reader"] = radios(offered, label=_("Qui lit ce récit ?"), help_text=REFERRING)


class DiscussForm(Form):
    next_step = PersonText(
        label=_("La suite, décidée ensemble"),
        max_length=200,
        required=False,
        help_text=_("Une activité, un objectif, un rendez-vous, ou rien pour l’instant."),
    )
