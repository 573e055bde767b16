"""Inviting somebody, as a manager does, and saying yes as they do."""

from django.urls import reverse

from tests.territories.mails import link_in, received

CHOSEN = "un chapeau de paille neuf"
ACCEPTED = {
    "first_name": "Zoé",
    "last_name": "Martin",
    "password1": CHOSEN,
    "password2": CHOSEN,
}


def errors(response) -> dict:
    assert response.status_code == 422
    return response.context["form"].errors


def invite(client, offer) -> str:
    """Send an invitation; returns the path of its link, once the mail arrived."""
    response = client.post(reverse("invite"), offer)
    assert response.status_code == 302, response.context["form"].errors
    return link_in(received(offer["email"].lower()))
