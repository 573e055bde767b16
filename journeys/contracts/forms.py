"""Forms of contract day. What is missing may come later: only the frozen text wants everything."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from badges.achievements.models import Achievement
from journeys.contracts.enums import Language
from journeys.contracts.links import ending_of
from journeys.messages.enums import Channel
from journeys.messages.enums import Language as Spoken
from journeys.pathway.forms.fields import NumberLost
from rtr.lib.forms import Form, PersonText

OLDEST_YEAR = 1920
MOST_HOURS = 39


class AchievementField(forms.ModelChoiceField):
    """A badge, grouped by field: typing the first letters finds it. None yet is an answer."""

    def __init__(self, **kwargs):
        super().__init__(
            Achievement.objects.none(),
            required=False,
            empty_label=_("Pas encore de badge"),
            **kwargs,
        )

    def offer(self, achievements: list[Achievement]) -> None:
        """Parameters: `achievements`, those of the programme, read once for all the fields."""
        self.queryset = Achievement.objects.filter(pk__in=[one.pk for one in achievements])
        groups: dict[str, list] = {}
        for one in achievements:
            groups.setdefault(one.field, []).append((one.pk, one.name))
        self.choices = [("", self.empty_label), *groups.items()]


def phone_field(label, help_text: str = "") -> PhoneNumberField:
    """A number of any country, that dials."""
    return PhoneNumberField(
        label=label,
        required=False,
        help_text=help_text,
        error_messages={
            "invalid": _(
                "Ce numéro ne se compose pas : écrivez-le comme 06 12 34 56 78, ou +44 7700 900123."
            )
        },
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )


class IdentityForm(Form):
    says_optional = False
    first_name = forms.CharField(label=_("Prénom"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=60, required=False)
    birth_date = forms.DateField(label=_("Date de naissance"), required=False)
    phone = phone_field(
        _("Téléphone, si la personne le souhaite"),
        help_text=_("Elle peut signer dessus. Un numéro étranger commence par + et son pays."),
    )
    guardian = forms.CharField(
        label=_("Curateur ou tuteur, s’il y en a un"),
        max_length=120,
        required=False,
        help_text=_("Son nom. Il signe aussi le contrat."),
    )
    guardian_phone = phone_field(_("Téléphone du curateur ou tuteur"))
    guardian_email = forms.EmailField(label=_("Courriel du curateur ou tuteur"), required=False)
    is_guardian_unknown = forms.BooleanField(
        label=_("Une mesure de protection existe, on ne sait pas encore qui l’exerce"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if day and not OLDEST_YEAR <= day.year <= timezone.localdate().year:
            raise forms.ValidationError(_("Vérifiez l’année de naissance."))
        return day

    def clean(self):
        """Numbers come without, rather than as None; a guardian who is named is known."""
        cleaned = super().clean()
        if cleaned.get("guardian"):
            cleaned["is_guardian_unknown"] = False
        return cleaned | {name: cleaned.get(name) or "" for name in ("phone", "guardian_phone")}


@dataclass(frozen=True)
class Aim:
    """One objective of the form: its number and its two fields."""

    number: int
    wording: BoundField
    achievement: BoundField


def objectives_form(rows: int) -> type[Form]:
    """A form for that many objectives, each worded, each aiming at a badge or at none yet."""
    fields: dict[str, forms.Field] = {}
    for number in range(1, rows + 1):
        fields[f"wording_{number}"] = PersonText(
            label=_("Ce que la personne vise, avec ses mots"),
            max_length=160,
            required=False,
        )
        fields[f"achievement_{number}"] = AchievementField(label=_("Badge visé"))
    return type("ObjectivesForm", (_ObjectivesForm,), fields | {"rows": rows})


class _ObjectivesForm(Form):
    says_optional = False
    rows = 0

    def __init__(self, *args, achievements, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, self.rows + 1):
            self.fields[f"achievement_{number}"].offer(achievements)

    @property
    def aims(self) -> list[Aim]:
        return [
            Aim(number, self[f"wording_{number}"], self[f"achievement_{number}"])
            for number in range(1, self.rows + 1)
        ]

    def clean(self):
        cleaned = super().clean()
        for number in range(1, self.rows + 1):
            aims_at = cleaned.get(f"achievement_{number}")
            if aims_at and not cleaned.get(f"wording_{number}"):
                text = _now("Dites aussi l’objectif avec les mots de la personne.")
                if f"wording_{number}" not in self.errors:
                    self.add_error(f"wording_{number}", text)
        return cleaned

    @property
    def objectives(self) -> list[dict]:
        """What the action takes; blocks left empty are no objective."""
        pairs = (
            (self.cleaned_data[f"wording_{number}"], self.cleaned_data[f"achievement_{number}"])
            for number in range(1, self.rows + 1)
        )
        return [{"wording": word, "achievement": badge} for word, badge in pairs if word]


class TermsForm(Form):
    says_optional = False
    weekly_hours = forms.IntegerField(
        label=_("Heures par semaine"),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
        error_messages={"max_value": _("Notez %(limit_value)s heures au plus.")},
        help_text=_("Ce qui est possible aujourd’hui. Cela peut changer par un avenant."),
    )
    planned_end_on = forms.DateField(label=_("Fin prévue"), required=False)
    language = forms.ChoiceField(
        label=_("Dans quelle langue le contrat est-il lu ?"),
        choices=Language.choices,
    )
    interpreter = forms.CharField(
        label=_("Interprète, s’il y en a un"),
        max_length=120,
        required=False,
        help_text=_("Son nom, ou le service."),
    )
    read_aloud_by = forms.CharField(
        label=_("Lu à voix haute par"),
        max_length=120,
        required=False,
        help_text=_("Laissez vide si la personne le lit seule."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("language") == Language.OTHER and not cleaned.get("interpreter"):
            self.add_error("interpreter", _now("Dites qui interprète, ou choisissez une langue."))
        return cleaned


class FreezeForm(Form):
    """The fingerprint of the text that was read together."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class SignSelfForm(Form):
    agreed = forms.BooleanField()

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = label
        self.fields["agreed"].error_messages["required"] = _("Cochez pour signer.")


