"""The team gives somebody the way into their own pages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.pathway.pages import journey_for
from journeys.portal.actions import (
    give_card,
    give_link,
    give_screen_code,
    number_of,
    revoke_cards,
    send_link,
)
from rtr.lib import qr
from rtr.lib.http import post_only
from rtr.lib.told import tell


def link_give(request, pk):
    """Shown once, on this page only: what is kept does not let the link be written again."""
    journey = journey_for(request, pk, "journeys.act")
    if "send" in request.POST:
        return _link_send(request, journey)
    return _given(request, journey, "link_give", _link, number=number_of(journey.participant))


def _link_send(request, journey):
    try:
        send_link(journey=journey, by=request.user, site=settings.SITE_URL)
    except ValidationError as error:
        return _page(request, journey, "link_give", refused=" ".join(error.messages))
    tell(request, _("Le lien part par SMS."))
    return redirect("journey", journey.pk)


def card_give(request, pk):
    """A card to print: the drawing and the figures are shown once, now."""
    journey = journey_for(request, pk, "journeys.act")
    cards = journey.participant.cards.all()
    return _given(request, journey, "card_give", _card, card=cards.active().first())


@post_only
def card_revoke(request, pk):
    journey = journey_for(request, pk, "journeys.act")
    revoke_cards(journey=journey, by=request.user)
    tell(request, _("La carte ne marche plus."))
    return redirect("card_give", journey.pk)


def screen_give(request, pk):
    """Figures to read out, and a drawing to aim at: for ten minutes, once."""
    journey = journey_for(request, pk, "journeys.act")
    return _given(request, journey, "screen_give", _screen)


def _given(request, journey, template, give, **context):
    if request.method == "POST":
        try:
            context |= give(request, journey)
        except ValidationError as error:
            context["refused"] = " ".join(error.messages)
    return _page(request, journey, template, **context)


def _page(request, journey, template, **context):
    context = {"link": "", "refused": ""} | context
    context |= {"journey": journey, "participant": journey.participant}
    return render(request, f"journeys/portal/{template}.html", context)


def _link(request, journey) -> dict:
    return _drawn(request, "portal_enter", give_link(journey=journey, by=request.user))


def _card(request, journey) -> dict:
    token, pin = give_card(journey=journey, by=request.user)
    return _drawn(request, "portal_card", token) | {"pin": pin}


def _screen(request, journey) -> dict:
    figures, token = give_screen_code(journey=journey, by=request.user)
    figures = f"{figures[:4]} {figures[4:]}"
    page = request.build_absolute_uri(reverse("portal_screen"))
    return _drawn(request, "portal_enter", token) | {"figures": figures, "page": page}


def _drawn(request, name: str, token: str) -> dict:
    link = request.build_absolute_uri(reverse(name, args=[token]))
    return {"link": link, "qr": qr.svg(link, _("À viser avec un téléphone"))}
