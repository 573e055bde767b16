"""The team gives somebody the way into their own pages."""

from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.pathway.pages import journey_for
from journeys.portal.actions import give_link
from rtr.lib import qr


def link_give(request, pk):
    """Shown once, on this page only: what is kept does not let the link be written again."""
    journey = journey_for(request, pk, "journeys.act")
    context = {"journey": journey, "participant": journey.participant, "link": "", "refused": ""}
    if request.method == "POST":
        try:
            token = give_link(journey=journey, by=request.user)
        except ValidationError as error:
            context["refused"] = " ".join(error.messages)
        else:
            link = request.build_absolute_uri(reverse("portal_enter", args=[token]))
            context |= {"link": link, "qr": qr.svg(link, _("Le lien, à viser avec un téléphone"))}
    return render(request, "journeys/portal/link_give.html", context)
