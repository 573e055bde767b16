"""« Mes papiers »: the person keeps their own, opens them, takes them away."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.documents.actions import add_document, erase_paper
from journeys.documents.handing import handed_over
from journeys.portal.forms import KINDS, OwnPaperForm
from journeys.portal.portal import own_page, show
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


def _own(journey):
    return journey.participant.documents.own().standing()


def _can_keep(journey) -> bool:
    """Not before a contract is being prepared: a paper would say the name (rule 1)."""
    return journey.participant.identified_on is not None


def _told(paper) -> str:
    return paper.title or str(dict(KINDS)[paper.kind])


@own_page
def papers(request, journey):
    return show(
        request,
        "papers",
        journey,
        papers=[(one, _told(one)) for one in _own(journey).select_related("seen_by")],
        can_keep=_can_keep(journey),
    )


@own_page
def paper(request, journey, pk):
    return handed_over(request, _own(journey), pk)


@own_page
def paper_add(request, journey):
    if not _can_keep(journey):
        return redirect("portal_papers")
    form = bound(OwnPaperForm, request)
    if request.method == "POST" and form.is_valid() and _added(request, journey, form):
        tell(request, _("Votre papier est gardé."))
        return redirect("portal_papers")
    status = 422 if request.method == "POST" else 200
    return show(request, "paper_add", journey, status=status, form=form)


def _added(request, journey, form) -> bool:
    try:
        add_document(
            participant=journey.participant,
            by=request.user,
            seen_on=timezone.localdate(),
            **form.paper(),
        )
    except ValidationError as error:
        say_refusal(form, error)
    return form.is_valid()


@own_page
def paper_remove(request, journey, pk):
    """Two taps: the link that leads here, and the button; the file goes at once."""
    found = get_object_or_404(_own(journey), pk=pk)
    if request.method == "POST":
        erase_paper(document=found, by=request.user)
        tell(request, _("C’est effacé."))
        return redirect("portal_papers")
    back = reverse("portal_papers")
    return show(request, "paper_remove", journey, paper=found, word=_told(found), back=back)
