"""Contract day: one large, plain page per step, to be read side by side; stop and resume at will.

No menu and nobody else's name on these pages: the person sits in front of the same screen. No code
is ever shown on it, and nobody signs in someone's place.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.contracts.actions import preparing, signing
from journeys.contracts.coordination import achievements_for, contract_journey
from journeys.contracts.enums import Signer
from journeys.contracts.forms import (
    FreezeForm,
    IdentityForm,
    SignHandForm,
    SignSelfForm,
    TermsForm,
    objectives_form,
)
from journeys.contracts.reading import changes_of, steps_of
from journeys.contracts.spoken import spoken
from journeys.contracts.writing import fingerprint, paragraphs, written
from journeys.messages.enums import Language
from journeys.pathway.pages import ActPage
from rtr.lib import french
from rtr.lib.told import tell


class Elsewhere(Exception):
    """The page has no object any more: its sentence is shown on the contract's tab."""


class DayPage(ActPage):
    """A step, on the contract in preparation."""

    permission = "contracts.prepare"
    template_name = "journeys/contracts/step.html"
    submit = _("Enregistrer et continuer")
    done = _("C’est enregistré. Vous pouvez vous arrêter là et reprendre plus tard.")
    number = 0
    is_frozen = False  # whether the step comes after the text was frozen
    next_step = "contract"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Elsewhere as elsewhere:
            tell(request, str(elsewhere), level=messages.INFO)
            return redirect("contract", kwargs["pk"])

    def find(self, request, pk, **kwargs):
        journey = contract_journey(request, pk, self.permission)
        contract = journey.contracts.all().prepared().first()
        if contract is None:
            raise Elsewhere(_now("Aucun contrat n’est en préparation."))
        if contract.is_frozen and not self.is_frozen:
            raise Elsewhere(_now("Le texte est figé : il ne change plus, il reste à signer."))
        if self.is_frozen and not contract.is_frozen:
            raise Elsewhere(_now("Le texte se signe une fois relu et figé."))
        contract.journey = journey
        self.contract = contract
        return journey

    def next_url(self):
        return reverse(self.next_step, args=[self.journey.pk])

    def extra(self):
        return {
            "contract": self.contract,
            "back_url": reverse("contract", args=[self.journey.pk]),
        }


class IdentityPage(DayPage):
    number = 1
    form_class = IdentityForm
    title = _("Qui signe ce contrat ?")
    lead = _("Aucun papier n’est gardé. Ce qui manque peut se compléter plus tard.")
    next_step = "contract_objectives"

    def initial(self):
        participant = self.journey.participant
        return {field: getattr(participant, field) for field in preparing.IDENTITY}

    def act(self, form, seen):
        return preparing.write_identity(
            contract=self.contract, by=self.request.user, seen=seen, identity=form.cleaned_data
        )


class ObjectivesPage(DayPage):
    number = 2
    template_name = "journeys/contracts/objectives.html"
    title = _("Que visez-vous ?")
    next_step = "contract_terms"

    @property
    def lead(self):
        most = self.journey.territory.programme.objectives_at_signature
        return _now("Un objectif suffit pour commencer, %(most)s au plus.") % {
            "most": french.spelled(most)
        }

    @property
    def form_class(self):
        return objectives_form(self.journey.territory.programme.objectives_at_signature)

    def form_options(self):
        self.achievements = achievements_for(self.request.user, self.journey)
        return {"initial": self.initial(), "achievements": self.achievements}

    def initial(self):
        typed = {}
        for number, objective in enumerate(self.contract.objectives.order_by("rank"), start=1):
            typed[f"wording_{number}"] = objective.wording
            typed[f"achievement_{number}"] = objective.achievement_id
        return typed

    def act(self, form, seen):
        return preparing.write_objectives(
            contract=self.contract,
            by=self.request.user,
            seen=seen,
            objectives=form.objectives,
        )

    def extra(self):
        agreed = self.journey.objectives.all().agreed().ongoing().order_by("rank")
        return super().extra() | {"achievements": self.achievements, "agreed": agreed}


