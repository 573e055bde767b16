"""Forms of the frames: what a convention wants, and little else."""

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys.frames.enums import (
    Again,
    Cancel,
    EarlyEnd,
    Gesture,
    HostStatus,
    Insured,
    Often,
    Prescriber,
    Purpose,
    Situation,
)
from journeys.frames.models import LEGAL_HOURS, Immersion
from journeys.messages.enums import Channel
from journeys.pathway.forms.fields import Day, Photo, radios
from rtr.lib import contacts
from rtr.lib.forms import CodeInput, Form, PersonText
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.organisations.siret import read_siret
from territories.places.equipment import Equipment

PRESCRIBERS = [(kind.value, capfirst(kind.label)) for kind in Prescriber]
DAYS = [(str(number), capfirst(name)) for number, name in WEEKDAYS.items()]


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class HostFields(Form):
    """A body of the network, or one that we do not know yet: its name and its SIRET."""

    host = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Une structure du réseau"),
        required=False,
        empty_label=_("Une autre"),
    )
    host_name = forms.CharField(
        label=_("Nom"),
        max_length=120,
        required=False,
        help_text=_("Si elle n’est pas dans la liste."),
    )
    host_siret = forms.CharField(
        label=_("SIRET"),
        max_length=30,
        required=False,
        widget=CodeInput(),
        help_text=_("14 chiffres."),
    )

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        known = Organisation.objects.visible_to(user).open().order_by("name")
        self.fields["host"].queryset = known

    def clean_host_siret(self) -> str:
        typed = self.cleaned_data["host_siret"]
        return read_siret(typed) if typed else ""

    def clean(self):
        data = super().clean()
        if host := data.get("host"):
            data["host_name"] = host.name[:120]
            data["host_siret"] = host.siret or data.get("host_siret") or ""
        elif not data.get("host_name") and "host_name" not in self.errors:
            self.add_error("host_name", _("Choisissez une structure du réseau, ou notez son nom."))
        return data


class ImmersionForm(HostFields):
    purpose = radios(Purpose.choices, label=_("Pour quoi faire ?"))
    objectives = PersonText(
        label=_("Ce qu’on veut savoir à la fin"),
        max_length=300,
        rows=2,
        help_text=_("Un ou deux objectifs précis : on les relit ensemble au bilan."),
    )
    tasks = PersonText(label=_("Tâches confiées"), max_length=500, rows=3)
    host_activity = forms.CharField(label=_("Activité"), max_length=120)
    host_address = forms.CharField(
        label=_("Adresse du siège ou de l’établissement"), max_length=200
    )
    tutor = forms.CharField(label=_("Tuteur : prénom et nom"), max_length=120)
    tutor_role = forms.CharField(label=_("Sa fonction"), max_length=80)
    tutor_contact = forms.CharField(
        label=_("Son téléphone ou son adresse e-mail"),
        max_length=120,
        help_text=_("Pour lui demander son avis à la fin, en cinq questions."),
    )
    place = forms.CharField(label=_("Lieu de l’immersion"), max_length=200)
    from_on = Day(label=_("Premier jour"))
    until_on = Day(label=_("Dernier jour"), help_text=_("Un mois au plus, de date à date."))
    weekdays = forms.MultipleChoiceField(
        label=_("Jours de présence"),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ceux que vous cochez sont comptés ; sans rien cocher, chaque jour compte."),
    )
    schedule = forms.CharField(
        label=_("Horaires"),
        max_length=200,
        help_text=_("Comme on le dit : « 9 h à 12 h et 13 h à 17 h, le mercredi jusqu’à 12 h »."),
    )
    weekly_hours = forms.IntegerField(
        label=_("Heures par semaine"), min_value=1, max_value=LEGAL_HOURS
    )
    prescriber_kind = forms.ChoiceField(
        label=_("Qui prescrit ?"), choices=[("", _("Choisissez")), *PRESCRIBERS]
    )
    prescriber = forms.CharField(label=_("Nom de la structure qui prescrit"), max_length=120)
    situation = radios(Situation.choices, label=_("Situation de la personne"))
    insurer = forms.CharField(
        label=_("Assureur de l’employeur (responsabilité civile)"), max_length=120
    )
    policy = forms.CharField(label=_("Numéro de police"), max_length=60)
    GROUPS = (
        (_("L’immersion"), "purpose objectives tasks"),
        (_("L’employeur"), "host host_name host_siret host_activity host_address"),
        (_("Le tuteur"), "tutor tutor_role tutor_contact"),
        (_("Où et quand"), "place from_on until_on weekdays schedule weekly_hours"),
        (_("Autour de la convention"), "prescriber_kind prescriber situation insurer policy"),
    )

    def __init__(self, *args, renews: Immersion | None = None, **options):
        super().__init__(*args, **options)
        self.renews = renews
        if renews:  # D5135-3: the same host, object and objectives
            for name in ("host", "host_name", "host_siret", "purpose", "objectives"):
                del self.fields[name]

    @property
    def groups(self) -> list:
        named = [
            (title, [n for n in names.split() if n in self.fields]) for title, names in self.GROUPS
        ]
        return [(title, [self[name] for name in names]) for title, names in named if names]

    def clean_tutor_contact(self) -> str:
        return contacts.checked(self.cleaned_data["tutor_contact"])

    def clean_weekdays(self) -> list[int]:
        return sorted(int(day) for day in self.cleaned_data["weekdays"])

    def clean(self):
        if self.renews:
            data = forms.Form.clean(self)
            kept = ("host", "host_name", "host_siret", "purpose", "objectives")
            return data | {name: getattr(self.renews, name) for name in kept}
        data = super().clean()
        if not data.get("host_siret") and "host_siret" not in self.errors:
            self.add_error("host_siret", _("Notez le SIRET : la convention le demande."))
        return data


