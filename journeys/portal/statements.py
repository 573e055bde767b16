"""« Mes heures »: what one did each month, to read and to sign oneself."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _

from journeys.portal.portal import own_page, show
from journeys.registers.actions.stating import sign
from journeys.registers.coordination.statements import paper, shown
from journeys.registers.forms import SignForm
from journeys.registers.hours import said
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


@own_page
def statements(request, journey):
    found = list(journey.statements.all().standing().order_by("-month"))
    for one in found:
        one.said = said(one.minutes)
    return show(request, "statements", journey, statements=found)


def _own(journey, pk: int):
    found = get_object_or_404(journey.statements.all(), pk=pk)
    found.journey = journey
    return found


@own_page
def statement(request, journey, pk):
    """Read, then signed by one's own act; one that was corrected since stays readable."""
    found = _own(journey, pk)
    label = _("C’est bien ce que j’ai fait")
    form = bound(SignForm, request, label=label, initial={"sha256": found.sha256})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sign(statement=found, by=request.user, sha256=form.cleaned_data["sha256"])
            except ValidationError as error:
                say_refusal(form, error)
            else:
                tell(request, _("Vous avez signé vos heures."))
                return redirect("portal_statement", pk)
    return show(
        request,
        "statement",
        journey,
        status=status,
        statement=found,
        rows=shown(found),
        total=said(found.minutes) or _("aucune heure"),
        form=form,
        may_sign=found.replaced_at is None and found.person_signed_at is None,
    )


@own_page
def document(request, journey, pk):
    with translation.override("fr"):  # the same paper as the team's
        return paper(_own(journey, pk), "attachment")
