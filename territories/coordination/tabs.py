"""The tabs of « Programme »: one per subject, those the person may open."""

from types import SimpleNamespace

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# The page, its word, the permission that opens it. Some pages belong to apps above: by name only.
TABS = [
    ("programme", _("Vue d’ensemble"), "programme.manage"),
    ("territories", _("Territoires"), "territories.read"),
    ("organisations", _("Structures"), "organisations.read"),
    ("places", _("Lieux"), "organisations.read"),
    ("badge_issuers", _("Émetteurs"), "badges.issuers"),
    ("accounts", _("Comptes"), "programme.manage"),
    ("message_templates", _("Messages types"), "messages.word"),
    ("contract_wordings", _("Textes du contrat"), "programme.manage"),
    ("programme_settings", _("Réglages"), "programme.manage"),
]


def tabs_for(request) -> list[SimpleNamespace]:
    """For `components/_tabs.html`; the current one is that whose address the page is under."""
    found = []
    for name, label, permission in TABS:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if request.user.may(permission):
            current = request.path == url or name != "programme" and request.path.startswith(url)
            found.append(SimpleNamespace(url=url, label=label, current=current))
    return found
