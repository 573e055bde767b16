"""The programme's own terms of the contract, in each language: written by the manager."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from journeys.contracts.actions.terms import write_wordings
from journeys.contracts.forms import WordingsForm
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.coordination.tabs import tabs_for
from territories.places.models import Territory
from territories.programmes.models import Programme


def contract_wordings(request):
    """One programme at a time: the one asked for, or the first the person manages."""
    programmes = _managed(request.user)
    if not programmes:
        raise PermissionDenied
    programme = _chosen(programmes, request.GET.get("programme"))
    there = {one.language: one.text for one in programme.contract_wordings.all()}
    form = bound(WordingsForm, request, initial=there)
    if request.method == "POST" and form.is_valid():
        write_wordings(programme=programme, by=request.user, texts=form.texts)
        tell(request, _("Les textes sont enregistrés. Les contrats déjà figés ne changent pas."))
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "programme": programme,
        "programmes": programmes,
        "tabs": tabs_for(request),
    }
    status = 422 if form.is_bound and form.errors and request.method == "POST" else 200
    return render(request, "journeys/contracts/wordings.html", context, status=status)


def _managed(user) -> list[Programme]:
    here = user.territories_where("programme.manage")
    held = Territory.objects.visible_to(user).filter(pk__in=here).values("programme")
    return list(Programme.objects.visible_to(user).filter(pk__in=held))


def _chosen(programmes: list[Programme], asked: str | None) -> Programme:
    found = next((one for one in programmes if str(one.pk) == asked), None)
    if asked and found is None:
        raise Http404
    return found or programmes[0]
