"""The contract on the person's own pages: read, listened to, signed with a code; objectives."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journeys.contracts import portal as signing
from journeys.contracts.actions.linking import language_of
from journeys.contracts.actions.objectives import add_objective, agree_objective
from journeys.contracts.enums import Agreed, Signer
from journeys.contracts.forms import ProposalForm
from journeys.contracts.models import Contract
from journeys.contracts.reading import objectives_of, proposals_of, versions_of
from journeys.contracts.spoken import Spoken, spoken
from journeys.contracts.visit import Visit, language_in
from journeys.messages.enums import Language
from journeys.pathway.models import Journey
from journeys.portal.portal import around, own_contract, own_page
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.told import tell


def visiting(view):
    """Gives the view a Visit of the person's own contract: in force, or frozen and waiting."""

    @own_page
    @wraps(view)
    def page(request, journey):
        contract = own_contract(versions_of(journey))
        if contract is None:
            raise Http404
        contract.journey = journey
        return view(request, _visit(request, journey, contract))

    return page


def _visit(request, journey: Journey, contract: Contract) -> Visit:
    words = spoken(language_in(request, _read_in(journey, contract)))
    around = _around(request, journey, words)
    signer = Signer.PARTICIPANT
    return Visit(journey, contract, signer, words, user=request.user, around=around)


def _read_in(journey: Journey, contract: Contract | None) -> str:
    """As the person's other pages; a language that no contract is written in, as the last one."""
    code = get_language()
    return code if code in Language else language_of(journey, contract)


def _around(request, journey: Journey, words: Spoken) -> dict:
    return {
        **around(request, journey, words),
        "objectives": objectives_of(journey),
        "proposals": proposals_of(journey),
    }


read = visiting(signing.read_page)
send = post_only(visiting(signing.send_page))
code = visiting(signing.code_page)
document = visiting(signing.pdf_page)


@visiting
def refuse(request, visit):
    """Afterwards there is no contract to show: thanks are said at home."""
    answer = signing.refuse_page(request, visit)
    if answer.status_code == 302 and Contract.objects.visible_to(request.user).refused().exists():
        tell(request, visit.spoken.say("refuse", "done_title"))
        return redirect("portal")
    return answer


# -- Objectives: each side its own act -------------------------------------------------------------


@post_only
@own_page
def agree(request, journey, objective):
    """« Je suis d’accord » with what the team proposes; a second tap changes nothing."""
    found = get_object_or_404(proposals_of(journey, everything=True), pk=objective)
    try:
        agree_objective(objective=found, by=None, seen=None, how=Agreed.PORTAL)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.INFO)
    else:
        tell(request, _("C’est noté : vous êtes d’accord."))
    return redirect("portal_contract")


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def propose(request, journey):
    """The person proposes, the team answers; in their own words."""
    if journey.entry_on is None:
        raise Http404
    words = spoken(language_in(request, _read_in(journey, None)))
    form = bound(ProposalForm, request, words=words.words["objective"])
    if request.method == "POST" and form.is_valid():
        add_objective(
            journey=journey,
            by=None,
            seen=None,
            wording=form.cleaned_data["wording"],
            from_person=True,
        )
        tell(request, words.say("objective", "proposed"))
        return redirect("portal_contract")
    context = _around(request, journey, words) | {
        "form": form,
        "spoken": words,
        "languages": Language,
        "read_url": request.path,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "journeys/portal/propose.html", context, status=status)
