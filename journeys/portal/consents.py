"""« Mes accords »: what the person agreed to, since when, with whom; taken back in two taps."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from journeys.portal.portal import own_page, show
from journeys.rights.actions import consenting
from rtr.lib.told import tell


@own_page
def consents(request, journey):
    rows = consenting.agreed(journey)
    given = [row for row in rows if row.is_given]
    refused = [row for row in rows if not row.is_given]
    return show(request, "rights/consents", journey, given=given, refused=refused)


@own_page
def consent(request, journey, what, about):
    """Two taps: the link that leads here, and the button, which says which of the two it asks."""
    found = consenting.one(journey, what, about)
    if found is None:
        raise Http404
    if request.method == "POST":
        given = request.POST.get("given") == "yes"
        of = {"journey": journey, "by": request.user, "kind": what, "about": about}
        try:
            consenting.change(**of, given=given)
        except ValidationError as error:
            tell(request, " ".join(error.messages), level=messages.WARNING)
        else:
            tell(request, _("C’est noté : oui.") if given else _("C’est noté : non."))
        return redirect("portal_consents")
    return show(request, "rights/consent", journey, one=found)
