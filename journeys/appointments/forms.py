"""The forms of an appointment, for the team and for the person."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys.appointments.enums import CancelReason, Mode
from journeys.appointments.models import Appointment
from journeys.appointments.moments import local
from journeys.pathway.forms.fields import Day, radios
from rtr.lib import french, tongue
from rtr.lib.forms import Form
from territories.places.models import Place

LENGTHS = [15, 30, 45, 60, 90, 120]
MODES = [(mode.value, capfirst(mode.label)) for mode in Mode]
# What a phone offers: every half hour of the day.
HOURS = [datetime.time(hour, minute) for hour in range(8, 20) for minute in (0, 30)]


def hour_choices() -> list[tuple[str, str]]:
    return [("", _("Choisissez")), *((f"{at:%H:%M}", tongue.hour(at)) for at in HOURS)]


class MomentForm(Form):
    """A day and an hour, that become one moment."""

    day = Day(label=_("Jour"))
    hour = forms.TimeField(label=_("Heure"))

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("hour"):
            try:
                data["starts_at"] = local(data["day"], data["hour"])
            except ValidationError as error:
                self.add_error(None, error)
        return data

    def moment(self) -> dict:
        return {"starts_at": self.cleaned_data["starts_at"]}


class MoveForm(MomentForm):
    """The team's: the moment, how long, how and where."""

    minutes = forms.TypedChoiceField(label=_("Durée"), coerce=int, choices=[])
    mode = radios(MODES, label=_("Comment ?"))
    place = forms.ModelChoiceField(
        label=_("Lieu"), queryset=Place.objects.none(), required=False, empty_label=_("Un autre")
    )
    where = forms.CharField(
        label=_("Autre lieu"),
        max_length=120,
        required=False,
        help_text=_("Pour se voir ailleurs : quelques mots suffisent."),
    )
    link = forms.URLField(
        label=_("Lien de la visio"),
        required=False,
        assume_scheme="https",
        help_text=_("Il commence par https://."),
    )

    def __init__(self, *args, journey, **options):
        super().__init__(*args, **options)
        self.fields["place"].queryset = journey.territory.places.open().order_by("name", "pk")
        kept = self.initial.get("minutes")
        lengths = sorted({*LENGTHS, kept} - {None})
        self.fields["minutes"].choices = [(count, _length(count)) for count in lengths]

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise ValidationError(_("Le lien commence par https://."))
        return link

    def moment(self) -> dict:
        names = ("starts_at", "minutes", "mode", "place", "where", "link")
        return {name: self.cleaned_data[name] for name in names}


class ProposeForm(MoveForm):
    with_user = forms.TypedChoiceField(label=_("Avec qui ?"), choices=[])
    field_order = ["with_user", "day", "hour", "minutes", "mode", "place", "where", "link"]

    def __init__(self, *args, colleagues, **options):
        super().__init__(*args, **options)
        self.colleagues = {str(user.pk): user for user in colleagues}
        self.fields["with_user"].choices = [(pk, str(one)) for pk, one in self.colleagues.items()]

    def clean_with_user(self):
        return self.colleagues[self.cleaned_data["with_user"]]

    def moment(self) -> dict:
        return super().moment() | {"with_user": self.cleaned_data["with_user"]}


class CancelForm(Form):
    reason = radios(CancelReason.choices, label=_("Pourquoi ?"))


# -- On the person's phone -------------------------------------------------------------------------


class PersonMomentForm(MomentForm):
    says_optional = False
    hour = forms.TypedChoiceField(
        label=_("Heure"), choices=hour_choices, coerce=datetime.time.fromisoformat
    )
    day = Day(label=_("Jour"))
    field_order = ["day", "hour"]


class AskForm(PersonMomentForm):
    """« Demander un rendez-vous »: with whom, when, face to face or by phone."""

    MODES = [(Mode.MEET.value, _("Se voir")), (Mode.CALL.value, _("Se parler au téléphone"))]
    with_user = radios([], label=_("Avec qui ?"))
    mode = radios(MODES, label=_("Comment ?"))
    field_order = ["with_user", "mode", "day", "hour"]

    def __init__(self, *args, colleagues, **options):
        super().__init__(*args, **options)
        self.colleagues = {str(user.pk): user for user in colleagues}
        choices = [(pk, one.first_name) for pk, one in self.colleagues.items()]
        self.fields["with_user"].choices = choices

    def clean_with_user(self):
        return self.colleagues[self.cleaned_data["with_user"]]

    def moment(self) -> dict:
        names = ("starts_at", "with_user", "mode")
        return {name: self.cleaned_data[name] for name in names}


def initial_of(appointment: Appointment) -> dict:
    """What a form to move it starts from."""
    here = timezone.localtime(appointment.starts_at)
    return {
        "day": here.date(),
        "hour": here.time(),
        "minutes": appointment.minutes,
        "mode": appointment.mode,
        "place": appointment.place_id,
        "where": appointment.where,
        "link": appointment.link,
    }


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes}{french.NBSP}min"
    return f"{hours}{french.NBSP}h" + (f"{french.NBSP}{rest:02d}" if rest else "")
