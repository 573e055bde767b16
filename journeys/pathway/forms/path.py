"""Forms of the acts on a journey: its phases, its spans, contacts and follow-ups."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.pathway.enums import (
    ContactKind,
    PauseReason,
    Phase,
    TryHow,
    TryResult,
    UnreachableReason,
)
from journeys.pathway.forms.fields import PROOFS, Day, Photo, radios
from journeys.pathway.lists import EXITS, OUTCOMES
from journeys.pathway.story import short_label
from rtr.lib.forms import Form, PersonText

CLASSES = {
    "emploi_durable": _("Emploi durable"),
    "selon_duree": _("Emploi, selon la durée"),
    "emploi_transition": _("Emploi de transition"),
    "formation": _("Formation"),
    "autre_positive": _("Autre étape vers l’emploi"),
    "positive_programme": _("Engagement"),
    "autre": _("Autre"),
    "neutre": _("Sans incidence"),
}


def by_class(codes) -> list:
    """Exits or outcomes in the order of their classes: (class, [(code, label)])."""
    groups: dict[str, list] = {}
    for code in codes:
        groups.setdefault(code["class"], []).append((code.code, short_label(code.code)))
    return [(CLASSES[name], groups[name]) for name in CLASSES if name in groups]


class ProofForm(Form):
    """Fields of a proof that may come with an act. `proof()` gives them, or None."""

    proof_kind = forms.ChoiceField(
        label=_("Justificatif vu"),
        choices=[("", _("Aucun pour l’instant")), *PROOFS],
        required=False,
    )
    proof_seen_on = Day(label=_("Vu le"), required=False)
    photo = Photo(
        label=_("Photo ou PDF du justificatif"),
        required=False,
        help_text=_("Seulement si le financeur demande de le garder. 10 Mo au plus."),
    )

    def clean(self):
        data = super().clean()
        if data.get("proof_kind"):
            seen_on = data.get("proof_seen_on") or timezone.localdate()
            if seen_on > timezone.localdate():
                self.add_error("proof_seen_on", _("Choisissez aujourd’hui ou un jour passé."))
        elif data.get("proof_seen_on") or data.get("photo"):
            self.add_error("proof_kind", _("Choisissez de quel justificatif il s’agit."))
        return data

    def proof(self) -> dict | None:
        data = self.cleaned_data
        if not data.get("proof_kind"):
            return None
        return {
            "kind": data["proof_kind"],
            "seen_on": data["proof_seen_on"] or timezone.localdate(),
            "photo": data["photo"],
        }


class PhaseForm(Form):
    to = radios([], label=_("Où en est le parcours ?"))
    on = Day(label=_("Depuis le"))
    reason = PersonText(
        label=_("Raison"),
        max_length=200,
        required=False,
        help_text=_("Nécessaire pour revenir à une phase précédente."),
    )

    def __init__(self, *args, steps: dict, current: tuple[str, str], **options):
        super().__init__(*args, **options)
        places = [
            (
                f"{phase}|{step}",
                f"{phase.label}, {step}" if step not in ("", phase.label) else phase.label,
            )
            for phase in Phase
            for step in steps.get(phase) or [""]
        ]
        here = "|".join(current)
        self.fields["to"].choices = [place for place in places if place[0] != here]

    def clean_to(self) -> tuple[str, str]:
        phase, _bar, step = self.cleaned_data["to"].partition("|")
        return phase, step


class PauseForm(Form):
    from_on = Day(label=_("Depuis le"))
    reason = radios(PauseReason.choices, label=_("Raison"))
    expected_return_on = Day(label=_("Retour prévu le"), required=False)


class DayForm(Form):
    """An act that asks for its day alone; the page words the label."""

    on = Day(label=_("Jour"))

    def __init__(self, *args, label="", help_text="", **options):
        super().__init__(*args, **options)
        self.fields["on"].label = label or self.fields["on"].label
        self.fields["on"].help_text = help_text


class OutcomeForm(ProofForm):
    kind = forms.ChoiceField(
        label=_("Quelle étape ?"),
        choices=lambda: [("", _("Choisissez")), *by_class(OUTCOMES)],
    )
    host = forms.CharField(
        label=_("Où"),
        max_length=120,
        required=False,
        help_text=_("L’entreprise, l’organisme ou l’association."),
    )
    started_on = Day(label=_("Début"))
    weekly_hours = forms.IntegerField(
        label=_("Heures par semaine"), min_value=1, max_value=60, required=False
    )
    field_order = ["kind", "host", "started_on", "weekly_hours"]


class ExitForm(ProofForm):
    kind = radios(lambda: by_class(EXITS), label=_("Quelle sortie ?"))
    weeks = forms.IntegerField(
        label=_("Durée du contrat, en semaines"),
        min_value=1,
        max_value=260,
        required=False,
        help_text=_("Pour un CDD ou un intérim : la durée décide de ce que compte le financeur."),
    )
    on = Day(label=_("Dernier jour du parcours"))
    agreed = radios(
        [("yes", _("Oui")), ("no", _("Non"))],
        label=_("La personne accepte d’être recontactée ?"),
        help_text=_("À la sortie, puis trois et six mois après, pour prendre des nouvelles."),
    )
    field_order = ["on", "kind", "weeks", "agreed"]

    def columns(self, official: set[str]) -> dict[str, list]:
        """The radios of `kind` side by side: official positive exits, the programme's own, the
        rest; in each, (class, radios). They are never mixed (rule 10)."""
        columns: dict[str, dict[str, list]] = {"official": {}, "own": {}, "other": {}}
        for radio in self["kind"]:
            code = EXITS[radio.data["value"]]
            name = "own" if code.is_yes("programme_positive") else "other"
            name = "official" if code.code in official else name
            columns[name].setdefault(CLASSES[code["class"]], []).append(radio)
        return {name: list(groups.items()) for name, groups in columns.items()}


class ExtendForm(Form):
    until_on = Day(label=_("Jusqu’au"))
    reason = PersonText(label=_("Raison"), max_length=200)


class ContactForm(Form):
    kind = radios(ContactKind.choices, label=_("Quel contact ?"))
    on = Day(label=_("Jour"))


class FollowUpForm(Form):
    HOWS = [(TryHow.CALL, _("Par téléphone")), (TryHow.VISIT, _("De vive voix"))]
    RESULTS = [
        (TryResult.ANSWERED, _("Elle a répondu")),
        (TryResult.NO_ANSWER, _("Elle n’a pas répondu")),
        (TryResult.WRONG_NUMBER, _("Ce numéro n’est plus le sien")),
        (TryResult.REFUSED, _("Elle ne souhaite pas répondre")),
    ]
    how = radios(HOWS, label=_("Comment avez-vous essayé ?"))
    on = Day(label=_("Jour"))
    result = radios(RESULTS, label=_("Qu’en est-il ?"))
    situation = forms.ChoiceField(
        label=_("Sa situation aujourd’hui"),
        choices=lambda: [("", _("Choisissez")), *by_class(EXITS)],
        required=False,
        help_text=_("Seulement si elle a répondu."),
    )
    since_on = Day(
        label=_("Depuis le"), required=False, help_text=_("Le premier jour, même à peu près.")
    )
    no_more = forms.BooleanField(
        label=_("Elle ne veut plus être contactée"),
        required=False,
        help_text=_("Les suivis d’après ne se demanderont pas."),
    )


class GiveUpForm(Form):
    reason = radios(UnreachableReason.choices, label=_("Pourquoi"))
