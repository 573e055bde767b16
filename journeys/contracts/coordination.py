"""The contract in somebody's file: the tab, its versions, its paper; objectives after signature."""

from datetime import timedelta

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from badges.achievements.enums import Status
from badges.achievements.models import Achievement
from journeys.contracts.actions.objectives import add_objective, decide_objective
from journeys.contracts.actions.preparing import cancel, prepare
from journeys.contracts.forms import DecisionForm, ObjectiveForm
from journeys.contracts.models import Contract
from journeys.contracts.printing import pdf
from journeys.contracts.reading import (
    changes_of,
    objectives_of,
    places_of,
    proposals_of,
    steps_of,
    versions_of,
)
from journeys.contracts.spoken import spoken
from journeys.contracts.writing import paragraphs
from journeys.messages.enums import Language
from journeys.pathway.file import file_context
from journeys.pathway.models import Journey
from journeys.pathway.pages import ActPage, journey_for
from journeys.pathway.reading import reading_of
from rtr.lib.forms import Form
from territories.journal.actions import record
from territories.journal.enums import Act


def contract_journey(request, pk: int, permission: str) -> Journey:
    """A contract holds a name and a birth date: a reference of activity reads none."""
    journey = journey_for(request, pk, permission)
    if not reading_of(request.user, journey).answers:
        raise PermissionDenied
    return journey


def achievements_for(user, journey: Journey) -> list[Achievement]:
    """Those that can be aimed at: published; one retired since stays where it is aimed at."""
    known = Achievement.objects.visible_to(user).filter(programme=journey.territory.programme_id)
    aimed = journey.objectives.exclude(achievement=None).values("achievement")
    return list(known.filter(Q(status=Status.PUBLISHED) | Q(pk__in=aimed)))


# -- The tab, and what is read or printed from it --------------------------------------------------


def contract(request, pk):
    journey = contract_journey(request, pk, "contracts.read")
    versions = versions_of(journey)
    for version in versions:
        version.journey = journey
    pending = next((version for version in versions if version.is_pending), None)
    steps = steps_of(pending) if pending and not pending.is_frozen else []
    places = places_of(pending, request.user) if pending and pending.is_frozen else []
    urls = [step.url for step in steps if not step.is_done] + [place.url for place in places]
    context = file_context(request, journey, "contract")
    context |= {
        "versions": versions,
        "pending": pending,
        "in_force": next((version for version in versions if version.signed_on), None),
        "steps": steps,
        "places": places,
        "next_url": next((url for url in urls if url), ""),
        "erased_on": _erased_on(journey),
        "objectives": objectives_of(journey),
        "proposals": proposals_of(journey),
        "refused": next((version for version in versions[:1] if version.refused_at), None),
        "differences": changes_of(pending, spoken(Language.FRENCH)) if places else [],
        "can_prepare": request.user.may("contracts.prepare", journey.territory_id),
    }
    return render(request, "journeys/contracts/contract.html", context)


def _erased_on(journey: Journey):
    """Until when an identity may wait for all the signatures of a first contract."""
    noted_on = journey.participant.identified_on
    if journey.entry_on or not noted_on:
        return None
    return noted_on + timedelta(days=journey.territory.programme.unsigned_contract_days)


def version_for(request, pk: int, number: int) -> Contract:
    """A frozen version of the contract; a draft has no text to show yet."""
    journey = contract_journey(request, pk, "contracts.read")
    frozen = journey.contracts.filter(frozen_at__isnull=False)
    found = get_object_or_404(frozen.prefetch_related("signatures"), number=number)
    found.journey = journey
    return found


def contract_text(request, pk, number):
    """The text as it was frozen, in big."""
    version = version_for(request, pk, number)
    context = {
        "contract": version,
        "journey": version.journey,
        "participant": version.journey.participant,
        "paragraphs": paragraphs(version.text),
        "places": places_of(version, request.user),
        "translations": version.translations.all(),
    }
    return render(request, "journeys/contracts/contract_text.html", context)


@csp_update({"object-src": [SELF]})  # the browser's own reader is an object
def contract_pdf(request, pk, number):
    version = version_for(request, pk, number)
    language = request.GET.get("langue", Language.FRENCH)
    paper = pdf(version, places_of(version, request.user), language)
    record(
        Act.PRINTED,
        by=request.user,
        territory_id=version.territory_id,
        participant_id=version.journey.participant_id,
        about=version,
    )
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="contrat-version-{number}.pdf"'
    return response


