"""The forms of an aid, for the team and for the person."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys.aids.enums import AidKind, Payer, RefusalReason
from journeys.aids.models import MOST
from journeys.pathway.forms.fields import Day, radios
from journeys.pathway.models import Journey
from rtr.lib import tongue
from rtr.lib.forms import Form, PersonText

KINDS = [(kind.value, capfirst(kind.label)) for kind in AidKind]
PAYERS = [(payer.value, capfirst(payer.label)) for payer in Payer]
AROUND = datetime.timedelta(days=60)


class Euros(forms.DecimalField):
    def __init__(self, **options):
        options = {"min_value": 0, "max_value": MOST, "decimal_places": 2} | options
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value):
        """« 7,50 » as people write it."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def abouts_of(journey: Journey) -> dict[str, tuple[str, dict]]:
    """What an aid may be for: code → (words, keys); sessions, immersions and appointments about
    now."""
    since = timezone.localdate() - AROUND
    found = {}
    enrolled = journey.participant.enrolments.enrolled().filter(session__starts_at__date__gte=since)
    for one in enrolled.select_related("session__activity").order_by("session__starts_at")[:20]:
        on = timezone.localtime(one.session.starts_at).date()
        words = f"{one.session.activity.title}, {tongue.day(on)}"
        found[f"session-{one.session_id}"] = (words, {"session": one.session})
    for one in journey.immersions.filter(until_on__gte=since, cancelled_on=None)[:10]:
        words = _("Immersion, %(where)s") % {"where": one.host_name}
        found[f"immersion-{one.pk}"] = (str(words), {"immersion": one})
    for one in journey.appointments.ahead().order_by("starts_at")[:10]:
        words = _("Rendez-vous, %(day)s") % {"day": tongue.day(one.on)}
        found[f"appointment-{one.pk}"] = (str(words), {"appointment": one})
    return found


class AskForm(Form):
    kind = forms.ChoiceField(label=_("Quelle aide ?"), choices=[("", _("Choisissez")), *KINDS])
    about = forms.ChoiceField(label=_("Pour"), required=False)
    purpose = PersonText(
        label=_("Pour autre chose"),
        max_length=120,
        required=False,
        help_text=_("Quelques mots, sans numéro de compte."),
    )
    amount = Euros(label=_("Montant, en euros"), required=False)
    note = PersonText(label=_("Précision"), max_length=200, required=False)

    def __init__(self, *args, journey, **options):
        super().__init__(*args, **options)
        self.abouts = abouts_of(journey)
        if self.abouts:
            known = [(code, words) for code, (words, _keys) in self.abouts.items()]
            self.fields["about"].choices = [("", _("Autre chose, en quelques mots")), *known]
        else:
            del self.fields["about"]
            self.fields["purpose"].label = _("Pour quoi ?")

    def clean(self):
        data = super().clean()
        if not data.get("about") and not data.get("purpose") and not self.errors:
            self.add_error("purpose", _("Dites pour quoi, en quelques mots."))
        return data

    def asked(self) -> dict:
        data = self.cleaned_data
        words, keys = self.abouts.get(data.get("about", ""), ("", {}))
        names = ("kind", "amount", "note")
        asked = {name: data[name] for name in names if name in data}
        return asked | {"purpose": (data["purpose"] or words)[:120]} | keys


class PersonAskForm(AskForm):
    """« Demander un coup de pouce »: three questions, and the amount if one knows it."""

    says_optional = False
    kind = radios(KINDS, label=_("De quoi avez-vous besoin ?"))
    purpose = forms.CharField(
        label=_("Pour quoi ?"), max_length=120, required=False, help_text=_("Quelques mots.")
    )
    amount = Euros(label=_("Combien, en euros ?"), required=False, help_text=_("Si vous le savez."))
    note = None


class SendForm(Form):
    payer = radios(PAYERS, label=_("À qui ?"))
    on = Day(label=_("Envoyée le"))


class DecideForm(Form):
    ANSWERS = [("yes", _("Accordée")), ("no", _("Pas accordée"))]
    answer = radios(ANSWERS, label=_("Quelle réponse ?"))
    amount = Euros(label=_("Montant accordé, en euros"), required=False)
    payer = forms.ChoiceField(
        label=_("Qui paie ?"), choices=[("", _("Choisissez")), *PAYERS], required=False
    )
    reason = forms.ChoiceField(
        label=_("Pourquoi, si elle n’est pas accordée"),
        choices=[("", _("Choisissez")), *RefusalReason.choices],
        required=False,
        help_text=_("La personne lit cette raison, dite avec des mots simples."),
    )
    on = Day(label=_("Réponse du"))

    def clean(self):
        data = super().clean()
        if data.get("answer") == "yes":
            if data.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", _("Notez le montant accordé."))
            if not data.get("payer"):
                self.add_error("payer", _("Dites qui paie."))
        elif data.get("answer") == "no" and not data.get("reason"):
            self.add_error("reason", _("Choisissez une raison."))
        return data
