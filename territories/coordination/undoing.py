"""The last acts on the network, put back within a quarter of an hour by who did it.

The session keeps what the rows held: nobody else has it, and nothing of it is about a person.
"""

import time
from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from rtr.lib.http import post_only
from rtr.lib.told import tell
from territories.accounts.doors import require
from territories.coordination.actions.network import Steps, put_back
from territories.coordination.pages import manages
from territories.coordination.steps import Step
from territories.organisations.models import ConsortiumMember, Organisation
from territories.places.equipment import Equipment
from territories.places.models import Place

KEY, SECONDS, KEPT = "network_undo", 15 * 60, 5
MODELS = {m._meta.model_name: m for m in (Organisation, ConsortiumMember, Place, Equipment)}


def offer(request, steps: Steps) -> dict:
    """What the success message offers: the way back, where something was written."""
    if not steps:
        return {}
    token = get_random_string(12)
    acts = list(request.session.get(KEY, {}).items())[1 - KEPT :]
    acts.append((token, {"at": time.time(), "steps": [asdict(step) for step in steps]}))
    request.session[KEY] = dict(acts)
    return {"undo_url": reverse("network_undo", args=[token])}


@post_only
def network_undo(request, token):
    acts = request.session.get(KEY, {})
    kept = acts.pop(token, None)
    if not kept or time.time() - kept["at"] > SECONDS:
        tell(request, _("Il est trop tard pour annuler."), level=messages.WARNING)
        return redirect("organisations")
    request.session[KEY] = acts
    steps = [Step(**step) for step in kept["steps"]]
    try:
        rows = [(_row(request, step), step) for step in steps]
        put_back(rows=rows, by=request.user)
    except Http404:
        tell(request, _("Cela n’existe plus : rien n’a bougé."), level=messages.WARNING)
        return redirect("organisations")
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("C’est annulé : tout est comme avant."))
    return redirect(_page_of(rows[0][0]))


def _row(request, step: Step) -> models.Model:
    """The row, 404 if it is not known any more, 403 if the right went meanwhile."""
    row = get_object_or_404(MODELS[step.model].objects.visible_to(request.user), pk=step.pk)
    user = request.user
    if isinstance(row, Place | Equipment):
        place = row if isinstance(row, Place) else row.place
        require(user, "places.manage", place.territory_id)
    elif not manages(user, row if isinstance(row, Organisation) else row.organisation):
        raise PermissionDenied
    return row


def _page_of(row: models.Model) -> str:
    """Where it can be seen; its list when it was new and is gone."""
    if isinstance(row, Equipment):
        return reverse("place", args=[row.place_id])
    if isinstance(row, ConsortiumMember):
        return reverse("organisation", args=[row.organisation_id])
    name = row._meta.model_name
    return reverse(name, args=[row.pk]) if row.pk else reverse(f"{name}s")
