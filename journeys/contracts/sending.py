"""The team sends a link to somebody's own phone; no code ever shows on these pages."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.contracts.actions import signing
from journeys.contracts.actions.linking import addresses_of, send_link
from journeys.contracts.actions.objectives import agree_objective
from journeys.contracts.actions.preparing import REACHED, write_reached
from journeys.contracts.coordination import contract_journey
from journeys.contracts.day import Elsewhere, SignPage
from journeys.contracts.enums import Signer
from journeys.contracts.forms import LinkForm, ReachedForm
from journeys.contracts.reading import proposals_of, sent_to
from journeys.messages.actions.sending import end_of_quiet
from journeys.messages.enums import Channel
from journeys.messages.models import OutboundMessage
from journeys.pathway.pages import ActPage
from rtr import due
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.told import tell

GONE = _("Le lien part. Il marche sept jours, sur un seul téléphone.")
LATER = _(
    "Le lien partira à huit heures, jamais la nuit. Il marche sept jours, sur un seul téléphone."
)
REFUSED = _("Ce numéro ne veut plus de messages. Voyez-vous, ou faites signer la page imprimée.")


def gone(message: OutboundMessage):
    """What became of the link, in the words of the night where it waits for the morning."""
    if message.status == due.Status.CANCELLED:
        return REFUSED
    may_wait = message.channel == Channel.SMS and not message.is_awaited
    return LATER if may_wait and end_of_quiet(timezone.localtime()) else GONE


class LinkPage(SignPage):
    """« Envoyer le lien », « Relancer »: a new link, and the one before works no more."""

    template_name = "journeys/contracts/link.html"
    form_class = LinkForm
    message = None

    def find(self, request, pk, signer, **kwargs):
        journey = super().find(request, pk)
        if signer not in signing.BY_HAND:
            raise Http404
        self.signer = Signer(signer)
        if self.signer == Signer.GUARDIAN and not journey.participant.guardian:
            raise Http404
        if self.contract.signatures.filter(signer=signer).exists():
            raise Elsewhere(_now("Cette signature est déjà là."))
        self.addresses = addresses_of(journey.participant, self.signer)
        self.sent = sent_to(self.contract, self.signer)
        return journey

    @property
    def who(self) -> str:
        participant = self.journey.participant
        return participant.nickname if self.signer == Signer.PARTICIPANT else participant.guardian

    @property
    def title(self):
        sentence = _now("Relancer %(name)s") if self.sent else _now("Envoyer le lien à %(name)s")
        return sentence % {"name": self.who}

    @property
    def lead(self):
        return _now("%(name)s lit le contrat et le signe sur son propre téléphone.") % {
            "name": self.who
        }

    @property
    def submit(self):
        return _now("Envoyer un autre lien") if self.sent else _now("Envoyer le lien")

    @property
    def done(self):
        return gone(self.message)

    def form_options(self):
        there = _now("%(name)s est devant moi : le message part tout de suite") % {"name": self.who}
        return {"addresses": self.addresses, "label": there}

    def act(self, form, seen):
        self.message = send_link(
            journey=self.journey,
            by=self.request.user,
            seen=seen,
            about=self.contract,
            signer=self.signer,
            channel=form.cleaned_data["channel"],
            is_awaited=form.cleaned_data["is_there"],
            is_reminder=self.sent is not None and not form.cleaned_data["is_there"],
        )
        return self.message

    def extra(self):
        return super().extra() | {"who": self.who, "sent": self.sent, "addresses": self.addresses}


class ReachedPage(ActPage):
    """Where the person and the guardian receive their links."""

    permission = "contracts.prepare"
    form_class = ReachedForm
    title = _("Où joindre la personne ?")
    lead = _("Un lien déjà envoyé à un ancien numéro ne marche plus.")
    submit = _("Enregistrer les numéros")
    done = _("Les numéros sont enregistrés.")

    def find(self, request, pk, **kwargs):
        journey = contract_journey(request, pk, self.permission)
        if journey.participant.identified_on is None:
            raise Http404
        return journey

    def form_options(self):
        return {"initial": self.initial(), "participant": self.journey.participant}

    def initial(self):
        """Numbers as one dials them here; a foreign one keeps its country."""
        reached = {field: getattr(self.journey.participant, field) for field in REACHED}
        mail = reached.pop("guardian_email")
        numbers = {field: french.phone(str(number or "")) for field, number in reached.items()}
        return numbers | {"guardian_email": mail}

    def act(self, form, seen):
        reached = {field: value or "" for field, value in form.cleaned_data.items()}
        is_lost = bool(reached.pop("is_lost"))
        return write_reached(
            journey=self.journey,
            by=self.request.user,
            seen=seen,
            reached=reached,
            is_lost=is_lost,
        )

    def next_url(self):
        """Where they were: a contract that waits for them, or the file."""
        waits = self.journey.contracts.prepared().exists()
        return reverse("contract" if waits else "journey", args=[self.journey.pk])


# -- Objectives that wait --------------------------------------------------------------------------


@post_only
def objective_link(request, pk, objective):
    """The proposal leaves for the person's own phone."""
    journey = contract_journey(request, pk, "contracts.prepare")
    found = get_object_or_404(proposals_of(journey), pk=objective)
    try:
        message = send_link(journey=journey, by=request.user, seen=None, about=found)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, str(gone(message)))
    return redirect("contract", journey.pk)


@post_only
def objective_accept(request, pk, objective):
    """The team says yes to what the person proposes."""
    journey = contract_journey(request, pk, "contracts.prepare")
    found = get_object_or_404(proposals_of(journey, everything=True), pk=objective)
    try:
        agree_objective(objective=found, by=request.user, seen=None)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _now("C’est convenu : l’objectif est noté."))
    return redirect("contract", journey.pk)