class SignHandForm(Form):
    photo = forms.FileField(
        label=_("La page signée, en photo"),
        help_text=_("JPEG ou PNG, 10 Mo au plus. La signature et le bas de page se lisent."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    witnessed = forms.BooleanField()

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["witnessed"].label = label
        self.fields["witnessed"].error_messages["required"] = _("Cochez si vous l’avez vu.")


class RefusalForm(Form):
    """A word for the team, in the words of the language that the person reads."""

    says_optional = False
    word = forms.CharField(max_length=160, required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["word"].label = words["word"]
        self.fields["word"].help_text = words["warn"]


class ProposalForm(Form):
    """What the person wants to do, in their own words, under the words of their language."""

    wording = forms.CharField(max_length=160)

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wording"].label = words["label"]


TOGETHER, ASKED = "together", "asked"


class ObjectiveForm(Form):
    says_optional = False
    wording = PersonText(label=_("Ce que la personne vise, avec ses mots"), max_length=160)
    achievement = AchievementField(label=_("Badge visé"))
    how = forms.ChoiceField(label=_("Comment en convenez-vous ?"), widget=forms.RadioSelect)
    present = forms.CharField(
        label=_("Qui était là"),
        max_length=120,
        required=False,
        help_text=_("Pour un objectif convenu ensemble, aujourd’hui."),
    )

    def __init__(self, *args, achievements, name, present, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["achievement"].offer(achievements)
        self.fields["present"].initial = present
        asked = _now("Je le propose : %(name)s donne son accord sur ses pages ou son téléphone")
        self.fields["how"].choices = [
            (TOGETHER, _("Convenu ensemble, aujourd’hui")),
            (ASKED, asked % {"name": name}),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") == TOGETHER and not cleaned.get("present"):
            self.add_error("present", _now("Dites qui était là."))
        if cleaned.get("how") == ASKED:
            cleaned["present"] = ""
        return cleaned


class LinkForm(Form):
    channel = forms.ChoiceField(label=_("Par où ?"), widget=forms.RadioSelect)
    is_there = forms.BooleanField(required=False)

    def __init__(self, *args, addresses, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_there"].label = label
        self.fields["is_there"].help_text = _(
            "Sinon, il attend huit heures du matin s’il fait nuit."
        )
        said = {
            Channel.SMS: _("Par SMS, au numéro qui finit par %(end)s"),
            Channel.MAIL: _("Par courriel, à une adresse %(end)s"),
        }
        self.fields["channel"].choices = [
            (channel.value, said[channel] % {"end": ending_of(to)})
            for channel, to in addresses.items()
        ]
        self.fields["channel"].initial = next((one.value for one in addresses), "")
        if len(addresses) == 1:  # said above the form instead
            self.fields["channel"].widget = forms.HiddenInput()


class ReachedForm(Form):
    says_optional = False
    phone = phone_field(_("Téléphone de la personne"))
    is_lost = NumberLost()
    guardian_phone = phone_field(_("Téléphone du curateur ou tuteur"))
    guardian_email = forms.EmailField(label=_("Courriel du curateur ou tuteur"), required=False)

    def __init__(self, *args, participant, **kwargs):
        super().__init__(*args, **kwargs)
        if not participant.guardian:
            del self.fields["guardian_phone"], self.fields["guardian_email"]


class DecisionForm(Form):
    decision = forms.ChoiceField(
        label=_("Votre décision commune"),
        choices=[
            ("reached", _("L’objectif est atteint")),
            ("set_aside", _("L’objectif est mis de côté")),
        ],
        widget=forms.RadioSelect,
    )
    reason = PersonText(
        label=_("Ce qui le montre"),
        max_length=200,
        help_text=_("Un fait : « a animé seule l’atelier du 12 »."),
    )


class WordingsForm(Form):
    """The programme's terms, a field for each language but French, which is the reference."""

    says_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in Spoken:
            if language != Spoken.FRENCH:
                self.fields[language.value] = forms.CharField(
                    label=language.label,
                    max_length=20_000,
                    required=False,
                    widget=forms.Textarea({"rows": 12, "lang": language.value[:2], "dir": "auto"}),
                )

    @property
    def texts(self) -> dict[str, str]:
        return {name: text.strip() for name, text in self.cleaned_data.items()}


class PastedTextForm(forms.Form):
    """Free of the rule on numbers: what is pasted is compared and kept nowhere."""

    text = forms.CharField(
        label=_("Le texte du contrat"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Collez-le en entier, du titre à la dernière ligne. Il n’est gardé nulle part."
        ),
    )
