"""Acting on a file as a browser does: open the page of the act, send its form."""

from django.urls import reverse

from journeys.models import Journey
from rtr import scope


class Actor:
    """A person with a session: `actor.does("pause", journey, from_on=…)` posts the act's form."""

    def __init__(self, client):
        self.client = client

    def opens(self, name, journey, *args):
        return self.client.get(reverse(name, args=[journey.pk, *args]))

    def does(self, name, journey, *args, seen=None, **data):
        if seen is None:
            with scope.everything("test"):
                seen = Journey.objects.values_list("version", flat=True).get(pk=journey.pk)
        return self.client.post(reverse(name, args=[journey.pk, *args]), data | {"seen": seen})


def errors(response) -> dict[str, list[str]]:
    """Field → sentences of a refused form; `__all__` for those on top."""
    assert response.status_code == 422, response.status_code
    return {field: list(found) for field, found in response.context["form"].errors.items()}


def told(response) -> str:
    """What the next page says of the act."""
    return " ".join(str(message) for message in response.context["messages"])