class TermsPage(DayPage):
    number = 3
    form_class = TermsForm
    title = _("Combien de temps, dans quelle langue ?")
    lead = _("Le contrat se lit ensemble, à voix haute si c’est mieux.")
    next_step = "contract_freeze"

    def initial(self):
        fields = TermsForm.base_fields
        return {field: getattr(self.contract, field) for field in fields}

    def act(self, form, seen):
        return preparing.write_terms(
            contract=self.contract, by=self.request.user, seen=seen, terms=form.cleaned_data
        )


class FreezePage(DayPage):
    number = 4
    template_name = "journeys/contracts/freeze.html"
    form_class = FreezeForm
    title = _("Relisez ensemble")
    lead = _("C’est tout le texte. Prenez le temps, posez vos questions.")
    submit = _("Figer ce texte")
    done = _("Le texte est figé : il ne changera plus. Il reste à signer.")

    def act(self, form, seen):
        return preparing.freeze(
            contract=self.contract,
            by=self.request.user,
            seen=seen,
            read=form.cleaned_data["read"],
        )

    def extra(self):
        steps = steps_of(self.contract)
        ready = all(step.is_done for step in steps)
        text = written(self.contract) if ready else ""
        return super().extra() | {
            "steps": steps,
            "ready": ready,
            "paragraphs": paragraphs(text),
            "read": fingerprint(text),
            "differences": changes_of(self.contract, spoken(Language.FRENCH)) if ready else [],
        }


class SignPage(DayPage):
    permission = "contracts.sign"
    is_frozen = True

    def next_url(self):
        """After the last signature of a first contract, the entry; otherwise the tab."""
        signed = self.journey.contracts.all().signed().filter(pk=self.contract.pk)
        if self.request.method == "POST" and self.contract.number == 1 and signed.exists():
            return reverse("contract_entered", args=[self.journey.pk])
        return super().next_url()

    def extra(self):
        return super().extra() | {"paragraphs": paragraphs(self.contract.text)}


class SignSelfPage(SignPage):
    """The coordinator or the referent signs, for themselves, in their own session."""

    template_name = "journeys/contracts/sign_self.html"
    form_class = SignSelfForm
    title = _("Signer pour vous")
    submit = _("Signer")
    done = _("Votre signature est enregistrée.")

    def find(self, request, pk, **kwargs):
        journey = super().find(request, pk)
        self.signer = signing.signer_of(request.user, journey)
        if self.signer is None:
            raise PermissionDenied
        if self.contract.signatures.filter(user=request.user).exists():
            raise Elsewhere(_now("Vous avez déjà signé ce contrat."))
        return journey

    def form_options(self):
        name = {"name": self.request.user.get_full_name()}
        return {"label": _now("Je signe pour moi, %(name)s") % name}

    def act(self, form, seen):
        return signing.sign_in_session(
            contract=self.contract, by=self.request.user, seen=seen, signer=self.signer
        )

    def extra(self):
        return super().extra() | {"signer": self.signer}


class SignHandPage(SignPage):
    """The person or the guardian signed the printed page; its photograph is received."""

    template_name = "journeys/contracts/sign_hand.html"
    form_class = SignHandForm
    submit = _("Recevoir cette signature")
    done = _("La signature est reçue, avec la page photographiée.")

    def find(self, request, pk, signer, **kwargs):
        journey = super().find(request, pk)
        if signer not in signing.BY_HAND:
            raise Http404
        self.signer = Signer(signer)
        if self.signer == Signer.GUARDIAN and not journey.participant.guardian:
            raise Http404
        if self.contract.signatures.filter(signer=signer).exists():
            raise Elsewhere(_now("Cette signature est déjà là."))
        return journey

    @property
    def who(self) -> str:
        participant = self.journey.participant
        return participant.nickname if self.signer == Signer.PARTICIPANT else participant.guardian

    @property
    def title(self):
        return _now("%(name)s signe à la main") % {"name": self.who}

    def form_options(self):
        return {"label": _now("%(name)s a signé cette page devant moi") % {"name": self.who}}

    def act(self, form, seen):
        return signing.sign_by_hand(
            contract=self.contract,
            by=self.request.user,
            seen=seen,
            signer=self.signer,
            photo=form.cleaned_data["photo"],
        )

    def extra(self):
        return super().extra() | {"who": self.who}
