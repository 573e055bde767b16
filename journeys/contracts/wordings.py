"""The programme's own terms of the contract, in each language: written by the manager."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from journeys.contracts.actions.terms import write_wordings
from journeys.contracts.forms import WordingsForm
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.coordination.pages import managed, managed_programme, part


def contract_wordings(request):
    programme = managed_programme(request)
    there = {one.language: one.text for one in programme.contract_wordings.all()}
    form = bound(WordingsForm, request, initial=there)
    if request.method == "POST" and form.is_valid():
        write_wordings(programme=programme, by=request.user, texts=form.texts)
        tell(request, _("Les textes sont enregistrés. Les contrats déjà figés ne changent pas."))
        return redirect(request.get_full_path())
    context = {"form": form, "programme": programme, "programmes": managed(request)}
    status = 422 if request.method == "POST" else 200
    return part(request, "journeys/contracts/wordings.html", context, status)