def contract_entered(request, pk):
    """All have signed: what that opens, and what comes next."""
    journey = contract_journey(request, pk, "contracts.read")
    version = journey.contracts.all().signed().last()
    if journey.entry_on is None or version is None:
        raise Http404
    context = {
        "journey": journey,
        "participant": journey.participant,
        "contract": version,
        "questions_days": journey.territory.programme.entry_questions_days,
    }
    return render(request, "journeys/contracts/entered.html", context)


# -- Opening and setting aside ---------------------------------------------------------------------


class PreparePage(ActPage):
    permission = "contracts.prepare"
    template_name = "journeys/contracts/prepare.html"
    form_class = Form
    submit = _("Commencer")
    done = _("Le contrat est ouvert. Vous pouvez vous arrêter et reprendre : rien ne se perd.")

    def find(self, request, pk, **kwargs):
        return contract_journey(request, pk, self.permission)

    @property
    def title(self):
        name = {"name": self.journey.participant.nickname}
        if self.journey.entry_on:
            return _now("Préparer un avenant avec %(name)s") % name
        return _now("Préparer le contrat avec %(name)s") % name

    def get(self, request, *args, **kwargs):
        if self.journey.contracts.all().prepared().exists():
            return redirect("contract", self.journey.pk)
        return super().get(request, *args, **kwargs)

    def act(self, form, seen):
        return prepare(journey=self.journey, by=self.request.user, seen=seen)

    def next_url(self):
        return reverse("contract_identity", args=[self.journey.pk])

    def extra(self):
        return {"back_url": reverse("contract", args=[self.journey.pk])}


class CancelPage(ActPage):
    permission = "contracts.prepare"
    template_name = "journeys/contracts/cancel.html"
    form_class = Form
    title = _("Annuler le contrat préparé ?")
    submit = _("Annuler ce contrat")
    done = _("Le contrat préparé est annulé.")
    danger = True

    def find(self, request, pk, **kwargs):
        journey = contract_journey(request, pk, self.permission)
        self.contract = get_object_or_404(journey.contracts.all().prepared())
        return journey

    def act(self, form, seen):
        return cancel(contract=self.contract, by=self.request.user, seen=seen)

    def next_url(self):
        return reverse("contract", args=[self.journey.pk])

    def extra(self):
        return {"contract": self.contract, "signed": self.contract.signatures.count()}


# -- Objectives after the signature ----------------------------------------------------------------


class ObjectivePage(ActPage):
    permission = "contracts.prepare"

    def find(self, request, pk, **kwargs):
        return contract_journey(request, pk, self.permission)

    def next_url(self):
        return reverse("contract", args=[self.journey.pk])


class ObjectiveAddPage(ObjectivePage):
    form_class = ObjectiveForm
    title = _("Ajouter un objectif")
    lead = _("Il se convient à deux, chacun par un acte daté ; le contrat ne change pas.")
    submit = _("Ajouter l’objectif")

    @property
    def done(self):
        if self.objective.waits_for_person:
            name = {"name": self.journey.participant.nickname}
            return _now("L’objectif est proposé : il attend l’accord de %(name)s.") % name
        return _now("L’objectif est ajouté.")

    def form_options(self):
        name = self.journey.participant.nickname
        return {
            "achievements": achievements_for(self.request.user, self.journey),
            "name": name,
            "present": f"{name}, {self.request.user.first_name}",
        }

    def act(self, form, seen):
        self.objective = add_objective(
            journey=self.journey,
            by=self.request.user,
            seen=seen,
            wording=form.cleaned_data["wording"],
            achievement=form.cleaned_data["achievement"],
            present=form.cleaned_data["present"],
        )
        return self.objective


class ObjectiveDecidePage(ObjectivePage):
    template_name = "journeys/contracts/decide.html"
    form_class = DecisionForm
    title = _("Décider d’un objectif")
    submit = _("Enregistrer la décision")
    done = _("La décision est notée, avec sa date et sa raison.")

    def find(self, request, pk, objective, **kwargs):
        journey = super().find(request, pk)
        there = journey.objectives.filter(pk=objective).select_related("achievement")
        self.objective = get_object_or_404(there.agreed() | there.proposed())
        return journey

    def act(self, form, seen):
        return decide_objective(
            objective=self.objective,
            by=self.request.user,
            seen=seen,
            reached=form.cleaned_data["decision"] == "reached",
            reason=form.cleaned_data["reason"],
        )

    def extra(self):
        return {"objective": self.objective}