class SignedForm(Form):
    signed_on = Day(label=_("Convention signée par chacun le"))
    looked = forms.BooleanField(label=_("J’ai vu la convention avec toutes ses signatures"))
    photo = Photo(
        label=_("Photo ou PDF de la convention signée"),
        required=False,
        help_text=_("Elle se range dans les pièces du dossier. 10 Mo au plus."),
    )


class EndForm(Form):
    on = Day(label=_("Dernier jour"))
    reason = radios(EarlyEnd.choices, label=_("Pourquoi ?"))


class CancelForm(Form):
    reason = radios(Cancel.choices, label=_("Pourquoi ?"))


class AssessForm(Form):
    liked = PersonText(
        label=_("Ce que la personne en retient, avec ses mots"), max_length=300, rows=3
    )
    again = radios(Again.choices, label=_("Y retournerait-elle ?"))


class AskTutorForm(Form):
    """By the way the tutor's contact allows, or on the spot."""

    SHOW = "show"
    way = radios([], label=_("Comment ?"))

    def __init__(self, *args, channels: dict, **options):
        super().__init__(*args, **options)
        words = {
            Channel.SMS: _("Par SMS au %(to)s"),
            Channel.MAIL: _("Par courriel à %(to)s"),
        }
        self.fields["way"].choices = [
            *((channel.value, words[channel] % {"to": to}) for channel, to in channels.items()),
            (self.SHOW, _("Le tuteur est là : montrer un code QR")),
        ]


class TutorForm(Form):
    """Five plain questions, for somebody in a workshop, on a phone."""

    punctual = radios(Often.choices, label=_("1. Arriver à l’heure, prévenir"))
    helpful = radios(Often.choices, label=_("2. Aider, accepter qu’on l’aide"))
    gestures = forms.MultipleChoiceField(
        label=_("3. Ce qui est acquis"),
        choices=Gesture.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cochez ce que vous avez vu."),
    )
    other_gestures = forms.CharField(
        label=_("Un autre geste du métier ?"), max_length=160, required=False
    )
    went_well = PersonText(label=_("4. Ce qui a bien marché"), max_length=300, rows=3)
    again = radios(Again.choices, label=_("5. L’accueilleriez-vous de nouveau ?"))
    follows = forms.CharField(
        label=_("Une suite possible ?"),
        max_length=200,
        required=False,
        help_text=_("Un contact, une visite, un poste : quelques mots."),
    )


