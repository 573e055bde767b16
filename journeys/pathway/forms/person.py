"""Forms of what the person tells: strengths, what complicates life, answers, supports, notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.participants import lists
from journeys.participants.enums import SupportKind
from journeys.pathway.enums import BarrierLevel, Category, StrengthKind, YesNoNsp
from journeys.pathway.forms.fields import Day, NumberLost, radios
from journeys.pathway.models import EntrySituation
from journeys.pathway.reading import Reading
from rtr.lib.forms import Form, PersonText
from territories.models import Neighbourhood

HEALTH = "sante"
# Publics that say something of a protected category (rule 20): read and ticked with it alone.
PUBLICS_OF = {
    "boeth": Category.DISABILITY,
    "protection_internationale": Category.SITUATION,
    "protection_temporaire": Category.SITUATION,
    "ase": Category.SITUATION,
}


class StrengthForm(Form):
    KINDS = [
        (StrengthKind.STRENGTH, _("Un point fort")),
        (StrengthKind.TALENT, _("Un talent")),
        (StrengthKind.LIVED, _("Quelque chose de vécu")),
        (StrengthKind.DREAM, _("Un rêve")),
    ]
    kind = radios(KINDS, label=_("De quoi s’agit-il ?"))
    text = PersonText(
        label=_("En quelques mots"),
        max_length=120,
        help_text=_("Avec les mots de la personne."),
    )


class BarriersForm(Form):
    """One line of radios for each theme; health is yes or no, without level nor detail."""

    says_optional = False
    NOT_NOW = ("", _("non"))

    def __init__(self, *args, held: dict[str, str], **options):
        super().__init__(*args, **options)
        for theme in lists.BARRIERS:
            levels = [("yes", _("oui"))] if theme.code == HEALTH else BarrierLevel.choices
            self.fields[theme.code] = radios(
                [self.NOT_NOW, *levels],
                label=theme.label,
                required=False,
                initial=("yes" if theme.code == HEALTH else held[theme.code])
                if theme.code in held
                else "",
            )

    def levels(self) -> dict[str, str]:
        chosen = {theme: level for theme, level in self.cleaned_data.items() if level}
        return {theme: "" if theme == HEALTH else level for theme, level in chosen.items()}


def asked_publics(reading: Reading) -> list[tuple[str, str]]:
    """Publics that the person ticks, those of the categories that one reads."""
    return [
        (public.code, public.label)
        for public in lists.ASKED_PUBLICS
        if public.code not in PUBLICS_OF or reading.holds(PUBLICS_OF[public.code])
    ]


def question(codes, label) -> forms.ChoiceField:
    choices = [("", _("Pas encore demandé")), *codes]
    return forms.ChoiceField(choices=choices, label=label, required=False)


class SituationForm(Form):
    """The entry questions; resources and disability for those who may read them."""

    says_optional = False

    employment = question(lists.EMPLOYMENT.choices(), _("Emploi"))
    diploma = question(lists.DIPLOMA.choices(), _("Diplôme le plus élevé"))
    housing = question(lists.HOUSING.choices(), _("Logement"))
    gender = question(lists.GENDER.choices(), _("Genre"))
    nationality = question(lists.NATIONALITY.choices(), _("Nationalité"))
    digital_level = question(lists.DIGITAL_LEVEL.choices(), _("Numérique"))
    resources = question(lists.RESOURCES.choices(), _("Ressources"))
    disability = question(YesNoNsp.choices, _("Reconnaissance de handicap (RQTH ou autre titre)"))
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Quartier"),
        required=False,
        empty_label=_("Autre quartier, ou pas encore demandé"),
    )
    publics = forms.MultipleChoiceField(
        label=_("La personne se reconnaît-elle dans une de ces situations ?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, reading: Reading, territory, held=None, **options):
        super().__init__(*args, **options)
        self.held: EntrySituation | None = held
        self.fields["publics"].choices = asked_publics(reading)
        quarters = Neighbourhood.objects.filter(commune__territory=territory)
        self.fields["neighbourhood"].queryset = quarters.select_related("commune")
        for name, category in RESERVED.items():
            if not reading.holds(category):
                del self.fields[name]

    def answers(self) -> dict:
        """What was answered; publics that this user does not see stay as they were."""
        answers = dict(self.cleaned_data)
        shown = {code for code, _label in self.fields["publics"].choices}
        hidden = set(self.held.publics if self.held else ()) - shown
        answers["publics"] = sorted(hidden | set(answers["publics"]))
        return answers


RESERVED = {"resources": Category.RESOURCES, "disability": Category.DISABILITY}


class SupportForm(Form):
    kind = radios(SupportKind.choices, label=_("Qui ?"))
    since_on = Day(label=_("Depuis le"), required=False)
    rhythm = PersonText(
        label=_("Comment"),
        max_length=80,
        required=False,
        help_text=_("Par exemple : un rendez-vous par mois."),
    )


class NoteForm(Form):
    text = PersonText(
        label=_("Votre note"),
        max_length=500,
        rows=5,
        help_text=_("Des faits, en deux ou trois phrases."),
    )
    is_working = forms.BooleanField(
        label=_("Note de travail, pour moi seul"),
        required=False,
        help_text=_("Personne d’autre ne la lit, sauf si la personne demande tout son dossier."),
    )


class DetailsForm(Form):
    nickname = forms.CharField(label=_("Surnom"), max_length=40)
    contact = forms.CharField(
        label=_("Moyen de rappeler"),
        max_length=80,
        required=False,
        help_text=_("Un seul, que la personne choisit : téléphone, adresse, un lieu…"),
    )
    is_lost = NumberLost()
