"""In a demonstration, a card that anybody may try: its address and its figures are known."""

from django.conf import settings
from django.urls import reverse

TOKEN, PIN = "carte-de-demonstration", "2580"  # noqa: S105  published on purpose
PHONE = "+33639980001"  # of those kept for fiction; two people share it


def demo_card() -> dict | None:
    if not settings.DEMO:
        return None
    return {"url": reverse("portal_card", args=[TOKEN]), "pin": PIN, "phone": PHONE}