class AfestForm(HostFields):
    aim = PersonText(label=_("Ce qui s’apprend"), max_length=200)
    from_on = Day(label=_("Depuis le"))
    analysis = forms.CharField(
        label=_("Analyse du travail"),
        max_length=500,
        required=False,
        widget=area(),
        help_text=_("Ce que le poste permet d’apprendre, ce qu’on adapte. Avant de commencer."),
    )
    analysed_on = Day(label=_("Travail analysé le"), required=False)
    trainer = forms.CharField(label=_("Formateur : prénom et nom"), max_length=120, required=False)
    trainer_role = forms.CharField(label=_("Sa fonction"), max_length=80, required=False)
    field_order = [
        "aim",
        "host",
        "host_name",
        "from_on",
        "analysis",
        "analysed_on",
        "trainer",
        "trainer_role",
    ]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["host_siret"]

    def clean(self):
        data = super().clean()
        data.pop("host_siret", None)
        return data


class SequenceForm(Form):
    on = Day(label=_("Jour"))
    what = PersonText(label=_("Ce qui a été fait"), max_length=200)
    minutes = forms.IntegerField(
        label=_("Durée, en minutes"), min_value=5, max_value=600, required=False
    )


class ReflectForm(Form):
    on = Day(label=_("Séance réflexive le"))
    reflection = PersonText(label=_("Ce qui en ressort"), max_length=300, rows=3)


class AfestAssessForm(Form):
    on = Day(label=_("Évaluée le"))
    assessment = PersonText(label=_("Ce qui est acquis"), max_length=500, rows=3)


class CloseAfestForm(Form):
    kind = radios(
        [
            ("afest", _("La clore comme AFEST, avec ses quatre éléments")),
            ("stop", _("L’arrêter : elle ne comptera pas comme une AFEST")),
        ],
        label=_("Comment se termine-t-elle ?"),
    )


class VolunteeringForm(HostFields):
    host_status = radios(HostStatus.choices, label=_("Cette structure est…"))
    what = PersonText(label=_("Ce que la personne y fait"), max_length=300, rows=2)
    weekly_hours = forms.IntegerField(
        label=_("Heures par semaine, à peu près"),
        min_value=1,
        max_value=24,
        required=False,
        help_text=_("La personne donne le temps qu’elle veut, et s’arrête quand elle veut."),
    )
    from_on = Day(label=_("Depuis le"))
    until_on = Day(label=_("Jusqu’au"), required=False)
    insured = radios(Insured.choices, label=_("La structure assure-t-elle ses bénévoles ?"))

    def clean(self):
        data = super().clean()
        if not data.get("host") and not data.get("host_siret") and "host_siret" not in self.errors:
            self.add_error(
                "host_siret", _("Notez le SIRET : il dit que cette structure existe bien.")
            )
        return data


class EquipmentForm(Form):
    """A machine of these territories that asks for consigns."""

    equipment = forms.ModelChoiceField(Equipment.objects.none(), label=_("Machine"))

    def __init__(self, *args, user: User, territory_id: int, **options):
        super().__init__(*args, **options)
        rows = Equipment.objects.visible_to(user).kept().filter(needs_briefing=True)
        rows = rows.filter(place__territory=territory_id).select_related("place")
        self.fields["equipment"].queryset = rows
        self.fields["equipment"].label_from_instance = lambda one: f"{one.name}, {one.place}"


class BriefingForm(EquipmentForm):
    on = Day(label=_("Consignes données le"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate


class SessionBriefingForm(EquipmentForm):
    """Everyone in the session alike: a nickname and a number."""

    says_optional = False  # nobody ticked takes back what was noted

    numbers = forms.MultipleChoiceField(
        label=_("Qui a reçu les consignes ?"),
        choices=[],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, people: list[tuple[int, str]], **options):
        super().__init__(*args, **options)
        self.fields["numbers"].choices = [
            (str(number), f"{number} · {nickname}") for number, nickname in people
        ]

    def clean_numbers(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["numbers"]]
